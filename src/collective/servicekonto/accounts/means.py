"""The door to the means of an account: its password, its passkeys, its Online-Ausweis.

The account keeps its passkeys as plain tuples; a passkey is looked for within one
account only, the card in accounts.cards. What is allowed is decided by identity.means.
"""

from collective.servicekonto.accounts import cards
from collective.servicekonto.accounts import invented
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.accounts.attributes import forget_proofs
from collective.servicekonto.accounts.attributes import put
from collective.servicekonto.accounts.cards import Card
from collective.servicekonto.accounts.cards import get_card
from collective.servicekonto.accounts.cards import query_card
from collective.servicekonto.identity import means as rules
from collective.servicekonto.identity.changes import downgrade
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.identity.means import Means
from collective.servicekonto.identity.means import MeansRefused
from datetime import datetime
from typing import Any
from typing import NamedTuple
import secrets


PASSWORD = "password"  # noqa: S105

MOST_PASSKEYS = 10
LONGEST_LABEL = 60


class MeansUnknown(LookupError):
    """The account has no means with this id."""


class TooManyPasskeys(MeansRefused):
    """The account has as many passkeys as it can have."""


class Passkey(NamedTuple):
    """A passkey as the account keeps it. Times in epoch seconds, 0 for never.

    ``credential``    what the authenticator called itself, and its public key
    ``sign_count``    how often the authenticator says that it was used
    ``registered_in`` the key of the session in which it was registered
    """

    id: str
    label: str
    credential: bytes
    sign_count: int
    registered: int
    registered_in: str
    confirmed: bool = False
    blocked: int = 0
    last_used: int = 0

    @property
    def means(self) -> Means:
        """Return what the rules need to know of it."""
        return Means(
            self.id,
            Kind.PASSKEY,
            self.label,
            self.registered,
            self.confirmed,
            self.blocked,
        )


def all_of(account: Any) -> tuple[Means, ...]:
    """Return the means of the account: password, passkeys, Online-Ausweis."""
    password = Means(PASSWORD, Kind.PASSWORD, "", account.registered, confirmed=True)
    found = [one.means for one in passkeys(account)]
    card = query_card(account)
    return password, *found, *(() if card is None else (card.means,))


def last_uses(account: Any) -> dict[str, int]:
    """Return by id when each means was used last, epoch seconds, 0 for never.

    Of the password this is not known.
    """
    card = query_card(account)
    used: list[Passkey | Card] = [*passkeys(account), *([] if card is None else [card])]
    return {one.id: one.last_used for one in used}


def is_maximal(account: Any, level: TrustLevel) -> bool:
    """Tell whether a session of this level reaches all that the account's means do.

    Blocked ones count, see identity.means.maximal_level. What could open the account
    to somebody else, such as another e-mail address, needs this: with the password
    alone nobody gets past a passkey.
    """
    return level >= rules.maximal_level(all_of(account))


def passkeys(account: Any) -> tuple[Passkey, ...]:
    """Return the passkeys of the account in the order of their registration."""
    return tuple(Passkey(*stored) for stored in account.passkeys)


def passkey(account: Any, passkey_id: str) -> Passkey:
    """Return the passkey with this id. Raises MeansUnknown."""
    for one in passkeys(account):
        if one.id == passkey_id:
            return one
    raise MeansUnknown(passkey_id)


def usable_passkeys(account: Any) -> tuple[Passkey, ...]:
    """Return the passkeys with which the citizen can log in beside the password."""
    return tuple(one for one in passkeys(account) if one.means.usable)


def check_may_register(account: Any, level: TrustLevel) -> None:
    """Raise MeansRefused where a session of this level may not add a passkey.

    TooManyPasskeys is one of the reasons.
    """
    if not rules.may_register(Kind.PASSKEY, level, all_of(account)):
        raise MeansRefused("The session needs the level of the passkey.")
    if len([one for one in passkeys(account) if one.confirmed]) >= MOST_PASSKEYS:
        raise TooManyPasskeys


def register(
    account: Any, label: str, credential: bytes, session_key: str, now: datetime
) -> Passkey:
    """Keep a new passkey, which counts once it was used in the same session.

    Those that were registered before and never used are forgotten.
    """
    new = Passkey(
        id=secrets.token_hex(8),
        label=label,
        credential=credential,
        sign_count=0,
        registered=int(now.timestamp()),
        registered_in=session_key,
    )
    _store(account, [one for one in passkeys(account) if one.confirmed] + [new])
    return new


def note_use(
    account: Any, passkey_id: str, sign_count: int, session_key: str, now: datetime
) -> Passkey:
    """Note that the passkey was used in the session, which confirms a new one.

    Raises MeansUnknown, and MeansRefused for one that is blocked or was registered
    in another session.
    """
    one = passkey(account, passkey_id)
    means = one.means
    if not means.confirmed:
        means = rules.confirm(means, one.registered_in, session_key)
    if rules.level_reached(means, all_of(account)) is None:
        raise MeansRefused("The passkey is blocked.")
    used = one._replace(
        confirmed=True, sign_count=sign_count, last_used=int(now.timestamp())
    )
    return _put(account, used)


def block(account: Any, passkey_id: str, now: datetime) -> Passkey:
    """Block the passkey; nobody needs it for that. Raises MeansUnknown."""
    one = passkey(account, passkey_id)
    blocked = rules.block(one.means, int(now.timestamp())).blocked
    return _put(account, one._replace(blocked=blocked))


