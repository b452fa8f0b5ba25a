"""What Mein Bereich leads to. Each module adds its own entries, as named utilities."""

from collective.servicekonto import _
from dataclasses import dataclass
from typing import Any
from zope.interface import implementer
from zope.interface import Interface


class IAreaEntry(Interface):
    """An entry of Mein Bereich."""


@implementer(IAreaEntry)
@dataclass(frozen=True)
class AreaEntry:
    """``page`` is below the portal; the lowest ``order`` comes first."""

    page: str
    title: Any
    description: Any
    order: int


PROFILE = AreaEntry(
    "profil",
    _("Your profile"),
    _("Your details, which forms are filled in with."),
    10,
)
ADDRESS = AreaEntry(
    "e-mail",
    _("E-mail address"),
    _("With it you log in, and we write to it."),
    20,
)
PASSWORD = AreaEntry("passwort", _("Password"), _("Choose a new password."), 30)
LOG_IN = AreaEntry(
    "anmeldung",
    _("Log-in and security"),
    _("Passkeys, where you are logged in, and when you logged in."),
    40,
)
DELETION = AreaEntry(
    "loeschen",
    _("Delete the account"),
    _("With all data. You can change your mind for some days."),
    90,
)
