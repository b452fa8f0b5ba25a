#!/bin/bash
# Create a virtual environment. Debian keeps the module for it in a package of
# its own, which is installed (as root) or asked for.
# Usage: virtualenv.sh DIRECTORY
set -euo pipefail

python=${PYTHON:-python3}
here=$(dirname "$0")
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or newer is needed; $python is older. Try: make PYTHON=python3.11 …"
    exit 1
}
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    "$here/system-packages.sh" "ensurepip=python3-venv"
fi
"$python" -m venv "$1"
