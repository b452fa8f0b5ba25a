"""The door to the accounts."""

from Acquisition import aq_base
from collections.abc import Mapping
from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts import cards
from collective.servicekonto.accounts import invented
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.attributes import put
from collective.servicekonto.accounts.events import AccountActivated
from collective.servicekonto.accounts.events import AccountDowngraded
from collective.servicekonto.accounts.events import AccountUpgraded
from collective.servicekonto.accounts.events import AccountUsed
from collective.servicekonto.accounts.events import AddressChanged
from collective.servicekonto.accounts.events import PasswordChanged
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.passwords import hash_password
from collective.servicekonto.accounts.passwords import needs_rehash
from collective.servicekonto.accounts.passwords import verify_password
from collective.servicekonto.identity.addresses import address_key
from collective.servicekonto.identity.addresses import AddressProblem
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.service import activation_time
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import workflow_state
from collective.servicekonto.store.service import discard_tokens
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import query_store
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from hashlib import sha256
from plone import api
from plone.dexterity.utils import createContent
from typing import Any
from uuid import uuid4
from zope.component import getUtilitiesFor
from zope.event import notify
import secrets


PENDING = "pending"
ACTIVE = "active"
LOCKED = "locked"

# The variable and the state of the second workflow, which knows nothing of the first.
_KIND = "account_kind"
PLUS = "servicekonto_plus"

# Half a SHA-256: short keys keep the index small, and two addresses still differ.
ADDRESS_INDEX_BYTES = 16

# The due queue of accounts that wait for their activation.
ACTIVATION = "activation"


class AddressTaken(ValueError):
    """Another account was activated with this address."""


class NotActive(PermissionError):
    """The account is locked, pending or gone: nothing can be added to it."""


@dataclass(frozen=True)
class NewAccount:
    """What is needed for an account; all of it was checked before.

    ``card`` is the keyed hash of the Online-Ausweis (see accounts.cards) that proved the
    attributes ``proven``, "" and none for an account without.
    """

    salutation: str
    given_names: str
    family_name: str
    email: str
    password_hash: str
    confirmed: tuple[str, ...]
    language: str
    card: str = ""
    proven: Mapping[str, Attribute] = field(default_factory=dict)


def create_account(new: NewAccount, now: datetime) -> Any:
    """Store a pending account and return it.

    It gets its address when it is activated. Until then several may wait with the
    same one, each with its own link: nobody can put an account of theirs in the
    place of another's registration.
    """
    store = get_store()
    account = createContent(
        "Servicekonto",
        salutation=new.salutation,
        given_names=new.given_names,
        family_name=new.family_name,
        email=new.email,
    )
    account.id = uuid4().hex
    account.password_hash = new.password_hash
    account.language = new.language
    account.registered = int(now.timestamp())
    account.activate_until = int((now + activation_time(get_portal())).timestamp())
    account.confirmed = tuple((name, account.registered) for name in new.confirmed)
    account.pending_card = new.card
    for name, attribute in new.proven.items():
        put(account, name, attribute)
    store.accounts[account.id] = account
    store.queue(ACTIVATION).add(account.id, account.activate_until)
    wrapped = account.__of__(get_portal())
    api.portal.get_tool("portal_workflow").notifyCreated(wrapped)
    audit.record("registered", account.id)
    return wrapped


def query_account(account_id: str) -> Any | None:
    """Return the account with this id, wrapped in the portal, or None."""
    store = query_store()
    account = None if store is None else store.accounts.get(account_id)
    return None if account is None else account.__of__(get_portal())


def query_by_address(address: str) -> Any | None:
    """Return the account that was activated with this address, or None.

    Every spelling of the address finds it.
    """
    store = query_store()
    if store is None:
        return None
    try:
        account = store.addresses.get(address_index(address))
    except AddressProblem:
        return None
    return None if account is None else account.__of__(get_portal())


def state(account: Any) -> str:
    """Return the workflow state of the account."""
    return workflow_state(account)


def is_active(account: Any) -> bool:
    """Tell whether the citizen can log in."""
    return state(account) == ACTIVE


def demand_active(account: Any) -> None:
    """Let the account be active until the present transaction has ended.

    Whoever adds something to an account without changing the account itself calls
    this: a transaction that locks or removes it meanwhile makes this one fail and try
    again, and then meet NotActive. Raises NotActive.
    """
    if account.id not in get_store().accounts or not is_active(account):
        raise NotActive
    stored = aq_base(account)
    # Nobody else knows an account that was made in this transaction.
    if stored._p_jar is not None:
        stored._p_jar.readCurrent(stored)


def is_plus(account: Any) -> bool:
    """Tell whether the account is a Servicekonto Plus, with an Online-Ausweis.

    One that a test identity opened is none where they are not allowed.
    """
    return workflow_state(account, _KIND) == PLUS and not invented.is_void(account)


