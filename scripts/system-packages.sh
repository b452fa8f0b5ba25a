#!/bin/bash
# Install Debian packages unless their commands are there already.
# Usage: system-packages.sh COMMAND=PACKAGE[,PACKAGE…]…
# As root it installs; otherwise it prints the one line to run and fails.
set -euo pipefail

PATH=$PATH:/usr/sbin
packages=()
for wanted in "$@"; do
    if ! command -v "${wanted%%=*}" >/dev/null; then
        IFS=, read -ra needed <<<"${wanted#*=}"
        packages+=("${needed[@]}")
    fi
done
if [ ${#packages[@]} -eq 0 ]; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Please run once, then try again:"
    echo "  sudo apt-get install --yes --no-install-recommends ${packages[*]}"
    exit 1
fi
echo "Installing ${packages[*]} …"

# Only the programs are needed: no service of theirs is started or fetches anything.
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
    trap 'rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod +x $policy
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq --yes --no-install-recommends "${packages[@]}" >/dev/null
