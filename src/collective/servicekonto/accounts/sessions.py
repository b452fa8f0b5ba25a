"""Sessions on the server, and the text that names one in a cookie or a JWT.

A session is a record in the store. The browser holds its random secret and,
signed, the time of the last activity, so that reading a page writes nothing.
"""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.sessions import is_over
from collective.servicekonto.identity.sessions import limits
from collective.servicekonto.keys import is_signed
from collective.servicekonto.keys import signature
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import query_store
from collective.servicekonto.store.tokens import digest
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from typing import Any
import secrets


# The due queue of sessions.
SESSIONS = "sessions"

# The time of the last activity is renewed at most this often.
RENEWAL = timedelta(seconds=60)

_PURPOSE = "session"


@dataclass(frozen=True)
class Ticket:
    """What the browser holds. ``last_activity`` is in epoch seconds."""

    account_id: str
    secret: str
    last_activity: int

    @property
    def key(self) -> str:
        """Return the key of the session record. It does not reveal the secret."""
        return f"{self.account_id}:{digest(self.secret)}"

    def __str__(self) -> str:
        return f"{self._body}.{signature(_PURPOSE, self._body)}"

    @property
    def _body(self) -> str:
        return f"{self.account_id}.{self.secret}.{self.last_activity}"


@dataclass(frozen=True)
class Session:
    """A session as it is on the server."""

    ticket: Ticket
    level: TrustLevel
    means: str
    started: int

    @property
    def account_id(self) -> str:
        """Return the id of the account that is logged in."""
        return self.ticket.account_id


def start(account: Any, level: TrustLevel, means: str, now: datetime) -> Ticket:
    """Begin a session of the account and return the ticket for the browser."""
    store = get_store()
    started = int(now.timestamp())
    ticket = Ticket(account.id, secrets.token_urlsafe(32), started)
    store.sessions[ticket.key] = (level.value, means, started, account.credentials)
    store.queue(SESSIONS).add(ticket.key, session_end(level, started))
    return ticket


def parse(text: str) -> Ticket | None:
    """Return the ticket that the text is, or None where it is not one of ours."""
    body, _dot, signed = text.rpartition(".")
    if not is_signed(_PURPOSE, body, signed):
        return None
    account_id, secret, last_activity = body.split(".")
    return Ticket(account_id, secret, int(last_activity))


def resolve(ticket: Ticket, now: datetime) -> Session | None:
    """Return the session of the ticket, or None where it is over or revoked."""
    store = query_store()
    record = None if store is None else store.sessions.get(ticket.key)
    if store is None or record is None:
        return None
    account = store.accounts.get(ticket.account_id)
    level_name, means, started, credentials = record
    if account is None or account.credentials != credentials:
        return None
    level = TrustLevel(level_name)
    if is_over(level, _moment(started), _moment(ticket.last_activity), now):
        return None
    return Session(ticket, level, means, started)


def renewed(ticket: Ticket, now: datetime) -> Ticket | None:
    """Return the ticket with the present activity, or None while it is fresh."""
    if now - _moment(ticket.last_activity) < RENEWAL:
        return None
    return Ticket(ticket.account_id, ticket.secret, int(now.timestamp()))


def end(ticket: Ticket) -> None:
    """Revoke the session at once."""
    sessions = get_store().sessions
    record = sessions.get(ticket.key)
    if record is not None:
        _discard(ticket.key, record)


def end_all(account: Any) -> None:
    """Revoke all sessions of the account at once, those just beginning as well."""
    account.credentials += 1
    sessions = get_store().sessions
    for key, record in list(sessions.items(f"{account.id}:", f"{account.id};")):
        _discard(key, record)


def discard_record(key: str) -> None:
    """Remove the record of a session that is over."""
    get_store().sessions.pop(key, None)


def session_end(level: TrustLevel, started: int) -> int:
    """Return when a session of this level is over at the latest, epoch seconds."""
    return started + int(limits(level).duration.total_seconds())


def _discard(key: str, record: tuple[str, str, int, int]) -> None:
    store = get_store()
    del store.sessions[key]
    end_of_session = session_end(TrustLevel(record[0]), record[2])
    store.queue(SESSIONS).remove(key, end_of_session)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
