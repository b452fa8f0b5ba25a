"""The door through which personal data leave an account, and the log of it."""

from collections.abc import Iterable
from collections.abc import Mapping
from collective.servicekonto.accounts.attributes import attribute
from collective.servicekonto.accounts.service import demand_active
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.dataaccess import log
from collective.servicekonto.dataaccess.log import Transfer
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.release import LevelTooLow
from collective.servicekonto.identity.release import release
from collective.servicekonto.identity.release import release_at
from collective.servicekonto.identity.release import Released
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import transfer_time
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import Any


# Whoever lets data leave through this door needs these words.
__all__ = ["LevelTooLow", "Released"]


# The rules by which citizens let an authority read their card.
READING_BASIS = "§ 18 PAuswG, § 8 OZG"


@dataclass(frozen=True)
class Recipient:
    """Who gets data, and why: in words that the citizen reads in the log.

    ``legal_basis`` names the rule, for example “Einwilligung, Art. 6 (1) a DSGVO”.
    """

    name: str
    purpose: str
    legal_basis: str


class NotYourSession(PermissionError):
    """Data leave an account only in a session of this account."""


def transmit(
    account: Any,
    session: Session,
    recipient: Recipient,
    names: Iterable[str],
    now: datetime,
    required: TrustLevel = TrustLevel.BASIS,
) -> dict[str, Released]:
    """Return the named attributes for the recipient, and note that they left.

    Each has at most its own level and at most that of the session (BSI
    TR-03160-1, chapters 2.3 and 6); what nobody stated is left out. The citizen
    chose the names (OZG § 8 (8)). Raises NotYourSession, NotActive, or LevelTooLow
    where one of them does not reach the required level; nothing left the account then.
    """
    _demand_own(account, session)
    demand_active(account)
    found = {
        name: release_at(attribute(account, name), session.level, required)
        for name in dict.fromkeys(names)
    }
    released = {name: one for name, one in found.items() if one.value is not None}
    log.record(
        account.id,
        recipient.name,
        recipient.purpose,
        recipient.legal_basis,
        session.level.value,
        ((name, one.level.value) for name, one in released.items()),
        now,
        transfer_time(get_portal()),
    )
    return released


def note_reading(
    account: Any,
    purpose: str,
    level: TrustLevel,
    names: Iterable[str],
    now: datetime,
) -> None:
    """Note in the citizen's log what the town read from the Online-Ausweis.

    ``level`` is what the card proves. Raises NotActive.
    """
    reader = Recipient(get_portal().sender_name, purpose, READING_BASIS)
    note(account, reader, level, dict.fromkeys(names, level), now)


def note(
    account: Any,
    recipient: Recipient,
    level: TrustLevel,
    levels: Mapping[str, TrustLevel],
    now: datetime,
) -> None:
    """Note in the citizen's log what somebody got to know beside ``transmit``.

    ``level`` is that of the authentication, ``levels`` those of the attributes, by
    their names. Raises NotActive.
    """
    demand_active(account)
    log.record(
        account.id,
        recipient.name,
        recipient.purpose,
        recipient.legal_basis,
        level.value,
        ((name, one.value) for name, one in levels.items()),
        now,
        transfer_time(get_portal()),
    )


def offered(
    account: Any,
    session: Session,
    names: Iterable[str],
    required: TrustLevel = TrustLevel.BASIS,
) -> dict[str, Released]:
    """Return what ``transmit`` would hand out now, to show it to the citizen.

    Nothing leaves the account and nothing is noted. What nobody stated, or does not
    reach the required level, is left out. Raises NotYourSession.
    """
    _demand_own(account, session)
    found = {
        name: release(attribute(account, name), session.level)
        for name in dict.fromkeys(names)
    }
    return {
        name: one
        for name, one in found.items()
        if one.value is not None and one.level >= required
    }


def _demand_own(account: Any, session: Session) -> None:
    if session.account_id != account.id:
        raise NotYourSession


@dataclass(frozen=True)
class Search:
    """What the citizen looks for in the log. Empty means everything.

    ``text`` is looked for in recipient, purpose and legal basis; ``since`` and
    ``until`` are days, both included.
    """

    text: str = ""
    recipient: str = ""
    since: date | None = None
    until: date | None = None

    def finds(self, transfer: Transfer) -> bool:
        """Tell whether the transfer is looked for."""
        day = day_of(moment_of(transfer.at))
        words = f"{transfer.recipient} {transfer.purpose} {transfer.legal_basis}"
        return (
            self.text.casefold() in words.casefold()
            and self.recipient in ("", transfer.recipient)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
        )


def find(account: Any, search: Search) -> list[Transfer]:
    """Return the transfers of the account that are looked for, the newest first."""
    return [one for one in log.transfers(account.id) if search.finds(one)]


def recipients(account: Any) -> list[str]:
    """Return the names of all recipients in the log, in alphabetical order."""
    names = {one.recipient for one in log.transfers(account.id)}
    return sorted(names, key=str.casefold)


def recipient_of(account: Any, transfer_id: str) -> str:
    """Return the recipient of this entry of the log, an empty text for none."""
    found = log.query(account.id, transfer_id)
    return "" if found is None else found.recipient


def forget_one(account: Any, transfer_id: str) -> int:
    """Delete one entry of the log; return 0 where it is not there any more."""
    found = log.query(account.id, transfer_id)
    return log.delete(account.id, [] if found is None else [found])


def forget_recipient(account: Any, recipient: str) -> int:
    """Delete the entries of one recipient and return how many there were."""
    if not recipient:
        return 0
    return log.delete(account.id, find(account, Search(recipient=recipient)))


def forget_all(account: Any) -> int:
    """Delete all entries of the account's log and return how many there were."""
    return log.delete(account.id, log.transfers(account.id))
