"""The door to the e-mail address: change it, prove it, stop the change.

Whoever holds session and password can ask for another address; only who reads the
mails there can confirm it; and who reads those of the address before can stop it, or
take it back for three days. A thief would confirm at once, the owner may read mails
days later: so the link to stop outlives the confirmation.
"""

from collective.servicekonto import _
from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.confirming import way_up
from collective.servicekonto.accounts.mailing import may_mail
from collective.servicekonto.accounts.mailing import may_name_addresses
from collective.servicekonto.accounts.means import is_maximal
from collective.servicekonto.identity.addresses import address_key
from collective.servicekonto.identity.addresses import AddressProblem
from collective.servicekonto.identity.addresses import normalise_address
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.mail.compose import Letter
from collective.servicekonto.portal.post import send_letter
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.selfservice.email import change
from collective.servicekonto.selfservice.email import letters
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import issue_token
from collective.servicekonto.store.tokens import Token
from collective.servicekonto.store.tokens import TokenUsed
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from enum import Enum
from typing import Any


# Purposes of the tokens.
CONFIRM = "email"
STOP = "email-stop"

# So long after the last of too many changes another one may be asked for.
PAUSE = timedelta(minutes=5)


class ChangeRefused(ValueError):
    """No change was begun; ``problems`` has a message for ``email`` or ``password``."""

    def __init__(self, problems: dict[str, Any]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


class Stopped(Enum):
    """What stopping a change did."""

    BEFORE = "before"
    TAKEN_BACK = "taken-back"


def query_pending(account: Any, now: datetime) -> change.Pending | None:
    """Return the change that waits for its confirmation, or None."""
    return change.query_pending(account, now)


def addresses_to_tell(account: Any) -> tuple[str, ...]:
    """Return the address in use, and the former ones that can still take it back.

    Who must not be deceived reads mails at one of them: a thief may have changed the
    address just before.
    """
    return account.email, *change.former_addresses(account)


def request_change(
    request: Any,
    account: Any,
    level: TrustLevel,
    address: str,
    password: str,
    now: datetime,
) -> None:
    """Begin a change of the address: mail to the new one, and tell the present one.

    ``level`` is that of the session: an account with more than a password needs that
    here. The change replaces one that was begun before. Whether the new address belongs
    to another account can be seen by its owner alone, who gets a mail. Raises
    TooManyAttempts or ChangeRefused.
    """
    problems: dict[str, Any] = {}
    if not is_maximal(account, level):
        raise ChangeRefused({"email": way_up(account).needed})
    new = ""
    try:
        new = normalise_address(address)
    except AddressProblem as problem:
        problems["email"] = problem.message
    if new and address_key(new) == address_key(account.email):
        problems["email"] = _("This is your present e-mail address already.")
    try:
        login.check_again(request, account, password, now)
    except login.WrongPassword as wrong:
        problems["password"] = wrong.message
    if problems:
        raise ChangeRefused(problems)
    if not may_mail(account.email, STOP, now):
        # Whoever reads mails there must hear of every change.
        raise login.TooManyAttempts(PAUSE.total_seconds())
    pending = change.begin(account, new, now, level)
    _mail_link(account, pending, now)
    _tell_present(account, now)
    audit.record("address-change-requested", account.id)


def send_again(account: Any, now: datetime) -> None:
    """Mail the link to the new address once more, if a change is under way."""
    pending = change.query_pending(account, now)
    if pending is not None:
        _mail_link(account, pending, now)


def cancel(account: Any) -> None:
    """Call the change off, if one is under way."""
    change.cancel(account)


def check_confirmation(raw: str, now: datetime) -> str:
    """Return the address that the link proves. Raises TokenRefused."""
    token = get_store().tokens.look_up(raw, CONFIRM, now)
    _account, pending = _pending_of(token, now)
    return pending.address


def confirm(raw: str, now: datetime) -> Any:
    """Use the new address from now on, and return the account.

    All sessions end; whoever calls lets one go on. Both addresses are told. Raises
    TokenRefused, or AddressTaken where another account was quicker.
    """
    token = get_store().tokens.consume(raw, CONFIRM, now)
    account, pending = _pending_of(token, now)
    former = account.email
    change.cancel(account)
    accounts.change_address(account, pending.address, now)
    change.give_up(account, former, now)
    _send(letters.confirmed_letter(_page("anmelden")), account, account.email, now)
    stop = _stop_link(account, former, now)
    _send(letters.left_letter(stop, _hours(change.STOP_TIME)), account, former, now)
    return account


def check_stop(raw: str, now: datetime) -> None:
    """Tell whether the link can stop anything. Raises TokenRefused."""
    _address_to_keep(get_store().tokens.look_up(raw, STOP, now), now)


def stop(raw: str, now: datetime) -> Stopped:
    """Let the account keep the address to which the link was mailed, or return to it.

    After a return all sessions are over and the password is void: whoever made the
    change knew it. Raises TokenRefused, or AddressTaken where the address got an
    account of its own meanwhile.
    """
    token = get_store().tokens.consume(raw, STOP, now)
    account, address = _address_to_keep(token, now)
    change.cancel(account)
    audit.record("address-change-stopped", account.id)
    if address_key(address) == address_key(account.email):
        return Stopped.BEFORE
    left = account.email
    accounts.change_address(account, address, now)
    accounts.void_password(account)
    change.give_up(account, left, now)
    letter = letters.restored_letter(_page("passwort-vergessen"))
    _send(letter, account, address, now)
    return Stopped.TAKEN_BACK


def _pending_of(token: Token, now: datetime) -> tuple[Any, change.Pending]:
    account = accounts.query_account(token.subject)
    pending = None if account is None else change.query_pending(account, now)
    if pending is None or change.digest_of(pending.address) != token.binding:
        raise TokenUsed
    return account, pending


def _address_to_keep(token: Token, now: datetime) -> tuple[Any, str]:
    account = accounts.query_account(token.subject)
    if account is None:
        raise TokenUsed
    if change.digest_of(account.email) == token.binding:
        return account, account.email
    former = change.query_former(account, token.binding, now)
    if former is None:
        raise TokenUsed
    return account, former


def _mail_link(account: Any, pending: change.Pending, now: datetime) -> None:
    if not (may_name_addresses(now) and may_mail(pending.address, CONFIRM, now)):
        return
    # Made in any case: known and unknown addresses cost the same work.
    binding = change.digest_of(pending.address)
    raw = issue_token(Token(CONFIRM, account.id, binding, pending.expires))
    if accounts.query_by_address(pending.address) is None:
        page = _page(f"e-mail-bestaetigen?token={raw}")
        letter = letters.confirmation_letter(page, _hours(change.CONFIRM_TIME))
    else:
        letter = letters.known_address_letter(_page("anmelden"))
    expires = datetime.fromtimestamp(pending.expires, UTC)
    send_letter(letter, pending.address, account.language, now, expires)


def _tell_present(account: Any, now: datetime) -> None:
    stop = _stop_link(account, account.email, now)
    letter = letters.requested_letter(stop, _hours(change.STOP_TIME))
    _send(letter, account, account.email, now)


def _stop_link(account: Any, address: str, now: datetime) -> str:
    expires = int((now + change.STOP_TIME).timestamp())
    token = Token(STOP, account.id, change.digest_of(address), expires)
    return _page(f"e-mail-abbrechen?token={issue_token(token)}")


def _send(letter: Letter, account: Any, address: str, now: datetime) -> None:
    send_letter(letter, address, account.language, now, now + change.STOP_TIME)


def _page(page: str) -> str:
    return link(get_portal(), page)


def _hours(time: timedelta) -> int:
    return int(time.total_seconds()) // 3600
