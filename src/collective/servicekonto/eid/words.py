"""What the data and functions of a card are called."""

from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.eid.port import Operation
from typing import Any


# What is read.
TITLES: Mapping[Operation, Any] = {
    Operation.DOCUMENT_TYPE: _("Type of document"),
    Operation.ISSUING_STATE: _("Issuing state"),
    Operation.DATE_OF_EXPIRY: _("Date of expiry"),
    Operation.GIVEN_NAMES: _("Given names"),
    Operation.FAMILY_NAMES: _("Family name"),
    Operation.ARTISTIC_NAME: _("Religious name or pseudonym"),
    Operation.ACADEMIC_TITLE: _("Doctoral degree"),
    Operation.DATE_OF_BIRTH: _("Date of birth"),
    Operation.PLACE_OF_BIRTH: _("Place of birth"),
    Operation.NATIONALITY: _("Nationality"),
    Operation.BIRTH_NAME: _("Birth name"),
    Operation.PLACE_OF_RESIDENCE: _("Address"),
    Operation.COMMUNITY_ID: _("Key of the municipality"),
    Operation.RESIDENCE_PERMIT_I: _("Conditions of the residence permit"),
}

# What is asked of the card besides.
FUNCTIONS: Mapping[Operation, Any] = {
    Operation.RESTRICTED_ID: _("Pseudonym of the card"),
    Operation.AGE_VERIFICATION: _("Verification of the age"),
    Operation.PLACE_VERIFICATION: _("Verification of the place of residence"),
}


def title_of(operation: Operation) -> Any:
    """Return what it is called."""
    return TITLES.get(operation) or FUNCTIONS[operation]
