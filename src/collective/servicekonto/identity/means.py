"""Means of authentication: what a citizen proves with to be the account's owner."""

from collections.abc import Collection
from collections.abc import Iterable
from collective.servicekonto.identity.levels import TrustLevel
from dataclasses import dataclass
from dataclasses import replace
from enum import Enum


class Kind(Enum):
    """The kinds of means. Each reaches exactly one level (BSI TR-03160-1, 2.5).

    A passkey is used together with the password. The values are stored.
    """

    PASSWORD = "password"  # noqa: S105
    PASSKEY = "passkey"
    ONLINE_AUSWEIS = "online-ausweis"

    @property
    def level(self) -> TrustLevel:
        """Return the level that the citizen reaches with it."""
        return _LEVELS[self]


_LEVELS = {
    Kind.PASSWORD: TrustLevel.LOW,
    Kind.PASSKEY: TrustLevel.SUBSTANTIAL,
    Kind.ONLINE_AUSWEIS: TrustLevel.HIGH,
}


@dataclass(frozen=True)
class Means:
    """One means of an account.

    ``label``      the citizen's own name for it
    ``registered`` epoch seconds
    ``confirmed``  it was used in the session in which it was registered
    ``blocked``    since when it is blocked, epoch seconds, 0 for not
    """

    id: str
    kind: Kind
    label: str
    registered: int
    confirmed: bool = False
    blocked: int = 0

    @property
    def usable(self) -> bool:
        """Tell whether it is confirmed and not blocked."""
        return self.confirmed and not self.blocked


class MeansRefused(ValueError):
    """The rules do not allow this with the means."""


def maximal_level(means: Iterable[Means]) -> TrustLevel:
    """Return the highest level for which the account has a means, at least *niedrig*.

    A blocked means counts: chapter 2.5 asks what is registered, and by chapter 4.4
    blocking is not de-registering. Otherwise somebody with nothing but the
    password could block the card, and then register one of their own at the level
    that is left (chapter 4.2). A means that was not confirmed is not registered yet.
    """
    levels = (each.kind.level for each in means if each.confirmed)
    return max(levels, default=TrustLevel.LOW)


def level_reached(one: Means, means: Collection[Means]) -> TrustLevel | None:
    """Return the level of a log-in with this means, None where it is refused.

    A passkey needs a password that is usable too, because only both together are
    two factors (chapter 5.1, note 5).
    """
    if not one.usable:
        return None
    if one.kind is Kind.PASSKEY and not _has_password(means):
        return None
    return one.kind.level


def may_register(
    kind: Kind, session_level: TrustLevel, means: Collection[Means]
) -> bool:
    """Tell whether the citizen may add a means of this kind (chapter 4.2).

    The session must have the level of the new means, or the maximal level of the
    account where that is lower. An account without any confirmed means is just
    being created, and its first one may be of any kind.
    """
    if not any(each.confirmed for each in means):
        return True
    return session_level >= min(kind.level, maximal_level(means))


def confirm(one: Means, registered_in: str, used_in: str) -> Means:
    """Return the means after it was used for the first time (chapter 4.2).

    Both sessions are named by their keys. Raises MeansRefused where they differ.
    """
    if registered_in != used_in:
        raise MeansRefused("It is confirmed in the session that registered it.")
    return replace(one, confirmed=True)


def block(one: Means, now: int) -> Means:
    """Return the means blocked, since ``now`` or since it was blocked before.

    Any session may do so, whatever its level, and nobody needs the means itself
    (chapter 4.4).
    """
    return one if one.blocked else replace(one, blocked=now)


def may_unblock(one: Means, session_level: TrustLevel, used: Collection[str]) -> bool:
    """Tell whether the means may be used again (chapter 4.4).

    The session must have reached its level in another way, and the means itself
    must have been presented as well: ``used`` holds the ids of those that were.
    """
    return session_level >= one.kind.level and one.id in used


def unblock(one: Means, session_level: TrustLevel, used: Collection[str]) -> Means:
    """Return the means usable again. Raises MeansRefused (see may_unblock)."""
    if not may_unblock(one, session_level, used):
        raise MeansRefused("Unblocking needs its level and the means itself.")
    return replace(one, blocked=0)


def may_remove(one: Means, session_level: TrustLevel, means: Collection[Means]) -> bool:
    """Tell whether the means may be removed from the account for good.

    Because this can lower the maximal level, the session must have the level of
    the means; whoever lost it blocks it, and removes it as lost (may_remove_lost).
    What was never confirmed can always go. Something to log in with must remain,
    and a password as soon as there is one (chapters 2.5 and 4.4).
    """
    if not one.confirmed:
        return True
    return _leaves_a_way_in(one, means) and session_level >= one.kind.level


def may_remove_lost(one: Means, means: Collection[Means]) -> bool:
    """Tell whether the password and the mailbox together may remove the means.

    Whoever lost the phone cannot reach its level any more; without another way the
    blocked passkey would keep the account from a new one for ever. Chapter 4.4 asks
    no more for de-registering than for blocking, so any session would do. We ask
    for more, because a removed means makes room for somebody else's: the means was
    blocked before, of which the owner was told, and the citizen presents the
    password together with a link that was mailed to the proven address.

    This does not stop those who hold the mailbox, who can replace the password as
    well. They gain no level: the maximal level of the account sinks, the levels of
    all attributes with it (chapter 5), and nothing proven leaves at its old level
    before it is proven anew. The Online-Ausweis never goes this way: a new card
    finds the account of the old one by the minimum data (chapter 4.5).
    """
    return (
        one.kind is Kind.PASSKEY
        and one.blocked > 0
        and _has_password(means)
        and _leaves_a_way_in(one, means)
    )


def remove(
    one: Means, session_level: TrustLevel, means: Collection[Means]
) -> tuple[Means, ...]:
    """Return the means that remain. Raises MeansRefused (see may_remove)."""
    if not may_remove(one, session_level, means):
        raise MeansRefused("Removing needs its level and a password that remains.")
    return _without(one, means)


def remove_lost(one: Means, means: Collection[Means]) -> tuple[Means, ...]:
    """Return the means that remain. Raises MeansRefused (see may_remove_lost)."""
    if not may_remove_lost(one, means):
        raise MeansRefused("Only a blocked passkey beside a password can be lost.")
    return _without(one, means)


def _without(one: Means, means: Collection[Means]) -> tuple[Means, ...]:
    return tuple(other for other in means if other.id != one.id)


def _leaves_a_way_in(one: Means, means: Collection[Means]) -> bool:
    others = [other for other in _without(one, means) if other.usable]
    return _has_password(others) if one.kind is Kind.PASSWORD else bool(others)


def _has_password(means: Iterable[Means]) -> bool:
    return any(each.kind is Kind.PASSWORD and each.usable for each in means)