def check_may_unblock(account: Any, passkey_id: str, level: TrustLevel) -> None:
    """Raise MeansRefused where a session of this level may not unblock the passkey."""
    one = passkey(account, passkey_id).means
    if not one.blocked or not rules.may_unblock(one, level, {one.id}):
        raise MeansRefused("Unblocking needs the level of the passkey.")


def unblock(
    account: Any, passkey_id: str, sign_count: int, level: TrustLevel, now: datetime
) -> Passkey:
    """Let the passkey count again, which the citizen has just presented.

    Raises MeansUnknown or MeansRefused (see identity.means.unblock).
    """
    one = passkey(account, passkey_id)
    rules.unblock(one.means, level, {one.id})
    unblocked = one._replace(
        blocked=0, sign_count=sign_count, last_used=int(now.timestamp())
    )
    return _put(account, unblocked)


def remove(account: Any, passkey_id: str, level: TrustLevel) -> Passkey:
    """Remove the passkey in a session of this level.

    Raises MeansUnknown or MeansRefused (see identity.means.remove).
    """
    one = passkey(account, passkey_id)
    _keep(account, rules.remove(one.means, level, all_of(account)))
    return one


def check_may_remove_lost(account: Any, passkey_id: str) -> None:
    """Raise MeansRefused where password and mailbox together are not enough.

    Raises MeansUnknown as well (see identity.means.may_remove_lost).
    """
    one = passkey(account, passkey_id).means
    if not rules.may_remove_lost(one, all_of(account)):
        raise MeansRefused("Only a blocked passkey can be lost.")


def remove_lost(account: Any, passkey_id: str) -> Passkey:
    """Remove a blocked passkey after password and mailbox were proven.

    Raises MeansUnknown or MeansRefused (see identity.means.remove_lost).
    """
    one = passkey(account, passkey_id)
    _keep(account, rules.remove_lost(one.means, all_of(account)))
    return one


def check_may_register_card(account: Any, level: TrustLevel) -> None:
    """Raise MeansRefused where a session of this level may not add an Online-Ausweis.

    The account has at most one.
    """
    if query_card(account) is not None:
        raise MeansRefused("There is an Online-Ausweis already.")
    if not rules.may_register(Kind.ONLINE_AUSWEIS, level, all_of(account)):
        raise MeansRefused("The session needs the level of the account.")


def register_card(
    account: Any, pseudonym: str, level: TrustLevel, now: datetime
) -> Card:
    """Keep the Online-Ausweis that was read in the present session, which confirms it.

    ``pseudonym`` is its keyed hash (see accounts.cards). Raises CardTaken or
    MeansRefused.
    """
    check_may_register_card(account, level)
    return cards.keep(account, pseudonym, now)


def replace_card(account: Any, pseudonym: str, now: datetime) -> Card:
    """Let a new card take the place of the account's, whose holder it is.

    That was verified by all minimum data (identity.changes.matches_minimum_data), which
    stands in for a log-in with the old card (BSI TR-03160-1, chapter 4.5). Raises
    CardTaken or CardUnknown.
    """
    return cards.replace(account, pseudonym, now)


def note_card_use(account: Any, now: datetime) -> Card:
    """Note that the Online-Ausweis was read.

    Raises CardUnknown, or MeansRefused for one that is blocked.
    """
    card = get_card(account)
    if rules.level_reached(card.means, all_of(account)) is None:
        raise MeansRefused("The Online-Ausweis is blocked.")
    return cards.put(account, card._replace(last_used=int(now.timestamp())))


def block_card(account: Any, now: datetime) -> Card:
    """Block the Online-Ausweis; nobody needs it for that. Raises CardUnknown."""
    card = get_card(account)
    blocked = rules.block(card.means, int(now.timestamp())).blocked
    return cards.put(account, card._replace(blocked=blocked))


def unblock_card(account: Any, level: TrustLevel, now: datetime) -> Card:
    """Let the Online-Ausweis count again, which was read just now.

    ``level`` is what was reached without it: another means, or the minimum data in
    place of one (identity.changes.matches_minimum_data). Raises CardUnknown or
    MeansRefused.
    """
    card = get_card(account)
    rules.unblock(card.means, level, {card.id})
    return cards.put(account, card._replace(blocked=0, last_used=int(now.timestamp())))


def may_remove_card(account: Any, level: TrustLevel) -> bool:
    """Tell whether a session of this level may remove the Online-Ausweis."""
    card = query_card(account)
    return card is not None and rules.may_remove(card.means, level, all_of(account))


def remove_card(account: Any, level: TrustLevel) -> Card:
    """Remove the Online-Ausweis in a session of this level.

    The levels of all attributes sink with that of the account, and what a test identity
    proved is no more than typed. Raises CardUnknown or MeansRefused.
    """
    card = get_card(account)
    remaining = rules.remove(card.means, level, all_of(account))
    if invented.is_test(card.pseudonym):
        forget_proofs(account)
    _keep(account, remaining)
    return card


def _keep(account: Any, remaining: tuple[Means, ...]) -> None:
    ids = {one.id for one in remaining}
    _store(account, [one for one in passkeys(account) if one.id in ids])
    card = query_card(account)
    if card is not None and card.id not in ids:
        cards.forget(account)
    known = attributes(account)
    for name, lowered in downgrade(known, rules.maximal_level(remaining)).items():
        if lowered != known[name]:
            put(account, name, lowered)


def _put(account: Any, changed: Passkey) -> Passkey:
    _store(
        account,
        [changed if one.id == changed.id else one for one in passkeys(account)],
    )
    return changed


def _store(account: Any, kept: list[Passkey]) -> None:
    account.passkeys = tuple(tuple(one) for one in kept)
