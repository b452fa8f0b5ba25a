"""The test eID-Server: sessions, and what is said in them. Nothing of it is kept."""

from collections.abc import Callable
from collective.servicekonto.eid import port
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.testserver import paos
from collective.servicekonto.eid.testserver.cvc import Description
from collective.servicekonto.eid.testserver.exchange import Exchange
from collective.servicekonto.eid.testserver.exchange import Trust
from collective.servicekonto.eid.testserver.exchange import Unexpected
from collective.servicekonto.eid.testserver.pki import EVERYTHING
from collective.servicekonto.eid.testserver.pki import PKI
from collective.servicekonto.eid.testserver.pki import Terminal
from collective.servicekonto.eid.testserver.tlv import Malformed
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from threading import Lock
import re
import secrets
import uuid


LIFETIME = timedelta(minutes=5)
MOST_SESSIONS = 1000

INVALID_SESSION = "getResult#invalidSession"
INVALID_COUNTER = "getResult#invalidCounter"
NO_RESULT_YET = "getResult#noResultYet"
TOO_MANY = "useID#tooManyOpenSessions"
MISSING_ARGUMENT = "useID#missingArgument"

INTERFACE_VERSION = (2, 4, 0)

# A community id has seven octets; a question may name their beginning.
COMMUNITY = re.compile(r"([0-9]{2}){1,7}")


@dataclass(frozen=True)
class Settings:
    """Where the test eID-Server is used.

    ``paos_address``  where the AusweisApp finds it, https
    ``service_url``   origin of TC token and refresh address
    ``detached``      on a TLS connection of its own, with pre-shared keys; otherwise
                      on the one that the TC token came on
    ``certificates``  TLS certificates in DER at these addresses, besides its own
    ``revoked``       pseudonyms of documents that are refused, hexadecimal
    """

    paos_address: str
    service_url: str
    detached: bool = False
    certificates: tuple[bytes, ...] = ()
    revoked: frozenset[str] = frozenset()


@dataclass
class _Session:
    """``awaited`` is the id of the message that has to be answered, "" at the start."""

    opened: port.Opened
    exchange: Exchange
    until: datetime
    counter: int = 0
    awaited: str = ""
    lock: Lock = field(default_factory=Lock)


