"""The eID-Server of a provider as an EIDServer."""

from collections.abc import Callable
from collections.abc import Iterator
from collective.servicekonto import clock
from collective.servicekonto.eid import port
from collective.servicekonto.eid.server import answers
from collective.servicekonto.eid.server import messages
from collective.servicekonto.eid.server.configuration import Configuration
from collective.servicekonto.eid.server.configuration import tls_context
from collective.servicekonto.eid.server.https import Limits
from collective.servicekonto.eid.server.https import post
from collective.servicekonto.eid.server.questions import arguments
from collective.servicekonto.eid.server.questions import KNOWS_LEVELS
from collective.servicekonto.eid.server.questions import LEVEL_HIGH
from collective.servicekonto.eid.server.signature import Signer
from collective.servicekonto.eid.server.signature import Verifier
from contextlib import contextmanager
from datetime import datetime
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from typing import TypeVar
from zoneinfo import ZoneInfo
import ssl
import zeep


T = TypeVar("T")

# So many threads of a process may wait for the eID-Server: if it is slow, the others
# still serve the site. Who comes next waits a few seconds for a turn.
AT_ONCE = 2
PATIENCE = 3.0

_GERMANY = ZoneInfo("Europe/Berlin")

# After this time the server may have got another version.
_VERSION_KEPT = timedelta(hours=1)


class SOAPServer:
    """Talks to the eID-Server of this configuration.

    Files are read with the first question: what is wrong with them is Misconfigured.
    """

    def __init__(
        self,
        configuration: Configuration,
        limits: Limits | None = None,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._configuration = configuration
        self._limits = limits or Limits()
        self._now = now
        self._turns = BoundedSemaphore(AT_ONCE)
        self._version: tuple[tuple[int, int, int], datetime] | None = None

    def open(self, question: port.Question) -> port.Opened:
        """Open a session for one authentication."""
        answer = self._ask("useID", arguments(question, self._interface_version()))
        answers.check_result(answer)
        address = self._configuration.ecard_address
        opened = _understood(lambda: answers.read_opened(answer, address))
        if not opened.server_address.startswith("https://"):
            raise port.Misconfigured("no-ecard-address")
        return opened

    def result(self, session_id: str, counter: int) -> port.Result:
        """Return what the document said, once. It is never asked twice by itself."""
        version = self._interface_version()
        asked = {"Session": {"ID": session_id}, "RequestCounter": counter}
        answer = self._ask("getResult", asked)
        answers.check_result(answer)
        if version >= KNOWS_LEVELS and answers.read_level(answer) != LEVEL_HIGH:
            raise port.DocumentInsufficient("level")
        today = self._now().astimezone(_GERMANY).date()
        return _understood(lambda: answers.read_result(answer, today))

    def info(self) -> port.Info:
        """Return what the server is and may do."""
        info = _understood(lambda: answers.read_info(self._ask("getServerInfo", {})))
        self._version = info.version, self._now()
        return info

    def _interface_version(self) -> tuple[int, int, int]:
        if self._version is not None:
            version, since = self._version
            if self._now() - since < _VERSION_KEPT:
                return version
        return self.info().version

    def _ask(self, function: str, asked: dict[str, Any]) -> Any:
        with self._turn():
            content = getattr(self._connection.service, function)(**asked)
        return _understood(
            lambda: messages.read(
                content, f"{function}Response", self._verifier, self._now()
            )
        )

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=PATIENCE):
            raise port.Busy("too-many-at-once")
        try:
            yield
        finally:
            self._turns.release()

    @cached_property
    def _connection(self) -> zeep.Client:
        connection = zeep.Client(
            str(messages.INTERFACE / "eid-server.wsdl"),
            wsse=_Signing(self._signer, self._now),
            transport=_Transport(_loaded(self._tls), self._limits),
            settings=zeep.Settings(raw_response=True, forbid_external=True),
        )
        connection.service._binding_options["address"] = self._configuration.address
        return connection

    @cached_property
    def _signer(self) -> Signer:
        return _loaded(self._load_signer)

    @cached_property
    def _verifier(self) -> Verifier:
        return _loaded(lambda: Verifier(_content(self._configuration.signer)))

    def _tls(self) -> ssl.SSLContext:
        return tls_context(self._configuration)

    def _load_signer(self) -> Signer:
        certificate, key = self._configuration.signing
        return Signer(
            _content(certificate), _content(key), self._configuration.key_password
        )


class _Signing:
    """Lets zeep sign what it sends. What comes back we verify ourselves."""

    def __init__(self, signer: Signer, now: Callable[[], datetime]) -> None:
        self._signer = signer
        self._now = now

    def apply(self, envelope: Any, headers: Any) -> tuple[Any, Any]:
        """Return the signed envelope."""
        self._signer.sign(envelope, self._now())
        return envelope, headers


class _Transport:
    """Lets zeep read its files, and send with our limits."""

    def __init__(self, context: ssl.SSLContext, limits: Limits) -> None:
        self._context = context
        self._limits = limits

    def load(self, path: str) -> bytes:
        """Return the content of a file of the package."""
        return Path(path).read_bytes()

    def post_xml(self, address: str, envelope: Any, headers: dict[str, str]) -> bytes:
        """Return the content of the answer."""
        return post(
            address,
            headers | {"Content-Type": "text/xml; charset=utf-8"},
            zeep.wsdl.utils.etree_to_string(envelope),
            self._context,
            self._limits,
        )


def _understood(read: Callable[[], T]) -> T:
    try:
        return read()
    except messages.BadMessage as bad:
        raise port.Untrusted(bad.code) from None


def _loaded(load: Callable[[], T]) -> T:
    try:
        return load()
    except (OSError, ValueError) as error:
        raise port.Misconfigured("files") from error


def _content(path: str) -> bytes:
    return Path(path).read_bytes()
