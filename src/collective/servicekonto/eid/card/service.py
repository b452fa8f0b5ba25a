"""The door to the Online-Ausweis of an account.

Every change is noted in the history and told by mail; it ends all other sessions where
somebody else may have used the card.
"""

from collective.servicekonto import _
from collective.servicekonto.accounts import cards
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.accounts.sessions import Ticket
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
from collective.servicekonto.eid.taking import known_as
from collective.servicekonto.eid.taking import note
from collective.servicekonto.eid.taking import page_after
from collective.servicekonto.eid.taking import take_over
from collective.servicekonto.identity.changes import matches_minimum_data
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.identity.means import maximal_level
from collective.servicekonto.identity.means import MeansRefused
from datetime import datetime
from typing import Any
from zope.interface import implementer


CONFIRM_PAGE = "anmelden-ausweis"
UNBLOCK_PAGE = "ausweis-entsperren"
MEANS_PAGE = "anmeldung"

_LEVEL = Kind.ONLINE_AUSWEIS.level


class OtherCard(rules.Refused):
    """It is not the card of this account."""

    message = _(
        "This is not the Online-Ausweis that is registered with your Servicekonto. "
        "Nothing was changed. Do you have a new card? Then begin anew, and choose “I have "
        "a new card”."
    )


class Blocked(rules.Refused):
    """The citizen blocked the card for this account."""

    message = _(
        "This Online-Ausweis is blocked for your Servicekonto. You can unblock it under "
        "“Log-in and security”."
    )


class OtherPerson(rules.Refused):
    """What the card says is not what was verified before."""

    message = _(
        "The details on the card are not those of your Servicekonto. Therefore it "
        "cannot be unblocked. Please ask the town."
    )


def begin_confirming(request: Any, session: Session, back: str, now: datetime) -> str:
    """Return the address of the TC token for confirming the session with the card.

    Raises CardUnknown, MeansRefused where it is blocked, TooManyAttempts or EIDProblem.
    """
    account = _account(session.account_id)
    if not cards.get_card(account).means.usable:
        raise MeansRefused("The Online-Ausweis is blocked.")
    question = rules.question_at_log_in(
        letters.in_words(_("Log-in to the Servicekonto"), account)
    )
    return eid.begin(request, Purpose.STEP_UP, question, account.id, back, now)


def begin_unblocking(
    request: Any, session: Session, password: str, now: datetime
) -> str:
    """Return the address of the TC token for unblocking the card.

    It needs the password once more, and all other means that the account has: a thief
    of the card alone gets no further. Raises CardUnknown, MeansRefused where the
    session's level is too low, WrongPassword, TooManyAttempts or EIDProblem.
    """
    account = _account(session.account_id)
    cards.get_card(account)
    check_may_unblock(account, session)
    login.check_again(request, account, password, now)
    question = settings.question(
        letters.in_words(_("Unblock the Online-Ausweis"), account)
    )
    return eid.begin(request, Purpose.UNBLOCK, question, account.id, MEANS_PAGE, now)


def check_may_unblock(account: Any, session: Session) -> None:
    """Raise MeansRefused where the session does not reach what the other means do."""
    others = [
        one for one in means.all_of(account) if one.kind is not Kind.ONLINE_AUSWEIS
    ]
    if session.level < maximal_level(others):
        raise MeansRefused("Unblocking needs the other means as well.")


@implementer(IPurpose)
class StepUpPurpose:
    """The citizen confirms with the card; a new address on it is taken over."""

    page = CONFIRM_PAGE

    def receive(
        self, request: Any, one: EIDSession, result: Result, now: datetime
    ) -> Received:
        """Lift the session, which gets a new id; lead to the page that asked."""
        session = _present()
        account = _account(one.account_id)
        _check_card(account, result)
        try:
            means.note_card_use(account, now)
        except MeansRefused:
            raise Blocked from None
        read = attributes_of(values_of(result), int(now.timestamp()))
        changed = take_over(account, read, now)
        sessions.end(one)
        ticket = login.step_up(request, session, account, Kind.ONLINE_AUSWEIS, now)
        note(account, _("Confirmed with the Online-Ausweis"), read, now)
        history.record(account, Event.CARD_USED, session.record.client, now)
        return Received(page_after(one.back, changed), ticket)


@implementer(IPurpose)
class UnblockPurpose:
    """The citizen presents the blocked card."""

    page = UNBLOCK_PAGE

    def receive(
        self, request: Any, one: EIDSession, result: Result, now: datetime
    ) -> Received:
        """Let the card count again.

        That all minimum data are those of the account stands in for a log-in at this
        level with another means (BSI TR-03160-1, chapters 4.4 and 4.5): there is none.
        """
        account = _account(one.account_id)
        _check_card(account, result)
        read = attributes_of(values_of(result), int(now.timestamp()))
        if not matches_minimum_data(attributes(account), read, _LEVEL):
            raise OtherPerson
        means.unblock_card(account, _LEVEL, now)
        sessions.end(one)
        note(account, _("Unblocked with the Online-Ausweis"), read, now)
        history.record(account, Event.CARD_UNBLOCKED, _present().record.client, now)
        letters.tell(account, letters.unblocked, now)
        return Received(f"{MEANS_PAGE}?nach=ausweis-entsperrt")


def block(request: Any, session: Session, now: datetime) -> Ticket:
    """Block the card, without it, and end all other sessions. Raises CardUnknown."""
    account = _account(session.account_id)
    means.block_card(account, now)
    history.record(account, Event.CARD_BLOCKED, session.record.client, now)
    letters.tell(account, letters.blocked, now)
    return login.end_others(request, session, account, now)


def may_remove(session: Session) -> bool:
    """Tell whether the session's level is enough to remove the card."""
    account = _account(session.account_id)
    return means.may_remove_card(account, session.level)


def remove(request: Any, session: Session, now: datetime) -> Ticket:
    """Remove the card: account and attributes step down, all other sessions end.

    Raises CardUnknown, or MeansRefused where the session's level is too low.
    """
    account = _account(session.account_id)
    means.remove_card(account, session.level)
    history.record(account, Event.CARD_REMOVED, session.record.client, now)
    letters.tell(account, letters.removed, now)
    accounts.downgrade(account)
    return login.end_others(request, session, account, now)


def _present() -> Session:
    """Return the session of the request, which the eID session belongs to."""
    session = current_session()
    if session is None:
        raise sessions.NotYours
    return session


def _check_card(account: Any, result: Result) -> None:
    card = cards.query_card(account)
    if card is None or card.pseudonym != known_as(result):
        raise OtherCard


def _account(account_id: str) -> Any:
    return accounts.query_account(account_id)
