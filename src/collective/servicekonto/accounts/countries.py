"""The countries of the world, in the language of the page."""

from babel import Locale
from functools import cache
from plone import api
from zope.globalrequest import getRequest
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


GERMANY = "DE"

# Regions with two letters that are no countries of ISO 3166-1.
_NO_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)


def country_names(language: str) -> dict[str, str]:
    """Return the names of all countries by code (ISO 3166-1, and XK for Kosovo)."""
    return {
        code: name
        for code, name in Locale.parse(language, sep="-").territories.items()
        if len(code) == 2 and code not in _NO_COUNTRIES
    }


@provider(IVocabularyFactory)
def countries(context) -> SimpleVocabulary:
    """Return the countries with Germany first, the others by name."""
    return _in_language(_language())


@cache
def _in_language(language: str) -> SimpleVocabulary:
    names = country_names(language)
    ordered = sorted(names, key=lambda code: (code != GERMANY, _key(names[code])))
    return SimpleVocabulary([SimpleTerm(code, code, names[code]) for code in ordered])


def _language() -> str:
    # A script has no request, and no language but the site's.
    if getRequest() is None:
        return str(api.portal.get_default_language())[:2]
    return str(api.portal.get_current_language())[:2]


def _key(name: str) -> str:
    # Ä, Ö and Ü are sorted with A, O and U (DIN 5007).
    return name.lower().translate(str.maketrans("äåöü", "aaou"))
