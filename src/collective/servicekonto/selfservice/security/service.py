"""The door to the citizen's own means and sessions.

Every change is noted in the history and told by mail; it ends all other sessions
where somebody else may have used them.
"""

from collective.servicekonto import _
from collective.servicekonto.accounts import activity
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts import passkeys
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.clients import Client
from collective.servicekonto.accounts.clients import client_of
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.accounts.mailing import may_mail
from collective.servicekonto.accounts.means import Passkey
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.accounts.sessions import Ticket
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.identity.means import may_remove
from collective.servicekonto.mail.compose import Letter
from collective.servicekonto.portal.post import send_letter
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.portal.service import reset_time
from collective.servicekonto.selfservice.password.service import mail_reset
from collective.servicekonto.selfservice.security import letters
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import issue_token
from collective.servicekonto.store.tokens import Token
from collective.servicekonto.store.tokens import TokenUsed
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple
from zope.i18nmessageid import Message


REMOVAL = "passkey-removal"

# A notice that waited longer in the queue tells nothing new.
NOTICE_TIME = timedelta(days=7)


class LabelRefused(ValueError):
    """The name of the passkey is missing or too long; ``message`` says so."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class SessionUnknown(LookupError):
    """The citizen has no other session with this id."""


class OpenSession(NamedTuple):
    """A session of the citizen. Times in epoch seconds.

    ``id``          names it to its owner; nobody gets in with it
    ``last_active`` None where this process has not seen it since it began
    """

    id: str
    client: Client
    started: int
    last_active: int | None
    is_present: bool


def check_label(label: str) -> str:
    """Return the name of a passkey without blanks around. Raises LabelRefused."""
    cleaned = " ".join(label.split())
    if not cleaned:
        raise LabelRefused(_("Please enter a name for the passkey."))
    if len(cleaned) > means.LONGEST_LABEL:
        raise LabelRefused(
            _(
                "The name is too long. At most ${maximum} characters are possible.",
                mapping={"maximum": means.LONGEST_LABEL},
            )
        )
    return cleaned


def begin_adding(
    request: Any, session: Session, password: str, now: datetime
) -> dict[str, Any]:
    """Return what the browser needs to make a passkey, after the password once more.

    Raises MeansRefused where the session's level is too low (see
    accounts.means.check_may_register), PasskeysImpossible, WrongPassword or
    TooManyAttempts.
    """
    account = _account(session)
    means.check_may_register(account, session.level)
    login.check_again(request, account, password, now)
    return passkeys.begin_registration(session, account, now)


def add(session: Session, label: str, answer: str, now: datetime) -> dict[str, Any]:
    """Keep the passkey that the browser made; return what it needs to try it out.

    The passkey counts after it was used in this session (see ``use``). Raises
    LabelRefused, MeansRefused, PasskeyRefused or TooManyAttempts.
    """
    account = _account(session)
    label = check_label(label)
    means.check_may_register(account, session.level)
    credential = passkeys.check_registration(session, account, answer, now)
    means.register(account, label, credential, session.key, now)
    return passkeys.begin_log_in(session, account, now)


def begin_using(session: Session, now: datetime) -> dict[str, Any]:
    """Return what the browser needs to confirm the session with a passkey.

    Raises PasskeysImpossible or TooManyAttempts.
    """
    return passkeys.begin_log_in(session, _account(session), now)


def use(request: Any, session: Session, answer: str, now: datetime) -> Ticket:
    """Lift the session to *substanziell* with a passkey; a new one is confirmed.

    Raises PasskeyRefused or MeansRefused.
    """
    account = _account(session)
    used = passkeys.check_log_in(session, account, answer, now)
    one = means.note_use(account, used.passkey.id, used.sign_count, session.key, now)
    if used.passkey.confirmed:
        _note(session, account, Event.PASSKEY_USED, now, one.label)
    else:
        _note(session, account, Event.PASSKEY_ADDED, now, one.label)
        _tell(account, letters.added(_page()), now)
    return login.step_up(request, session, account, Kind.PASSKEY, now)


def block(request: Any, session: Session, passkey_id: str, now: datetime) -> Ticket:
    """Block a passkey and end all other sessions: a thief may be in one of them.

    Raises MeansUnknown.
    """
    account = _account(session)
    one = means.block(account, passkey_id, now)
    _note(session, account, Event.PASSKEY_BLOCKED, now, one.label)
    _tell(account, letters.blocked(_page()), now)
    return login.end_others(request, session, account, now)


def begin_unblocking(
    session: Session, passkey_id: str, now: datetime
) -> dict[str, Any]:
    """Return what the browser needs to present the blocked passkey.

    Raises MeansUnknown, PasskeysImpossible, TooManyAttempts, or MeansRefused where
    the session has not reached the level in another way.
    """
    account = _account(session)
    means.check_may_unblock(account, passkey_id, session.level)
    one = means.passkey(account, passkey_id)
    return passkeys.begin_unblocking(session, account, one, now)


def unblock(session: Session, passkey_id: str, answer: str, now: datetime) -> None:
    """Let the passkey count again, which was presented just now.

    Raises MeansUnknown, MeansRefused or PasskeyRefused.
    """
    account = _account(session)
    means.check_may_unblock(account, passkey_id, session.level)
    one = means.passkey(account, passkey_id)
    used = passkeys.check_unblocking(session, account, one, answer, now)
    means.unblock(account, one.id, used.sign_count, session.level, now)
    _note(session, account, Event.PASSKEY_UNBLOCKED, now, one.label)
    _tell(account, letters.unblocked(_page()), now)


def may_be_removed(session: Session, passkey_id: str) -> bool:
    """Tell whether the session's level is enough. Raises MeansUnknown."""
    account = _account(session)
    one = means.passkey(account, passkey_id).means
    return may_remove(one, session.level, means.all_of(account))


