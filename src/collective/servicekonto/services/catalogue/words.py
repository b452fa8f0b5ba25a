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
    if Audience.ACCOUNT not in settings.audiences:
        return _("You apply without a Servicekonto.")
    return _("You can apply with a Servicekonto or without one.")
