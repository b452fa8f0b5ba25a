"""The door to the upgrade: begin it, look at what was read, and settle it.

Until the citizen has settled it, nothing of the account changes, and what the card
said waits on the server.
"""

from collections.abc import Collection
from collective.servicekonto import _
from collective.servicekonto.accounts import cards
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.accounts.attributes import put
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.accounts.sessions import Ticket
from collective.servicekonto.dataaccess.service import note_reading
from collective.servicekonto.eid import letters
from collective.servicekonto.eid import rules
from collective.servicekonto.eid import service as eid
from collective.servicekonto.eid import sessions
from collective.servicekonto.eid import settings
from collective.servicekonto.eid.interfaces import IPurpose
from collective.servicekonto.eid.interfaces import Received
from collective.servicekonto.eid.port import Result
from collective.servicekonto.eid.reading import attributes_of
from collective.servicekonto.eid.reading import values_of
from collective.servicekonto.eid.sessions import EIDSession
from collective.servicekonto.eid.sessions import Purpose
from collective.servicekonto.eid.sessions import Reading
from collective.servicekonto.eid.taking import known_as
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.changes import EMAIL
from collective.servicekonto.identity.changes import settle as settled
from collective.servicekonto.identity.changes import to_confirm
from collective.servicekonto.identity.changes import updates
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.portal.dates import day_of
from datetime import datetime
from typing import Any
from zope.interface import implementer


CHECK_PAGE = "hochstufen-pruefen"

_LEVEL = Kind.ONLINE_AUSWEIS.level


class NothingRead(LookupError):
    """No card was read in this browser, or not just now."""


class ChangedMeanwhile(Exception):
    """The account was changed since the citizen looked at it."""


class CardElsewhere(rules.Refused):
    """The card belongs to another account; nothing is told of it."""

    message = _(
        "This Online-Ausweis cannot be registered with this Servicekonto. Nothing was "
        "changed. Do you have another Servicekonto already? Please ask the town."
    )


def begin(
    request: Any, session: Session, password: str, back: str, now: datetime
) -> str:
    """Return the address of the TC token, after the password once more.

    Raises MeansRefused where the session's level is too low, or the account has a
    card; WrongPassword, TooManyAttempts or EIDProblem.
    """
    account = _account(session.account_id)
    means.check_may_register_card(account, session.level)
    login.check_again(request, account, password, now)
    question = settings.question(
        letters.in_words(_("Upgrade to Servicekonto Plus"), account)
    )
    return eid.begin(request, Purpose.UPGRADE, question, account.id, back, now)


@implementer(IPurpose)
class UpgradePurpose:
    """What the card said waits until the citizen has looked at it."""

    page = "hochstufen"

    def receive(
        self, request: Any, one: EIDSession, result: Result, now: datetime
    ) -> Received:
        """Keep what the card said, and lead to the comparison."""
        rules.check_person(result, settings.question(), day_of(now))
        account = _account(one.account_id)
        pseudonym = known_as(result)
        _check_free(account, pseudonym)
        reading = Reading(pseudonym, values_of(result), int(now.timestamp()))
        sessions.keep(one, reading, now)
        return Received(CHECK_PAGE)


def query_reading(session: Session, now: datetime) -> EIDSession | None:
    """Return the eID session whose card was read in this session, or None."""
    return sessions.query_reading(session.account_id, session.key, now)


def proofs(one: EIDSession) -> dict[str, Attribute]:
    """Return what the card proves, as attributes. Raises NothingRead."""
    reading = _reading(one)
    return attributes_of(reading.values, reading.at)


def settle(
    request: Any, session: Session, revision: int, kept: Collection[str], now: datetime
) -> tuple[Ticket, str]:
    """Upgrade the account; return the session's new ticket and the page to go on with.

    ``revision`` is that of the account when the citizen looked at it, ``kept`` names
    the other attributes that stay. Session id and level change at once. Raises
    NothingRead, ChangedMeanwhile, CardElsewhere or MeansRefused; nothing is changed
    then.
    """
    one = query_reading(session, now)
    if one is None:
        raise NothingRead
    account = _account(session.account_id)
    if account.revision != revision:
        raise ChangedMeanwhile
    read = proofs(one)
    _check_free(account, _reading(one).pseudonym)
    means.register_card(account, _reading(one).pseudonym, session.level, now)
    _take_over(account, read, kept)
    cards.note_holder(account)
    sessions.end(one)
    ticket = login.step_up(request, session, account, Kind.ONLINE_AUSWEIS, now)
    note_reading(
        account,
        letters.in_words(_("Read from your Online-Ausweis"), account),
        _LEVEL,
        read,
        now,
    )
    history.record(account, Event.CARD_ADDED, session.record.client, now)
    letters.tell(account, letters.added, now)
    accounts.upgrade(account)
    return ticket, one.back


def give_up(session: Session, now: datetime) -> None:
    """Erase what the card said; the account stays as it is."""
    for one in list(sessions.of_browser(session.account_id, session.key)):
        sessions.end(one)


def prolong(session: Session, now: datetime) -> None:
    """Let what the card said wait a while longer. Raises NothingRead."""
    one = query_reading(session, now)
    if one is None:
        raise NothingRead
    sessions.prolong(one, now)


def _take_over(account: Any, read: dict[str, Attribute], kept: Collection[str]) -> None:
    before = attributes(account)
    proven = before | updates(before, read, _LEVEL, _LEVEL)
    after = settled(proven, to_confirm(before, read), {EMAIL, *kept})
    for name in proven:
        if after.get(name) != before.get(name):
            put(account, name, after.get(name))


def _check_free(account: Any, pseudonym: str) -> None:
    try:
        cards.check_free(account, pseudonym)
    except cards.CardTaken:
        raise CardElsewhere from None


def _reading(one: EIDSession) -> Reading:
    reading = one.read
    if reading is None:
        raise NothingRead
    return reading


def _account(account_id: str) -> Any:
    return accounts.query_account(account_id)
