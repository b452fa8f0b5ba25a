"""The eID session: one reading of a card, from the button to its result.

It belongs to one browser and is used once, within five minutes. Two secrets lead to it,
of which the store knows hashes only: the eID-Client fetches the TC token with the one,
and brings the browser back with the other. Neither proves anything: what the card said
comes from the eID-Server alone, for the browser that began.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collective.servicekonto.eid.port import Opened
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.sessions import limits
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import issue_token
from collective.servicekonto.store.tokens import Token
from datetime import datetime
from datetime import timedelta
from enum import Enum
from typing import Any
from typing import NamedTuple
from typing import Self
import secrets


# The due queue of eID sessions, and how late what the card said can be erased.
EID_SESSIONS = "eid-sessions"
SLOT_SECONDS = 60

LIFETIME = timedelta(minutes=5)

# What the card said waits for the citizen as long as a session at this level does; it
# can be prolonged by an activity, but not beyond the session's duration.
READING_TIME = limits(TrustLevel.HIGH).inactivity
LONGEST_READING = limits(TrustLevel.HIGH).duration

_FETCH = "eid-fetch"
_RETURN = "eid-return"

# Subject of the tokens of those who are not logged in.
_NOBODY = "-"


class Purpose(Enum):
    """What the card is read for. The values are stored, and name an IPurpose."""

    UPGRADE = "upgrade"
    STEP_UP = "step-up"
    UNBLOCK = "unblock"
    LOG_IN = "log-in"
    NEW_CARD = "new-card"
    REGISTER = "register"


class NotYours(LookupError):
    """The eID session belongs to another browser, or its card was read already."""


class Reading(NamedTuple):
    """What the card said, until the citizen has confirmed it.

    ``pseudonym`` is the keyed hash (see accounts.cards), ``values`` are those of
    attributes by name, ``at`` is in epoch seconds.
    """

    pseudonym: str
    values: Mapping[str, Value]
    at: int


class EIDSession(NamedTuple):
    """One reading of a card. Times in epoch seconds.

    ``id``         account id, empty for who is not logged in, + ":" + random
    ``browser``    who began: the key of the session, or what stands for the browser
    ``server_id``  names the session to the eID-Server; secret
    ``back``       the page of the portal to go on with afterwards
    ``counter``    how often the eID-Server was asked for the result, and once more
    ``connection`` ServerAddress, SessionIdentifier and PSK, until they were handed over
    ``reading``    what the card said, once it was read
    """

    id: str
    purpose: str
    browser: str
    server_id: str
    began: int
    expires: int
    back: str
    counter: int = 1
    connection: tuple[str, ...] = ()
    reading: tuple[Any, ...] = ()

    @classmethod
    def of(cls, stored: tuple[Any, ...]) -> Self:
        """Return the session that the store keeps as a plain tuple."""
        return cls(*stored)

    @property
    def account_id(self) -> str:
        """Return the id of the account for which the card is read, empty for none."""
        return self.id.partition(":")[0]

    @property
    def read(self) -> Reading | None:
        """Return what the card said, None where it was not read yet."""
        return Reading(*self.reading) if self.reading else None


def begin(
    purpose: Purpose,
    account_id: str,
    browser: str,
    opened: Opened,
    back: str,
    now: datetime,
) -> str:
    """Keep a new eID session; return the secret with which the TC token is fetched.

    Those that the browser began before for the account end.
    """
    # Who is not logged in has another secret each time; what was begun before lapses.
    for former in list(of_browser(account_id, browser)) if account_id else ():
        end(former)
    expires = int((now + LIFETIME).timestamp())
    one = EIDSession(
        id=f"{account_id}:{secrets.token_hex(16)}",
        purpose=purpose.value,
        browser=browser,
        server_id=opened.id,
        began=int(now.timestamp()),
        expires=expires,
        back=back,
        connection=(opened.server_address, opened.psk_id, opened.psk),
    )
    _put(one)
    get_store().queue(EID_SESSIONS, SLOT_SECONDS).add(one.id, expires)
    return _issue(_FETCH, one)


def hand_over(raw: str, now: datetime) -> tuple[Opened, str]:
    """Return the connection for the TC token, and the secret of the way back.

    This is possible once, and nobody knows the PSK afterwards. Raises TokenRefused.
    """
    token = get_store().tokens.consume(raw, _FETCH, now)
    one = _query(token.binding, now)
    if one is None or not one.connection:
        raise NotYours
    _put(one._replace(connection=()))
    return Opened(one.server_id, *one.connection), _issue(_RETURN, one)


def returned(raw: str, browser: str, now: datetime) -> EIDSession:
    """Return the session to which the browser comes back.

    Raises TokenRefused, or NotYours for another browser than the one that began, and
    where it has ended or the card was read already.
    """
    token = get_store().tokens.look_up(raw, _RETURN, now)
    one = _query(token.binding, now)
    if one is None or not browser or one.browser != browser or one.reading:
        raise NotYours
    return one


def ask_again(one: EIDSession) -> None:
    """Let the next question to the eID-Server have the next number."""
    _put(one._replace(counter=one.counter + 1))


def keep(one: EIDSession, reading: Reading, now: datetime) -> None:
    """Keep what the card said, for a short time, until the citizen has confirmed it."""
    expires = int((now + READING_TIME).timestamp())
    _put(one._replace(server_id="", reading=tuple(reading), expires=expires))


def query_reading(account_id: str, browser: str, now: datetime) -> EIDSession | None:
    """Return the session whose card was read in this browser, or None."""
    for one in of_browser(account_id, browser):
        if one.reading and now.timestamp() < one.expires:
            return one
    return None


def is_waiting(account_id: str, browser: str, now: datetime) -> bool:
    """Tell whether a card is being read for this browser."""
    return any(
        not one.reading and now.timestamp() < one.expires
        for one in of_browser(account_id, browser)
    )


def prolong(one: EIDSession, now: datetime) -> None:
    """Let what the card said wait a while longer, as after any activity."""
    reading = one.read
    latest = (0 if reading is None else reading.at) + LONGEST_READING.total_seconds()
    expires = min((now + READING_TIME).timestamp(), latest)
    _put(one._replace(expires=int(expires)))


def end(one: EIDSession) -> None:
    """Forget the session and what the card said."""
    discard(one.id)


def discard(session_id: str) -> None:
    """Forget the session with this id, which may be gone already."""
    get_store().eid_sessions.pop(session_id, None)


def deadline(session_id: str) -> int | None:
    """Return when the session with this id expires, None where there is none."""
    stored = get_store().eid_sessions.get(session_id)
    return None if stored is None else EIDSession.of(stored).expires


def all_of(account_id: str) -> Iterator[EIDSession]:
    """Yield the eID sessions of the account, expired ones that wait for the cleanup too."""
    found = get_store().eid_sessions.values(f"{account_id}:", f"{account_id};")
    yield from map(EIDSession.of, list(found))


def of_browser(account_id: str, browser: str) -> Iterator[EIDSession]:
    """Yield the eID sessions that the browser began for the account."""
    return (one for one in all_of(account_id) if one.browser == browser)


def _query(session_id: str, now: datetime) -> EIDSession | None:
    stored = get_store().eid_sessions.get(session_id)
    one = None if stored is None else EIDSession.of(stored)
    return one if one is not None and now.timestamp() < one.expires else None


def _put(one: EIDSession) -> None:
    get_store().eid_sessions[one.id] = tuple(one)


def _issue(purpose: str, one: EIDSession) -> str:
    subject = one.account_id or _NOBODY
    return issue_token(Token(purpose, subject, one.id, one.expires))
