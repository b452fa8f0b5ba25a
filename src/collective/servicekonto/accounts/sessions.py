"""Sessions on the server, and the text that names one in a cookie or a JWT.

A session is a record in the store. The browser holds its random secret and,
signed, the time of the last activity, so that reading a page writes nothing.
"""

from collections.abc import Iterator
from collective.servicekonto.accounts import invented
from collective.servicekonto.accounts.clients import Client
from collective.servicekonto.accounts.clients import UNKNOWN
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.identity.sessions import Authentication
from collective.servicekonto.identity.sessions import ends_at
from collective.servicekonto.identity.sessions import Fall
from collective.servicekonto.identity.sessions import falls
from collective.servicekonto.identity.sessions import level_now
from collective.servicekonto.identity.sessions import limits
from collective.servicekonto.keys import is_signed
from collective.servicekonto.keys import signature
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import query_store
from collective.servicekonto.store.tokens import digest
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from typing import Any
from typing import NamedTuple
from typing import Self
import secrets


# The due queue of sessions.
SESSIONS = "sessions"

# The time of the last activity is renewed at most this often.
RENEWAL = timedelta(seconds=60)

# The record outlives the session by so long: it tells whose form it is that was
# sent only afterwards.
REMEMBERED = timedelta(hours=13)

_PURPOSE = "session"


class LogIn(NamedTuple):
    """A log-in with one means. ``level`` is a value of TrustLevel, ``at`` epoch s."""

    level: str
    means: str
    at: int


class Record(NamedTuple):
    """What the store keeps of a session.

    ``credentials`` is the counter of the account when the session began.
    """

    log_ins: tuple[LogIn, ...]
    credentials: int
    client: Client

    @classmethod
    def of(cls, stored: tuple[Any, ...]) -> Self:
        """Return the record that ``stored`` made plain."""
        log_ins, credentials, client = stored
        return cls(tuple(LogIn(*one) for one in log_ins), credentials, Client(*client))

    @property
    def stored(self) -> tuple[Any, ...]:
        """Return plain tuples, which name no class of ours in the database."""
        return tuple(map(tuple, self.log_ins)), self.credentials, tuple(self.client)

    @property
    def end(self) -> int:
        """Return when the session is over at the latest, epoch seconds."""
        longest = int(limits(TrustLevel.LOW).duration.total_seconds())
        return min(one.at for one in self.log_ins) + longest

    @property
    def expires(self) -> int:
        """Return the end of its retention, epoch seconds."""
        return self.end + int(REMEMBERED.total_seconds())


@dataclass(frozen=True)
class Ticket:
    """What the browser holds.

    ``last_activity`` is in epoch seconds. ``level`` is what the session had then:
    a pause lowers it, and the next activity does not bring it back.
    """

    account_id: str
    secret: str
    last_activity: int
    level: TrustLevel

    @property
    def key(self) -> str:
        """Return the key of the session record. It does not reveal the secret."""
        return f"{self.account_id}:{digest(self.secret)}"

    def __str__(self) -> str:
        return f"{self._body}.{signature(_PURPOSE, self._body)}"

    @property
    def _body(self) -> str:
        parts = (self.account_id, self.secret, self.last_activity, self.level.value)
        return ".".join(map(str, parts))


@dataclass(frozen=True)
class Session:
    """A session as it is on the server; ``level`` is its present trust level."""

    ticket: Ticket
    level: TrustLevel
    record: Record

    @property
    def account_id(self) -> str:
        """Return the id of the account that is logged in."""
        return self.ticket.account_id

    @property
    def key(self) -> str:
        """Return the key of the record, which is no secret."""
        return self.ticket.key

    @property
    def started(self) -> int:
        """Return when the citizen logged in first, epoch seconds."""
        return min(one.at for one in self.record.log_ins)

    @property
    def means(self) -> tuple[str, ...]:
        """Return the means that were used, in their order."""
        return tuple(one.means for one in self.record.log_ins)

    def ends_at(self, now: datetime) -> datetime | None:
        """Return when its level falls next or it ends, without any activity."""
        return ends_at(_counting(self.record, self.level), now, now)

    def falls(self, now: datetime) -> tuple[Fall, ...]:
        """Return when its level falls, step by step, until it is over.

        What the browser holds after this request counts as the last activity.
        """
        ticket = renewed(self, now) or self.ticket
        last_activity = _moment(ticket.last_activity)
        return falls(_counting(self.record, self.level), last_activity, now)


def start(
    account: Any,
    level: TrustLevel,
    means: str,
    now: datetime,
    client: Client = UNKNOWN,
) -> Ticket:
    """Begin a session of the account and return the ticket for the browser."""
    log_in = LogIn(level.value, means, int(now.timestamp()))
    return _begin(account, Record((log_in,), account.credentials, client), now)


def step_up(
    session: Session, account: Any, level: TrustLevel, means: str, now: datetime
) -> Ticket:
    """Note a further log-in in the session, which gets a new id."""
    log_in = LogIn(level.value, means, int(now.timestamp()))
    return rotate(session, account, now, (log_in,))


