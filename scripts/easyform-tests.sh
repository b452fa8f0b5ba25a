#!/bin/bash
# Run EasyForm's own tests, first as it is, then with this add-on installed beside it,
# and print both counts. Its acceptance tests are switched off in its own release.
set -euo pipefail

cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

echo "Installing what EasyForm's tests need beside ours …"
packages='import sysconfig; print(sysconfig.get_path("purelib"))'
.venv/bin/python -m venv "$place"
{
    .venv/bin/python -c "$packages"
    echo "$PWD/src"
} >"$("$place/bin/python" -c "$packages")/ours.pth"
"$place/bin/pip" install -qq --constraint constraints.txt plone.app.robotframework robotsuite zope.testrunner

for how in alone beside; do
    echo "EasyForm's tests, EasyForm $how:"
    "$place/bin/python" scripts/easyform_tests.py "$how"
done
