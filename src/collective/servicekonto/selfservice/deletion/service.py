"""The door to the end of an account.

Who wants to delete an account proves to be its owner once more, at the account's
maximal level: with the password, and with a passkey or the Online-Ausweis where there is
one. The page that adds it says so. Then the account is locked for the time that the portal sets,
and the owner can keep it with the link of a mail. After that the cleanup deletes it
through everything that keeps personal data (BSI TR-03160-1, chapter 7; OZG § 8 (7)).
"""

from collective.servicekonto import _
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.confirming import way_up
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.means import is_maximal
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.dates import day_in_words
from collective.servicekonto.portal.post import send_letter
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.portal.service import lock_time
from collective.servicekonto.selfservice.deletion import inactivity
from collective.servicekonto.selfservice.deletion import letters
from collective.servicekonto.selfservice.deletion import rules
from collective.servicekonto.selfservice.email.service import addresses_to_tell
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import issue_token
from collective.servicekonto.store.tokens import Token
from collective.servicekonto.store.tokens import TokenUsed
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from typing import Any
from typing import NamedTuple
from zope.component import getUtilitiesFor


# The due queue of locked accounts.
DELETION = "deletion"

# Purpose of the tokens that keep an account.
KEEP = "keep"

# So long a mail that only tells something waits for the mail server.
NOTICE_TIME = timedelta(days=3)


class Wish(NamedTuple):
    """What is typed to delete an account, and the level of the session."""

    password: str
    confirmed: bool
    level: TrustLevel = TrustLevel.LOW


class WishRefused(ValueError):
    """Nothing was changed; a message for ``password`` or ``confirmed`` says why."""

    def __init__(self, problems: dict[str, Any]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


def what_goes(account: Any) -> list[Any]:
    """Return messages that say what would be deleted."""
    return [text for one in _personal_data() for text in one.contents(account)]


def warnings(account: Any) -> list[Any]:
    """Return messages about what is still open or unread."""
    return [text for one in _personal_data() for text in one.warnings(account)]


def needs_confirming(account: Any, level: TrustLevel) -> bool:
    """Tell whether a session of this level has to be confirmed with more first."""
    return not is_maximal(account, level)


def deletion_moment(account: Any, now: datetime) -> datetime:
    """Return when the account would be deleted for good."""
    used = inactivity.last_use(account)
    return rules.locked_until(now, used, lock_time(get_portal()))


def request_deletion(request: Any, account: Any, wish: Wish, now: datetime) -> datetime:
    """Lock the account, or delete it where the portal sets no lock period.

    All sessions end at once. Returns when it is deleted. Raises TooManyAttempts or
    WishRefused.
    """
    problems: dict[str, Any] = {}
    if not is_maximal(account, wish.level):
        raise WishRefused({"password": way_up(account).needed})
    try:
        login.check_again(request, account, wish.password, now)
    except login.WrongPassword as wrong:
        problems["password"] = wrong.message
    if not wish.confirmed:
        problems["confirmed"] = _("Please confirm that all data are to be deleted.")
    if problems:
        raise WishRefused(problems)
    moment = deletion_moment(account, now)
    if not lock_time(get_portal()):
        delete(account, now)
        return now
    accounts.lock(account, moment)
    get_store().queue(DELETION).add(account.id, account.delete_at)
    for address in addresses_to_tell(account):
        _mail_link(account, address, now)
    return moment


def check_keeping(raw: str, now: datetime) -> None:
    """Tell whether the link can be used. Raises TokenRefused."""
    _locked_account(get_store().tokens.look_up(raw, KEEP, now))


def keep(raw: str, now: datetime) -> None:
    """Unlock the account of the link. Raises TokenRefused."""
    account = _locked_account(get_store().tokens.consume(raw, KEEP, now))
    call_off(account)
    accounts.note_use(account, now)
    letter = letters.kept_letter(link(get_portal(), "passwort-vergessen"))
    for address in addresses_to_tell(account):
        send_letter(letter, address, account.language, now, now + NOTICE_TIME)


def call_off(account: Any) -> None:
    """Let the locked account be used again."""
    forget_deletion(account)
    accounts.unlock(account)


def delete(account: Any, now: datetime) -> None:
    """Delete the account for good, and tell its owner.

    Whoever could still take back a change of the address is told as well. The mails
    come last: they would leave although a deletion has failed.
    """
    addresses, language = addresses_to_tell(account), account.language
    accounts.remove_account(account)
    letter = letters.deleted_letter()
    for address in addresses:
        send_letter(letter, address, language, now, now + NOTICE_TIME)


def forget_deletion(account: Any) -> None:
    """Let the account not become due any more."""
    get_store().queue(DELETION).remove(account.id, account.delete_at)


def _personal_data() -> list[Any]:
    return [utility for _name, utility in sorted(getUtilitiesFor(IPersonalData))]


def _locked_account(token: Token) -> Any:
    account = accounts.query_account(token.subject)
    if account is None or str(account.delete_at) != token.binding:
        raise TokenUsed
    return account


def _mail_link(account: Any, address: str, now: datetime) -> None:
    token = Token(KEEP, account.id, str(account.delete_at), account.delete_at)
    page = link(get_portal(), f"konto-behalten?token={issue_token(token)}")
    moment = datetime.fromtimestamp(account.delete_at, UTC)
    letter = letters.locked_letter(page, day_in_words(moment, account.language))
    send_letter(letter, address, account.language, now, moment)
