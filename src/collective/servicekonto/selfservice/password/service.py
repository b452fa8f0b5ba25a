"""The door to the password: forgotten, or changed in Mein Bereich."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.mailing import may_mail
from collective.servicekonto.accounts.new_password import check_new_password
from collective.servicekonto.identity.addresses import normalise_address
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
from typing import Any


RESET = "reset"


class PasswordRefused(ValueError):
    """The new password cannot be accepted.

    ``problems`` has a message for ``password`` or ``repetition``.
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
    if not may_mail(recipient, now):
        return
    account = accounts.query_by_address(recipient)
    portal = get_portal()
    expires = now + reset_time(portal)
    if account is None or not accounts.is_active(account):
        letter = unknown_letter(link(portal, "registrieren"))
        send_letter(letter, recipient, language, now, expires)
        return
    token = Token(RESET, account.id, str(account.credentials), int(expires.timestamp()))
    letter = reset_letter(
        link(portal, f"passwort-neu?token={issue_token(token)}"), portal.reset_minutes
    )
    send_letter(letter, account.email, account.language, now, expires)


def check_reset(raw: str, now: datetime) -> None:
    """Tell whether the link can be used. Raises TokenRefused."""
    _account_of(get_store().tokens.look_up(raw, RESET, now))


def reset_password(raw: str, password: str, repetition: str, now: datetime) -> None:
    """Set the new password; all sessions end at once.

    Raises TokenRefused, or PasswordRefused with the link still valid.
    """
    account = _account_of(get_store().tokens.look_up(raw, RESET, now))
    personal = (account.given_names, account.family_name, account.email)
    problems = check_new_password(password, repetition, personal)
    if problems:
        raise PasswordRefused(problems)
    get_store().tokens.consume(raw, RESET, now)
    accounts.set_password(account, password)
    letter = changed_letter(link(get_portal(), "passwort-vergessen"))
    expires = now + reset_time(get_portal())
    send_letter(letter, account.email, account.language, now, expires)


def _account_of(token: Token) -> Any:
    account = accounts.query_account(token.subject)
    if account is None or str(account.credentials) != token.binding:
        raise TokenUsed
    return account
