"""What a card said, as attributes of the account. Pure.

Names keep every character of the card (DIN SPEC 91379); they are only brought into
Unicode's normal form C, as everything that citizens type.
"""

from babel.core import get_global
from collections.abc import Mapping
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.eid.port import Result
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.identity.levels import TrustLevel
from functools import cache
import unicodedata


# On the card and in Doc 9303 of the ICAO, but not in ISO 3166-1.
_CARDS_OWN = {"D": "DE", "RKS": "XK"}

_TEXTS = {
    Operation.GIVEN_NAMES: "given_names",
    Operation.FAMILY_NAMES: "family_name",
    Operation.BIRTH_NAME: "birth_name",
    Operation.ACADEMIC_TITLE: "doctoral_degree",
    Operation.DATE_OF_BIRTH: "date_of_birth",
}


def values_of(result: Result) -> dict[str, Value]:
    """Return the values of the attributes that the card proves, by their names.

    "" says that there is none. What was not read, or cannot be kept, is absent.
    """
    values: dict[str, Value] = {}
    for operation, value in result.values.items():
        if operation in _TEXTS:
            values[_TEXTS[operation]] = _clean(str(value))
        elif operation is Operation.PLACE_OF_BIRTH:
            values["place_of_birth"] = _place(value)
        elif operation is Operation.PLACE_OF_RESIDENCE:
            values["address"] = _address(value)
        elif operation is Operation.NATIONALITY and country(str(value)):
            values["nationality"] = country(str(value))
    return values


def attributes_of(values: Mapping[str, Value], since: int) -> dict[str, Attribute]:
    """Return the attributes as the card proves them, ``since`` in epoch seconds."""
    return {
        name: proven(value, TrustLevel.HIGH, Source.ONLINE_AUSWEIS, since)
        for name, value in values.items()
    }


def country(code: str) -> str:
    """Return the two letters of ISO 3166-1 for a code on the card, "" for no country."""
    cleaned = code.strip().strip("<").upper()
    return _CARDS_OWN.get(cleaned, "") or _alpha_2().get(cleaned, "")


@cache
def _alpha_2() -> dict[str, str]:
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    # States that fell apart have several successors, and nobody knows which.
    return {
        code: found[0]
        for code, found in aliases.items()
        if len(code) == 3 and code.isalpha() and len(found) == 1
    }


def _place(value: str | Place) -> str:
    if isinstance(value, str):
        return _clean(value)
    return _clean(value.text or value.city)


def _address(value: str | Place) -> Value:
    if isinstance(value, str):
        return _parts(street=value) if value else ""
    if value.no_place:
        return ""
    if value.text:
        return _parts(street=value.text)
    return _parts(value.street, value.postal_code, value.city, country(value.country))


def _parts(
    street: str = "", postal_code: str = "", city: str = "", country: str = ""
) -> Value:
    return {
        "street": _clean(street),
        "postal_code": _clean(postal_code),
        "city": _clean(city),
        "country": country,
    }


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
