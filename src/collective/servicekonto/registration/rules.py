"""What may be registered: the rules of the form, the same for browser and REST."""

from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.accounts.content import SALUTATIONS
from collective.servicekonto.identity.addresses import AddressProblem
from collective.servicekonto.identity.addresses import normalise_address
from collective.servicekonto.identity.names import clean_name
from collective.servicekonto.identity.names import NameProblem
from typing import Any


PRIVATE_PERSON = "privatperson"
KINDS = {PRIVATE_PERSON: _("As a private person")}

SERVICEKONTO = "servicekonto"
ACCOUNTS = {SERVICEKONTO: _("Servicekonto with e-mail address and password")}

# What an Online-Ausweis proves is not typed.
NAMES = ("given_names", "family_name")

DETAIL_FIELDS = ("salutation", "given_names", "family_name", "email")

Problems = dict[str, Any]


def check_details(entries: Mapping[str, Any]) -> tuple[dict[str, str], Problems]:
    """Return the cleaned entries, and for each field that is wrong a message."""
    cleaned: dict[str, str] = {}
    problems: Problems = {}
    for name in DETAIL_FIELDS:
        try:
            cleaned[name] = _RULES[name](_text(entries, name))
        except (AddressProblem, NameProblem, SalutationProblem) as problem:
            problems[name] = problem.message
    return cleaned, problems


class SalutationProblem(ValueError):
    """The form of address is none of those that are offered."""

    message = _("Please choose one of the options.")


def _salutation(text: str) -> str:
    if text not in SALUTATIONS:
        raise SalutationProblem
    return text


def _given_names(text: str) -> str:
    if not text.strip():
        raise NameProblem(_("Please enter your given names."))
    return clean_name(text)


def _family_name(text: str) -> str:
    if not text.strip():
        raise NameProblem(_("Please enter your family name."))
    return clean_name(text)


_RULES = {
    "salutation": _salutation,
    "given_names": _given_names,
    "family_name": _family_name,
    "email": normalise_address,
}


def _text(entries: Mapping[str, Any], name: str) -> str:
    value = entries.get(name)
    return value if isinstance(value, str) else ""
