"""Browsers, times and events in the words of a citizen."""

from collective.servicekonto import _
from collective.servicekonto.accounts.clients import Client
from collective.servicekonto.accounts.history import Entry
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.portal.dates import date_in_words
from collective.servicekonto.portal.dates import time_in_words
from datetime import datetime
from datetime import timedelta
from datetime import tzinfo
from datetime import UTC
from zope.i18nmessageid import Message


KINDS = {
    Kind.PASSWORD: _("Password"),
    Kind.PASSKEY: _("Passkey"),
    Kind.ONLINE_AUSWEIS: _("Online-Ausweis"),
}

LEVELS = {
    Kind.PASSWORD: _("Trust level: niedrig (low)"),
    Kind.PASSKEY: _(
        "Trust level together with the password: substanziell (substantial)"
    ),
    Kind.ONLINE_AUSWEIS: _("Trust level: hoch (high)"),
}

SESSION_LEVELS = {
    TrustLevel.BASIS: _("Basisregistrierung (basic registration)"),
    TrustLevel.LOW: _("niedrig (low)"),
    TrustLevel.SUBSTANTIAL: _("substanziell (substantial)"),
    TrustLevel.HIGH: _("hoch (high)"),
}

_EVENTS = {
    Event.LOGIN: _("Logged in with the password"),
    Event.LOGOUT: _("Logged out"),
    Event.PASSWORD_CHANGED: _("Password changed"),
    Event.ADDRESS_CHANGED: _("E-mail address changed"),
    Event.SESSION_ENDED: _("One device logged out"),
    Event.OTHERS_ENDED: _("All other devices logged out"),
    Event.NOT_ME: _("You told us: that was not me"),
    Event.CARD_ADDED: _("Online-Ausweis added"),
    Event.CARD_LOGIN: _("Log-in with the Online-Ausweis"),
    Event.CARD_USED: _("Confirmed with the Online-Ausweis"),
    Event.CARD_BLOCKED: _("Online-Ausweis blocked"),
    Event.CARD_UNBLOCKED: _("Online-Ausweis unblocked"),
    Event.CARD_REMOVED: _("Online-Ausweis removed"),
    Event.CARD_REPLACED: _("New Online-Ausweis in place of the old one"),
    Event.COUNTER_CODE: _("Code for the counter made"),
    Event.IDENTITY_CONFIRMED: _("Details confirmed at the counter of an office"),
}

_EVENTS_WITH_PASSKEY = {
    Event.PASSKEY_USED: _("Confirmed with the passkey “${label}”"),
    Event.PASSKEY_ADDED: _("Passkey “${label}” added"),
    Event.PASSKEY_BLOCKED: _("Passkey “${label}” blocked"),
    Event.PASSKEY_UNBLOCKED: _("Passkey “${label}” unblocked"),
    Event.PASSKEY_REMOVED: _("Passkey “${label}” removed"),
}


def happened(entry: Entry) -> Message:
    """Return what happened."""
    if entry.event in _EVENTS:
        return _EVENTS[entry.event]
    return _(_EVENTS_WITH_PASSKEY[entry.event], mapping={"label": entry.label})


def device(client: Client) -> Message | str:
    """Return browser and system, as far as they are known."""
    if client.browser and client.system:
        return _(
            "${browser} on ${system}",
            mapping={"browser": client.browser, "system": client.system},
        )
    return client.browser or client.system or _("Unknown device")


def place(client: Client, here: Client) -> Message:
    """Return from where, seen from the present network. Nobody knows more."""
    if client.network and client.network == here.network:
        return _("from the same network as you now")
    return _("from another network")


def failures(entry: Entry) -> Message | None:
    """Return how many wrong passwords came before, None where there were none."""
    if not entry.failed:
        return None
    if entry.failed == 1:
        return _("Before that, a wrong password was entered once.")
    return _(
        "Before that, a wrong password was entered ${number} times.",
        mapping={"number": entry.failed},
    )


class Clock:
    """Tells times as people do, in one language and one time zone."""

    def __init__(self, now: datetime, zone: tzinfo, language: str) -> None:
        self._now = now.astimezone(zone)
        self._zone = zone
        self._language = language

    def tell(self, seconds: int) -> Message:
        """Return the moment, given in epoch seconds, in words."""
        moment = datetime.fromtimestamp(seconds, UTC).astimezone(self._zone)
        passed = self._now - moment
        if passed < timedelta(minutes=1):
            return _("just now")
        if passed < timedelta(minutes=2):
            return _("one minute ago")
        if passed < timedelta(hours=1):
            minutes = int(passed.total_seconds() // 60)
            return _("${number} minutes ago", mapping={"number": minutes})
        return self._day(moment)

    def date(self, seconds: int) -> str:
        """Return the day, given in epoch seconds, such as “3. März 2026”."""
        moment = datetime.fromtimestamp(seconds, UTC).astimezone(self._zone)
        return date_in_words(moment.date(), self._language)

    def _day(self, moment: datetime) -> Message:
        time = time_in_words(moment.time(), self._language)
        days = (self._now.date() - moment.date()).days
        if days == 0:
            return _("today at ${time}", mapping={"time": time})
        if days == 1:
            return _("yesterday at ${time}", mapping={"time": time})
        date = self.date(int(moment.timestamp()))
        return _("on ${date} at ${time}", mapping={"date": date, "time": time})