def upgrade(account: Any) -> None:
    """The Online-Ausweis was registered: let the account be a Servicekonto Plus."""
    api.content.transition(account, "upgrade")
    audit.record("upgraded", account.id)
    notify(AccountUpgraded(account))


def downgrade(account: Any) -> None:
    """The Online-Ausweis was removed: let the account be a Servicekonto again."""
    api.content.transition(account, "downgrade")
    audit.record("downgraded", account.id)
    notify(AccountDowngraded(account))


def is_locked(account: Any) -> bool:
    """Tell whether the account waits for its deletion."""
    return state(account) == LOCKED


def lock(account: Any, until: datetime) -> None:
    """Let nobody log in any more; all sessions end at once.

    The account is deleted at ``until``, unless it is unlocked before.
    """
    sessions.end_all(account)
    account.delete_at = int(until.timestamp())
    api.content.transition(account, "lock")
    audit.record("locked", account.id)


def unlock(account: Any) -> None:
    """Let the citizen log in again, as before the account was locked."""
    account.delete_at = 0
    api.content.transition(account, "unlock")
    audit.record("unlocked", account.id)


def activate(account: Any, now: datetime) -> None:
    """The address was proven: let the citizen log in from now on.

    A card that was read while registering becomes a means, and the account a
    Servicekonto Plus. Raises AddressTaken or CardTaken where another account was
    activated with the address or the card. Of two at the same time the database refuses
    one, which is tried again and then meets that.
    """
    store = get_store()
    index = address_index(account.email)
    if index in store.addresses:
        raise AddressTaken
    if account.pending_card:
        _keep_card(account, now)
    store.addresses[index] = aq_base(account)
    api.content.transition(account, "activate")
    since = int(now.timestamp())
    proof = proven(account.email, TrustLevel.LOW, Source.LINK, since)
    put(account, "email", proof)
    store.queue(ACTIVATION).remove(account.id, account.activate_until)
    audit.record("activated", account.id)
    notify(AccountActivated(account))
    if cards.query_card(account) is not None:
        upgrade(account)


def _keep_card(account: Any, now: datetime) -> None:
    cards.keep(account, account.pending_card, now)
    cards.note_holder(account)
    account.pending_card = ""


def change_address(account: Any, address: str, now: datetime) -> None:
    """The new address was proven: log-in and mails use it from now on.

    All sessions end, and whatever else is bound to the credentials. Raises
    AddressTaken where another account was activated with it. Of two at the same
    time the database refuses one, which is tried again and then meets that.
    """
    store = get_store()
    before, after = address_index(account.email), address_index(address)
    if store.addresses.get(after, aq_base(account)) is not aq_base(account):
        raise AddressTaken
    del store.addresses[before]
    store.addresses[after] = aq_base(account)
    since = int(now.timestamp())
    put(account, "email", proven(address, TrustLevel.LOW, Source.LINK, since))
    sessions.end_all(account)
    notify(AddressChanged(account))


def remove_account(account: Any) -> None:
    """Delete the account and whatever any module keeps of it, for good."""
    store = get_store()
    for _name, personal_data in getUtilitiesFor(IPersonalData):
        personal_data.erase(account)
    discard_tokens(account.id)
    store.queue(ACTIVATION).remove(account.id, account.activate_until)
    index = address_index(account.email)
    if store.addresses.get(index) is aq_base(account):
        del store.addresses[index]
    del store.accounts[account.id]
    audit.record("removed", account.id)


def set_password(account: Any, password: str) -> None:
    """Replace the password and end all sessions of the account at once."""
    account.password_hash = hash_password(password)
    sessions.end_all(account)
    notify(PasswordChanged(account))


def void_password(account: Any) -> None:
    """Let the password count no more, and end all sessions of the account at once.

    Nobody can log in with it; checking it costs what it always did. A link of a
    forgotten password leads to a new one.
    """
    account.password_hash = hash_password(secrets.token_urlsafe(32))
    sessions.end_all(account)


def check_password(address: str, password: str, now: datetime) -> Any | None:
    """Return the active account that address and password belong to, or None.

    Known and unknown addresses cost the same work. A hash made with outdated
    parameters is renewed, and the day of the log-in is noted.
    """
    account = query_by_address(address)
    if account is not None and not is_active(account):
        account = None
    password_hash = None if account is None else account.password_hash
    if not verify_password(password_hash, password) or account is None:
        audit.record("login-failed", "-" if account is None else account.id)
        return None
    if needs_rehash(account.password_hash):
        account.password_hash = hash_password(password)
    note_use(account, now)
    return account


def note_use(account: Any, now: datetime) -> None:
    """Note the day on which the citizen logged in or followed a link of ours."""
    # A clock that jumped back must not make an account look unused for longer.
    if account.last_login_day < now.toordinal():
        account.last_login_day = now.toordinal()
        notify(AccountUsed(account))


def address_index(address: str) -> bytes:
    """Return the key of an address in the store's index. Raises AddressProblem."""
    return sha256(address_key(address).encode()).digest()[:ADDRESS_INDEX_BYTES]
