"""The next step of those who cannot begin the application yet."""

from collective.servicekonto import _
from collective.servicekonto.accounts import passkeys
from collective.servicekonto.accounts.onward import onward
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import is_open
from collective.servicekonto.services.access import Way
from collective.servicekonto.services.service import way_back
from collective.servicekonto.services.settings import Settings
from dataclasses import dataclass
from typing import Any
from zope.component import queryMultiAdapter
from zope.globalrequest import getRequest


@dataclass(frozen=True)
class Step:
    """What to do; ``links`` are pages of the portal with their words."""

    text: Any
    links: tuple[tuple[str, Any], ...] = ()


_FOR_NOBODY = Step(
    _("At the moment nobody is responsible for this service. Please ask the town.")
)

_FAULTY = Step(_("At the moment this service cannot be used. Please try again later."))


def next_step(
    form: Any, settings: Settings, way: Way, account: Any | None, until: str
) -> Step | None:
    """Return what leads to the form, or None where nothing is in the way.

    ``account`` is that of the citizen who is logged in; ``until`` is the last day on
    which one can apply, in words. After each step one comes back to the service.
    """
    if way is Way.OPEN:
        return None
    if way is Way.LOG_IN:
        return _log_in(form)
    if way is Way.RAISE:
        return _raise(form, settings.required_level, account)
    if way is Way.CLOSED:
        text = _(
            "One could apply until ${day}. Now it is over.", mapping={"day": until}
        )
        return Step(text)
    if way is Way.NOT_FOR_YOU:
        return Step(
            _(
                "This service is for people without a Servicekonto. Please log out first."
            ),
            (("abmelden", _("Log out")),),
        )
    return _FAULTY if way is Way.FAULTY else _FOR_NOBODY


def _log_in(form: Any) -> Step:
    back = way_back(form)
    links = [(onward("anmelden", back), _("Log in"))]
    if is_open(get_portal()):
        links.append((onward("registrieren", back), _("Register a Servicekonto")))
    return Step(
        _("Please log in first. After that you come back to this service."),
        tuple(links),
    )


def _raise(form: Any, level: TrustLevel, account: Any) -> Step:
    back = f"?weiter={way_back(form)}"
    if level is TrustLevel.HIGH:
        return _use_online_ausweis(back)
    if passkeys.are_expected(account):
        return Step(
            _(
                "You are logged in with your password only. Please confirm with your "
                "passkey. After that you come back to this service."
            ),
            ((f"anmelden-passkey{back}", _("Confirm with your passkey")),),
        )
    return Step(
        _(
            "Your Servicekonto needs a passkey for this service. You can add one now, "
            "on your mobile phone for example. It takes two minutes. After that you "
            "come back to this service."
        ),
        ((f"passkey-hinzufuegen{back}", _("Add a passkey")),),
    )


def _use_online_ausweis(back: str) -> Step:
    page = queryMultiAdapter((get_portal(), getRequest()), name="hochstufen")
    if page is None or not page.is_possible:
        return Step(
            _(
                "You need the Online-Ausweis for this service. In this portal you "
                "cannot use it yet. Please come to the office, or write to it."
            )
        )
    return Step(
        _(
            "You need the Online-Ausweis for this service: the identity card with its "
            "online function and your PIN. After that you come back to this service."
        ),
        ((f"hochstufen{back}", _("Use the Online-Ausweis")),),
    )
