"""The door to logging in with the Online-Ausweis.

Nobody names an account in advance: the card leads to it. A new card has another
pseudonym; then the account is found by the minimum data, if all of them are the same.
"""

from collective.servicekonto import _
from collective.servicekonto.accounts import cards
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import invented
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.accounts.clients import client_of
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.accounts.sessions import end_all
from collective.servicekonto.accounts.sessions import Session
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
from collective.servicekonto.eid.service import Begun
from collective.servicekonto.eid.service import NOBODY
from collective.servicekonto.eid.sessions import EIDSession
from collective.servicekonto.eid.sessions import Purpose
from collective.servicekonto.eid.taking import known_as
from collective.servicekonto.eid.taking import note
from collective.servicekonto.eid.taking import page_after
from collective.servicekonto.eid.taking import take_over
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.changes import matches_minimum_data
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.identity.means import MeansRefused
from collective.servicekonto.portal.dates import day_of
from datetime import datetime
from typing import Any
from zope.i18n import translate
from zope.interface import implementer


LOG_IN_PAGE = "anmelden-karte"
NEW_CARD_PAGE = "neuer-ausweis"
UNKNOWN_PAGE = "ausweis-unbekannt"
NOT_FOUND_PAGE = "ausweis-ohne-konto"
BLOCKED_PAGE = "ausweis-ist-gesperrt"
REPLACED_PAGE = "ausweis-ist-ersetzt"

_REASON = _("Log-in to the Servicekonto")


class UnknownCard(rules.Refused):
    """No active account has the card."""

    message = _("No Servicekonto was found with this Online-Ausweis.")
    page = UNKNOWN_PAGE


class NotFound(rules.Refused):
    """The minimum data lead to no account, or to several."""

    message = _(
        "No Servicekonto was found that has exactly the details of this Online-Ausweis."
    )
    page = NOT_FOUND_PAGE


class BlockedCard(rules.Refused):
    """The citizen blocked the card for the account."""

    message = _(
        "This Online-Ausweis is blocked for the Servicekonto. Please log in with your "
        "password: then you can unblock it under “Log-in and security”."
    )
    page = BLOCKED_PAGE


class ReplacedCard(rules.Refused):
    """The citizen blocked the card, and another one has taken its place."""

    message = _(
        "This Online-Ausweis was blocked for the Servicekonto, and another card has "
        "taken its place. It cannot be used here any more. Please log in with the new "
        "card, or with your password."
    )
    page = REPLACED_PAGE


def begin(request: Any, back: str, now: datetime) -> Begun:
    """Begin the log-in with a card; ``back`` is the page to go on with.

    Raises TooManyAttempts or EIDProblem.
    """
    question = rules.question_at_log_in(translate(_REASON, context=request))
    return eid.begin_for_nobody(request, Purpose.LOG_IN, question, back, now)


def begin_with_new_card(request: Any, back: str, now: datetime) -> Begun:
    """Do the same with a new card, of which all minimum data are read."""
    question = settings.question(translate(_REASON, context=request))
    return eid.begin_for_nobody(request, Purpose.NEW_CARD, question, back, now)


def begin_replacing(request: Any, session: Session, back: str, now: datetime) -> str:
    """Do the same for a citizen who is logged in; return the address of the TC token.

    The new card takes the place of no other account's. Raises the same.
    """
    question = settings.question(translate(_REASON, context=request))
    return eid.begin(request, Purpose.NEW_CARD, question, session.account_id, back, now)


@implementer(IPurpose)
class LogInPurpose:
    """The card leads to its account; a new address on it is taken over."""

    page = LOG_IN_PAGE

    def receive(
        self, request: Any, one: EIDSession, result: Result, now: datetime
    ) -> Received:
        """Begin a session at the level of the card.

        Raises UnknownCard, BlockedCard or ReplacedCard.
        """
        account = _active(cards.owner(known_as(result)))
        if account is None:
            raise UnknownCard
        return _let_in(request, one, account, result, now)


@implementer(IPurpose)
class NewCardPurpose:
    """A new card takes the place of the old one."""

    page = NEW_CARD_PAGE

    def receive(
        self, request: Any, one: EIDSession, result: Result, now: datetime
    ) -> Received:
        """Begin a session at the level of the card.

        All others end: somebody else may have the old card. Raises NotFound, or
        BlockedCard or ReplacedCard for a card that is not new.
        """
        rules.check_person(result, settings.question(), day_of(now))
        pseudonym = known_as(result)
        owner = cards.owner(pseudonym)
        account = _holder(result, now) if owner is None else _active(owner)
        if account is None or one.account_id not in (NOBODY, account.id):
            raise NotFound
        if owner is None:
            _replace(request, account, pseudonym, now)
        return _let_in(request, one, account, result, now)


def _replace(request: Any, account: Any, pseudonym: str, now: datetime) -> None:
    means.replace_card(account, pseudonym, now)
    cards.note_holder(account)
    end_all(account)
    history.record(account, Event.CARD_REPLACED, client_of(request), now)
    letters.tell(account, letters.replaced, now)


def _holder(result: Result, now: datetime) -> Any:
    """Return the account of the person of whom the card speaks. Raises NotFound.

    An invented person never is a real one, nor the other way round.
    """
    read = _read(result, now)
    holder = cards.holder_of(read)
    found = [_active(account_id) for account_id in cards.held_by(holder)]
    if not holder or len(found) != 1 or found[0] is None:
        raise NotFound
    (account,) = found
    if invented.is_test(cards.get_card(account).pseudonym) != result.is_test:
        raise NotFound
    if not matches_minimum_data(attributes(account), read, Kind.ONLINE_AUSWEIS.level):
        raise NotFound
    return account


def _active(account_id: str | None) -> Any | None:
    account = accounts.query_account(account_id) if account_id else None
    return account if account is not None and accounts.is_active(account) else None


def _let_in(
    request: Any, one: EIDSession, account: Any, result: Result, now: datetime
) -> Received:
    card = cards.query_card(account)
    if card is None or card.pseudonym != known_as(result):
        raise ReplacedCard
    try:
        means.note_card_use(account, now)
    except MeansRefused:
        raise BlockedCard from None
    read = _read(result, now)
    changed = take_over(account, read, now)
    sessions.end(one)
    accounts.note_use(account, now)
    ticket = login.begin_session(request, account, now, Kind.ONLINE_AUSWEIS)
    note(account, _("Log-in with the Online-Ausweis"), read, now)
    return Received(page_after(one.back, changed), ticket)


def _read(result: Result, now: datetime) -> dict[str, Attribute]:
    return attributes_of(values_of(result), int(now.timestamp()))