def rotate(
    session: Session, account: Any, now: datetime, more: tuple[LogIn, ...] = ()
) -> Ticket:
    """Give the session a new id; it goes on even if the credentials were changed.

    What a pause has taken from its level does not come back.
    """
    end(session.ticket)
    renewed_means = {one.means for one in more}
    left = tuple(
        one._replace(level=min(TrustLevel(one.level), session.level).value)
        for one in session.record.log_ins
        if one.means not in renewed_means
    )
    record = session.record._replace(
        log_ins=left + more, credentials=account.credentials
    )
    return _begin(account, record, now)


def parse(text: str) -> Ticket | None:
    """Return the ticket that the text is, or None where it is not one of ours."""
    body, _dot, signed = text.rpartition(".")
    if not is_signed(_PURPOSE, body, signed):
        return None
    account_id, secret, last_activity, level = body.split(".")
    return Ticket(account_id, secret, int(last_activity), TrustLevel(level))


def resolve(ticket: Ticket, now: datetime) -> Session | None:
    """Return the session of the ticket, or None where it is over or revoked."""
    record = _query_record(ticket)
    if record is None or now.timestamp() >= record.end:
        return None
    level = level_now(
        _counting(record, ticket.level), _moment(ticket.last_activity), now
    )
    return None if level is None else Session(ticket, level, record)


def ran_out(ticket: Ticket, now: datetime) -> bool:
    """Tell whether nothing but time has ended the session, and not long ago.

    Not so after a log-out, a new password or anything else that revoked it: whoever
    holds the ticket then need not be the citizen.
    """
    pause = now.timestamp() - ticket.last_activity
    return (
        pause <= REMEMBERED.total_seconds()
        and _query_record(ticket) is not None
        and resolve(ticket, now) is None
    )


def renewed(session: Session, now: datetime) -> Ticket | None:
    """Return the ticket with the present activity, or None while it is fresh."""
    if now - _moment(session.ticket.last_activity) < RENEWAL:
        return None
    return prolonged(session, now)


def prolonged(session: Session, now: datetime) -> Ticket:
    """Return the ticket with the present activity."""
    return replace(
        session.ticket, last_activity=int(now.timestamp()), level=session.level
    )


def all_of(account: Any, now: datetime) -> Iterator[tuple[str, Record]]:
    """Yield key and record of each session of the account that may still go on."""
    records = get_store().sessions.items(f"{account.id}:", f"{account.id};")
    for key, stored in records:
        record = _standing(account, Record.of(stored))
        if record is not None and now.timestamp() < record.end:
            yield key, record


def end(ticket: Ticket) -> None:
    """Revoke the session at once."""
    end_key(ticket.key)


def end_key(key: str) -> None:
    """Revoke the session with this key at once, if there is one."""
    store = get_store()
    stored = store.sessions.pop(key, None)
    if stored is not None:
        store.queue(SESSIONS).remove(key, Record.of(stored).expires)


def end_all(account: Any) -> None:
    """Revoke all sessions of the account at once, those just beginning as well."""
    account.credentials += 1
    records = get_store().sessions.keys(f"{account.id}:", f"{account.id};")
    for key in list(records):
        end_key(key)


def end_others(session: Session, account: Any, now: datetime) -> Ticket:
    """Revoke all other sessions at once; this one goes on with a new id."""
    end_all(account)
    return rotate(session, account, now)


def discard_record(key: str) -> None:
    """Remove the record of a session that is over and needs no more remembering."""
    get_store().sessions.pop(key, None)


def _query_record(ticket: Ticket) -> Record | None:
    """Return the record of a session that nobody ended, or None."""
    store = query_store()
    stored = None if store is None else store.sessions.get(ticket.key)
    if store is None or stored is None:
        return None
    account = store.accounts.get(ticket.account_id)
    return None if account is None else _standing(account, Record.of(stored))


def _standing(account: Any, record: Record) -> Record | None:
    """Return the record with the log-ins that count, None where none does.

    That with a test identity's card does not where they are not allowed any more.
    """
    if record.credentials != account.credentials:
        return None
    if not invented.is_void(account):
        return record
    left = [one for one in record.log_ins if one.means != Kind.ONLINE_AUSWEIS.value]
    return record._replace(log_ins=tuple(left)) if left else None


def _begin(account: Any, record: Record, now: datetime) -> Ticket:
    store = get_store()
    level = max(TrustLevel(one.level) for one in record.log_ins)
    ticket = Ticket(account.id, secrets.token_urlsafe(32), int(now.timestamp()), level)
    store.sessions[ticket.key] = record.stored
    store.queue(SESSIONS).add(ticket.key, record.expires)
    return ticket


def _counting(record: Record, ceiling: TrustLevel) -> list[Authentication]:
    return [
        Authentication(min(TrustLevel(one.level), ceiling), _moment(one.at))
        for one in record.log_ins
    ]


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
