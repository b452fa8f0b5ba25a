"""What a service demands of those who apply, in plain words."""

from collective.servicekonto import _
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.settings import Audience
from collective.servicekonto.services.settings import Settings
from typing import Any


_NEEDED = {
    TrustLevel.BASIS: _("You need a Servicekonto."),
    TrustLevel.LOW: _("You need a Servicekonto. Trust level: low (niedrig)."),
    TrustLevel.SUBSTANTIAL: _(
        "You need a Servicekonto with a passkey. Trust level: substantial "
        "(substanziell)."
    ),
    TrustLevel.HIGH: _(
        "You need a Servicekonto with the Online-Ausweis. Trust level: high (hoch)."
    ),
}


def what_is_needed(settings: Settings) -> Any:
    """Return a sentence that says with what one can apply."""
    if Audience.ANONYMOUS not in settings.audiences:
        return _NEEDED[settings.required_level]
    if not settings.takes_accounts:
        return _("You apply without a Servicekonto.")
    return _("You can apply with a Servicekonto or without one.")


def for_whom(settings: Settings) -> Any | None:
    """Return a sentence about organisations, None where they cannot apply."""
    if Audience.ORGANISATION not in settings.audiences:
        return None
    if settings.audiences - {Audience.ORGANISATION}:
        return _("You can also apply for an organisation, such as a club or a company.")
    return _("It is for organisations, such as clubs and companies.")
