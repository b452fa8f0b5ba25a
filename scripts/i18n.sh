#!/bin/bash
# Collect the translatable texts of code, templates, ZCML and profiles, and merge
# them into the catalogues. Translations that exist are kept.
set -euo pipefail

cd "$(dirname "$0")/.."
domain=collective.servicekonto
locales=src/collective/servicekonto/locales

i18ndude rebuild-pot --pot "$locales/$domain.pot" --create "$domain" \
    src/collective/servicekonto profiles
for language in de en; do
    catalogue=$locales/$language/LC_MESSAGES/$domain.po
    mkdir -p "$(dirname "$catalogue")"
    [ -e "$catalogue" ] || cp "$locales/$domain.pot" "$catalogue"
    i18ndude sync --pot "$locales/$domain.pot" "$catalogue"
done
