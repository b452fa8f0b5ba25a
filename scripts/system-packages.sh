#!/bin/bash
# Install Debian packages unless a command is there already.
# Usage: system-packages.sh COMMAND PACKAGE…
# As root it installs; otherwise it prints the one line to run and fails.
set -euo pipefail

command=$1
shift
if command -v "$command" >/dev/null; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Please run once, then try again:"
    echo "  sudo apt-get install --yes --no-install-recommends $*"
    exit 1
fi
echo "Installing $* …"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq --yes --no-install-recommends "$@" >/dev/null
