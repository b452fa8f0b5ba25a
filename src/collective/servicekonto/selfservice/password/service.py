"""The door to the password: forgotten, or changed in Mein Bereich."""

from collections.abc import Callable
from collective.servicekonto import _
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.mailing import may_mail
from collective.servicekonto.accounts.mailing import may_name_addresses
from collective.servicekonto.accounts.new_password import check_new_password
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.accounts.sessions import Ticket
from collective.servicekonto.identity.addresses import normalise_address
from collective.servicekonto.mail.compose import Letter
from collective.servicekonto.portal.post import send_letter
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.portal.service import reset_time
from collective.servicekonto.selfservice.password.letters import changed_letter
from collective.servicekonto.selfservice.password.letters import reset_letter
from collective.servicekonto.selfservice.password.letters import unknown_letter
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import issue_token
from collective.servicekonto.store.tokens import Token
from collective.servicekonto.store.tokens import TokenUsed
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple


RESET = "reset"

# So long a mail that only tells something waits for the mail server.
NOTICE_TIME = timedelta(days=3)


class PasswordChange(NamedTuple):
    """What is typed to change the password."""

    present_password: str
    password: str
    repetition: str


class PasswordRefused(ValueError):
    """The password was not changed.

    ``problems`` has a message for ``present_password``, ``password`` or
    ``repetition``.
    """

    def __init__(self, problems: dict[str, Any]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


def request_reset(address: str, language: str, now: datetime) -> None:
    """Mail a link for a new password, or the news that there is no account.

    Known and unknown addresses get a mail, so that the answer is the same. Within a
    few minutes after the last mail nothing is sent. Raises AddressProblem.
    """
    recipient = normalise_address(address)
    if not (may_name_addresses(now) and may_mail(recipient, RESET, now)):
        return
    account = accounts.query_by_address(recipient)
    if account is None or not accounts.is_active(account):
        portal = get_portal()
        letter = unknown_letter(link(portal, "registrieren"))
        expires = now + reset_time(portal)
        send_letter(letter, recipient, language, now, expires)
        return
    mail_reset(account, now)


def mail_reset(
    account: Any,
    now: datetime,
    letter: Callable[[str, int], Letter] = reset_letter,
) -> None:
    """Mail the citizen a link for a new password, whenever the last one was sent.

    ``letter`` writes it, given the link and for how many minutes that is valid.
    """
    portal = get_portal()
    expires = now + reset_time(portal)
    token = Token(RESET, account.id, str(account.credentials), int(expires.timestamp()))
    page = link(portal, f"passwort-neu?token={issue_token(token)}")
    written = letter(page, portal.reset_minutes)
    send_letter(written, account.email, account.language, now, expires)


def check_reset(raw: str, now: datetime) -> None:
    """Tell whether the link can be used. Raises TokenRefused."""
    _account_of(get_store().tokens.look_up(raw, RESET, now))


def reset_password(raw: str, password: str, repetition: str, now: datetime) -> Any:
    """Set the new password and return the account; all sessions end at once.

    Raises TokenRefused, or PasswordRefused with the link still valid.
    """
    account = _account_of(get_store().tokens.look_up(raw, RESET, now))
    problems = check_new_password(password, repetition, personal_words(account))
    if problems:
        raise PasswordRefused(problems)
    get_store().tokens.consume(raw, RESET, now)
    accounts.set_password(account, password)
    _tell(account, now)
    return account


def change_password(
    request: Any, session: Session, passwords: PasswordChange, now: datetime
) -> Ticket:
    """Set the new password; all other sessions end at once.

    The present session goes on with the ticket that is returned. Raises
    TooManyAttempts, or PasswordRefused with nothing changed.
    """
    account = accounts.query_account(session.account_id)
    problems = _problems(request, account, passwords, now)
    if problems:
        raise PasswordRefused(problems)
    accounts.set_password(account, passwords.password)
    _tell(account, now)
    return login.go_on(request, session, account, now)


def personal_words(account: Any) -> tuple[str, ...]:
    """Return the texts about the citizen that do not make a good password."""
    return account.given_names, account.family_name, account.email


def _problems(
    request: Any, account: Any, passwords: PasswordChange, now: datetime
) -> dict[str, Any]:
    present, password, repetition = passwords
    problems = check_new_password(password, repetition, personal_words(account))
    if password and password == present:
        problems = {"password": _("This is your present password already.")}
    try:
        login.check_again(request, account, present, now)
    except login.WrongPassword as wrong:
        problems = {"present_password": wrong.message} | problems
    return problems


def _tell(account: Any, now: datetime) -> None:
    portal = get_portal()
    letter = changed_letter(link(portal, "passwort-vergessen"))
    send_letter(letter, account.email, account.language, now, now + NOTICE_TIME)


def _account_of(token: Token) -> Any:
    account = accounts.query_account(token.subject)
    if account is None or str(account.credentials) != token.binding:
        raise TokenUsed
    return account
