"""The countries of the world, as of today."""

from collective.servicekonto.accounts.countries import countries
from collective.servicekonto.accounts.countries import country_names
from zope.globalrequest import setRequest
import pytest


def test_they_have_the_names_of_the_language():
    assert country_names("de")["FR"] == "Frankreich"
    assert country_names("en")["FR"] == "France"


@pytest.mark.parametrize("code", ["RS", "ME", "XK", "SS", "TL", "CW"])
def test_young_countries_are_among_them(code):
    assert code in country_names("de")


@pytest.mark.parametrize("code", ["EU", "UN", "ZZ", "YU", "DD", "150"])
def test_what_is_no_country_is_not(code):
    assert code not in country_names("de")


def test_germany_comes_first_and_the_others_by_name(functional, site):
    names = [term.title for term in countries(site)]
    assert names[0] == "Germany"
    assert names.index("Åland Islands") < names.index("Albania") < names.index("Cuba")


def test_scripts_get_them_as_well(functional, site):
    setRequest(None)
    assert "DE" in countries(site)