class EIDService:
    """An EIDServer (eid/port.py) that talks to the AusweisApp itself.

    ``clock``  tells the time, aware of its zone
    """

    def __init__(
        self, pki: PKI, settings: Settings, clock: Callable[[], datetime]
    ) -> None:
        self._pki = pki
        self._settings = settings
        self._clock = clock
        self._sessions: dict[str, _Session] = {}
        self._lock = Lock()

    def open(self, question: Question) -> port.Opened:
        """Open a session (useID). Raises Busy, or Misconfigured for a community."""
        if question.community and not COMMUNITY.fullmatch(question.community):
            raise port.Misconfigured(MISSING_ARGUMENT)
        now = self._clock()
        exchange = Exchange(question, self._terminal(now), self._trust(now))
        opened = self._new_session()
        with self._lock:
            self._forget_old(now)
            if len(self._sessions) >= MOST_SESSIONS:
                raise port.Busy(TOO_MANY)
            self._sessions[opened.id] = _Session(opened, exchange, now + LIFETIME)
        return opened

    def _new_session(self) -> port.Opened:
        """Return new secrets; in attached mode one name is enough for both sides."""
        session_id = secrets.token_urlsafe(32)
        address = self._settings.paos_address
        if not self._settings.detached:
            return port.Opened(session_id, address, psk_id=session_id, psk="")
        return port.Opened(
            session_id,
            address,
            psk_id=secrets.token_urlsafe(32),
            psk=secrets.token_hex(32),
        )

    def result(self, session_id: str, counter: int) -> port.Result:
        """Return the result, once (getResult); raises what went wrong instead."""
        with self._lock:
            self._forget_old(self._clock())
            session = self._sessions.get(session_id)
            if session is None:
                raise port.SessionGone(INVALID_SESSION)
            session.counter += 1
            outcome = session.exchange.outcome
            if counter == session.counter and outcome is None:
                raise port.NotReady(NO_RESULT_YET)
            del self._sessions[session_id]
        if outcome is None or counter != session.counter:
            raise port.SessionGone(INVALID_COUNTER)
        if isinstance(outcome, port.EIDProblem):
            raise outcome
        return outcome

    def info(self) -> port.Info:
        """Return what the server is and may ask for (getServerInfo)."""
        return port.Info(INTERFACE_VERSION, EVERYTHING, is_test=True)

    def pre_shared_key(self, identity: str) -> bytes:
        """Return the key of a session for TLS; b"" if there is no such session."""
        session = self._find(lambda each: each.opened.psk_id == identity)
        return bytes.fromhex(session.opened.psk) if session else b""

    def answer(self, encoded: bytes, identity: str = "") -> bytes:
        """Return the answer to a message of the AusweisApp, whatever it is.

        ``identity`` is whom the pre-shared key of the connection proved, if any.
        """
        try:
            message = paos.parse(encoded)
            session = self._session_of(message, identity)
            if session is None:
                raise Unexpected
            return self._go_on(session, message)
        except (Malformed, Unexpected):
            return paos.envelope(paos.finish(paos.INTERNAL_ERROR), _message_id(), "")

    def _go_on(self, session: _Session, message: paos.Message) -> bytes:
        with session.lock:
            if message.relates_to != session.awaited:
                raise Unexpected
            session.awaited = _message_id()
            body = session.exchange.answer(message)
            return paos.envelope(body, session.awaited, message.id)

    def _session_of(self, message: paos.Message, identity: str) -> _Session | None:
        """Return the session that a message names, if it came on its connection."""
        if message.name == "StartPAOS":
            name = message.text("SessionIdentifier")
            session = self._find(lambda each: each.opened.psk_id == name)
        elif message.relates_to:
            session = self._find(lambda each: each.awaited == message.relates_to)
        else:
            return None
        if session and session.opened.psk and session.opened.psk_id != identity:
            return None
        return session

    def _find(self, condition: Callable[[_Session], bool]) -> _Session | None:
        with self._lock:
            self._forget_old(self._clock())
            return next(filter(condition, self._sessions.values()), None)

    def _forget_old(self, now: datetime) -> None:
        over = [key for key, each in self._sessions.items() if each.until <= now]
        for key in over:
            del self._sessions[key]

    def _terminal(self, now: datetime) -> Terminal:
        settings = self._settings
        return self._pki.terminal(
            Description(
                issuer="Test-PKI collective.servicekonto",
                subject="Servicekonto (Test)",
                url=settings.service_url,
                terms=TERMS.format(url=settings.service_url),
                certificates=self._certificates(),
            ),
            now.date(),
        )

    def _certificates(self) -> tuple[bytes, ...]:
        own = [self._pki.tls.certificate]
        if self._settings.detached:
            own.append(self._pki.psk_tls.certificate)
        return (*own, *self._settings.certificates)

    def _trust(self, now: datetime) -> Trust:
        revoked = frozenset(bytes.fromhex(each) for each in self._settings.revoked)
        return Trust(self._pki.anchors, now, self._pki.sector, revoked)


TERMS = """\
Name, Anschrift und E-Mail-Adresse des Diensteanbieters:
Servicekonto (Test)
{url}

Geschäftszeichen:
TEST

Zweck des Auslesevorgangs:
Erprobung des Servicekontos mit Testausweisen

Hinweis auf die für den Diensteanbieter zuständigen Stellen, die die Einhaltung der \
Vorschriften zum Datenschutz kontrollieren:
keine, weil keine Daten von Personen verarbeitet werden
"""


def _message_id() -> str:
    return f"urn:uuid:{uuid.uuid4()}"
