"""A change of the address that is under way, and the addresses before it.

The account keeps both as plain tuples. The cleanup removes them when their time is
over.
"""

from collective.servicekonto.accounts.means import is_maximal
from collective.servicekonto.identity.addresses import address_key
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.tokens import digest
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple


# The due queues of addresses that nobody proved, and of those that were given up.
PENDING = "pending-addresses"
FORMER = "former-addresses"

# So long the new address can be proven.
CONFIRM_TIME = timedelta(hours=24)

# So long the former address can stop the change, or take it back: who stole an
# account proves an address of their own within minutes, and its owner reads mails
# days later.
STOP_TIME = timedelta(hours=72)


class Pending(NamedTuple):
    """The new address. ``expires`` in epoch seconds.

    ``credentials`` is the counter of the account when the change was requested: a
    new password, or logging out everywhere else, calls the change off. So does a new
    passkey: ``level`` is the session's at the request, and the account's maximal
    level is needed (TR-03160-1, chapter 4.2).
    """

    address: str
    expires: int
    credentials: int
    level: str = TrustLevel.LOW.value


class Former(NamedTuple):
    """The addresses that can take the account back, the oldest first.

    ``until`` in epoch seconds, for all of them.
    """

    addresses: tuple[str, ...] = ()
    until: int = 0


def query_pending(account: Any, now: datetime) -> Pending | None:
    """Return the change that is under way, or None."""
    if not account.pending_email:
        return None
    pending = Pending(*account.pending_email)
    if pending.credentials != account.credentials:
        return None
    if not is_maximal(account, TrustLevel(pending.level)):
        return None
    return pending if now.timestamp() < pending.expires else None


def begin(account: Any, address: str, now: datetime, level: TrustLevel) -> Pending:
    """Note the new address, in the place of one that was noted before.

    ``level`` is that of the session.
    """
    cancel(account)
    expires = int((now + CONFIRM_TIME).timestamp())
    pending = Pending(address, expires, account.credentials, level.value)
    account.pending_email = tuple(pending)
    get_store().queue(PENDING).add(account.id, expires)
    return pending


def cancel(account: Any) -> None:
    """Forget the new address, if there is one."""
    if account.pending_email:
        expires = Pending(*account.pending_email).expires
        get_store().queue(PENDING).remove(account.id, expires)
        account.pending_email = ()


def query_former(account: Any, binding: str, now: datetime) -> str | None:
    """Return the former address with this digest, or None."""
    former = _former(account)
    if now.timestamp() >= former.until:
        return None
    return next((a for a in former.addresses if digest_of(a) == binding), None)


def give_up(account: Any, address: str, now: datetime) -> None:
    """Note that the account had this address before the present one.

    Who returns to a former address gives up nothing but what came after it: the
    address of a thief must not take the account back in its turn.
    """
    kept = [*_former(account).addresses, address]
    keys = [address_key(one) for one in kept]
    present = address_key(account.email)
    if present in keys:
        kept = kept[: keys.index(present)]
    forget_former(account)
    if kept:
        until = int((now + STOP_TIME).timestamp())
        account.former_emails = (tuple(kept), until)
        get_store().queue(FORMER).add(account.id, until)


def forget_former(account: Any) -> None:
    """Forget the former addresses, if there are any."""
    if account.former_emails:
        get_store().queue(FORMER).remove(account.id, _former(account).until)
        account.former_emails = ()


def former_addresses(account: Any) -> tuple[str, ...]:
    """Return the addresses that are still kept, the oldest first."""
    return _former(account).addresses


def digest_of(address: str) -> str:
    """Return what a token is bound to instead of the address."""
    return digest(address_key(address))


def _former(account: Any) -> Former:
    return Former(*account.former_emails)
