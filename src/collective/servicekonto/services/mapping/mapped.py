"""A field of a form and the attribute of the account that fills it in."""

from collective.servicekonto.identity.changes import EMAIL
from collective.servicekonto.identity.levels import TrustLevel
from dataclasses import dataclass


# What the Online-Ausweis proves (data groups of BSI TR-03128-1).
_ON_THE_CARD = frozenset(
    {
        "doctoral_degree",
        "given_names",
        "family_name",
        "birth_name",
        "date_of_birth",
        "place_of_birth",
        "nationality",
        "address",
    }
)


@dataclass(frozen=True)
class Mapped:
    """A mapped field.

    ``attribute`` is a name of accounts.attributes; ``column`` is its part, such as
    the street of an address or the name of a child, empty for the whole. Below BASIS
    there is nothing, so a field of the level BASIS can be typed over.
    """

    field: str
    attribute: str
    column: str = ""
    level: TrustLevel = TrustLevel.BASIS

    @property
    def proven(self) -> bool:
        """Tell whether the service requires the value as it was verified.

        Then it can neither be typed nor changed.
        """
        return self.level > TrustLevel.BASIS


def highest_level(attribute: str) -> TrustLevel:
    """Return the level that a citizen can reach for the attribute at most."""
    if attribute in _ON_THE_CARD:
        return TrustLevel.HIGH
    return TrustLevel.LOW if attribute == EMAIL else TrustLevel.BASIS


_SEPARATOR = "/"


def key(attribute: str, column: str) -> str:
    """Return attribute and column as one text, to choose from."""
    return f"{attribute}{_SEPARATOR}{column}" if column else attribute


def parts(chosen: str) -> tuple[str, str]:
    """Return attribute and column of what was chosen."""
    attribute, _separator, column = chosen.partition(_SEPARATOR)
    return attribute, column