def remove(request: Any, session: Session, passkey_id: str, now: datetime) -> Ticket:
    """Remove a passkey for good and end all other sessions.

    Raises MeansUnknown, or MeansRefused where the session's level is too low.
    """
    account = _account(session)
    one = means.remove(account, passkey_id, session.level)
    _removed(account, one, session.record.client, now)
    return login.end_others(request, session, account, now)


def request_removal(session: Session, passkey_id: str, now: datetime) -> None:
    """Mail a link with which a lost passkey goes, once it is blocked.

    Raises MeansUnknown, or MeansRefused for one that is not blocked. Within a few
    minutes after the last mail nothing is sent.
    """
    account = _account(session)
    one = means.passkey(account, passkey_id)
    means.check_may_remove_lost(account, one.id)
    if not may_mail(account.email, REMOVAL, now):
        return
    portal = get_portal()
    expires = now + reset_time(portal)
    token = Token(REMOVAL, account.id, _binding(account, one), int(expires.timestamp()))
    page = link(portal, f"passkey-verloren?token={issue_token(token)}")
    letter = letters.removal(page, portal.reset_minutes)
    send_letter(letter, account.email, account.language, now, expires)


def check_removal(raw: str, now: datetime) -> None:
    """Tell whether the link can be used. Raises TokenRefused."""
    _to_remove(get_store().tokens.look_up(raw, REMOVAL, now))


def remove_lost(request: Any, raw: str, password: str, now: datetime) -> None:
    """Remove a blocked passkey with the link of the mail and the password.

    All sessions end. Raises TokenRefused, WrongPassword or TooManyAttempts with the
    link still valid. Why this is enough: identity.means.may_remove_lost.
    """
    account, one = _to_remove(get_store().tokens.look_up(raw, REMOVAL, now))
    login.check_again(request, account, password, now)
    get_store().tokens.consume(raw, REMOVAL, now)
    means.remove_lost(account, one.id)
    _removed(account, one, client_of(request), now)
    sessions.end_all(account)


def open_sessions(session: Session, now: datetime) -> list[OpenSession]:
    """Return where the citizen is logged in: here first, then the latest first.

    One that was not active for long may be over already: only its browser knows.
    """
    found = [
        OpenSession(
            id=key.partition(":")[2],
            client=record.client,
            started=min(one.at for one in record.log_ins),
            last_active=activity.seen.at(key),
            is_present=key == session.key,
        )
        for key, record in sessions.all_of(_account(session), now)
    ]
    return sorted(found, key=lambda one: (not one.is_present, -one.started))


def end_session(session: Session, session_id: str, now: datetime) -> None:
    """End another session of the citizen at once. Raises SessionUnknown."""
    account = _account(session)
    key = f"{account.id}:{session_id}"
    if key == session.key or key not in dict(sessions.all_of(account, now)):
        raise SessionUnknown(session_id)
    sessions.end_key(key)
    _note(session, account, Event.SESSION_ENDED, now)


def end_others(request: Any, session: Session, now: datetime) -> Ticket:
    """End all other sessions at once; this one goes on with a new id."""
    account = _account(session)
    _note(session, account, Event.OTHERS_ENDED, now)
    return login.end_others(request, session, account, now)


def was_not_me(session: Session, now: datetime) -> None:
    """End every session and let the password count no more; mail a way back in.

    Whoever knows the old password is out, with every link that was mailed before.
    The owner of the mailbox chooses a new one.
    """
    account = _account(session)
    _note(session, account, Event.NOT_ME, now)
    accounts.void_password(account)
    mail_reset(account, now, letters.way_back)


def _account(session: Session) -> Any:
    return accounts.query_account(session.account_id)


def _binding(account: Any, one: Passkey) -> str:
    # A link is void after a change of the password, and after unblocking.
    return f"{one.id} {one.blocked} {account.credentials}"


def _to_remove(token: Token) -> tuple[Any, Passkey]:
    account = accounts.query_account(token.subject)
    for one in () if account is None else means.passkeys(account):
        if one.blocked and _binding(account, one) == token.binding:
            return account, one
    raise TokenUsed


def _removed(account: Any, one: Passkey, client: Client, now: datetime) -> None:
    history.record(account, Event.PASSKEY_REMOVED, client, now, one.label)
    if one.confirmed:
        _tell(account, letters.removed(_page()), now)


def _note(
    session: Session, account: Any, event: Event, now: datetime, label: str = ""
) -> None:
    history.record(account, event, session.record.client, now, label)


def _tell(account: Any, letter: Letter, now: datetime) -> None:
    send_letter(letter, account.email, account.language, now, now + NOTICE_TIME)


def _page() -> str:
    return link(get_portal(), "anmeldung")
