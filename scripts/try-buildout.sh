#!/bin/bash
# Build the instance of buildout.cfg once, in a directory that is removed again,
# and see that the demo town in it answers.
set -euo pipefail

port=${PORT:-8089}
python=${PYTHON:-python3}
source=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

echo "Copying the sources …"
git -C "$source" archive HEAD | tar -x -C "$place"
cd "$place"

echo "Installing zc.buildout …"
"$python" -m venv .
bin/pip install -qq --constraint constraints.txt zc.buildout

echo "Running buildout; this takes some minutes …"
bin/buildout -q "instance:http-address=127.0.0.1:$port"

echo "Building the demo town …"
cat >town.py <<END
from collective.servicekonto.demo import site

with site.application($port) as root:
    site.build_town(root)
END
bin/instance run town.py

echo "Starting the instance …"
bin/instance start
trap 'bin/instance stop; rm -rf "$place"' EXIT
for _ in $(seq 120); do
    if curl --silent --fail --output /dev/null \
        "http://127.0.0.1:$port/Plone/buergerportal"; then
        echo "The Bürgerportal answers on port $port."
        exit 0
    fi
    sleep 1
done
echo "The instance does not answer. The last lines of its log:"
tail -n 20 var/log/instance.log
exit 1
