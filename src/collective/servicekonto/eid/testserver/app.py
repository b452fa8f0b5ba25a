"""The AusweisApp without a window, told to trust the test eID-Server.

Its simulator plays the cards. Debian has it: apt-get install ausweisapp2.
"""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from threading import Thread
from typing import Any
from urllib.parse import urlencode
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection
from websockets.sync.client import connect
import json
import os
import shutil
import socket
import subprocess
import time


PROGRAM = shutil.which("AusweisApp2")

PATIENCE = 30
ATTENTION = 0.2
SIMULATOR = "Simulator"

_TLS = {
    "protocolVersion": "TlsV1_2",
    "ocspStapling": False,
    "ciphers": ["ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384"],
    "ellipticCurves": ["brainpoolP256r1", "secp384r1", "prime256v1"],
    "signatureAlgorithms": ["ECDSA+SHA256", "ECDSA+SHA384", "RSA+SHA256", "RSA+SHA384"],
}
_TLS_WITH_KEYS = _TLS | {
    "ciphers": ["RSA-PSK-AES256-GCM-SHA384"],
    "ellipticCurves": [],
    "signatureAlgorithms": ["RSA+SHA256", "RSA+SHA384"],
}
_KEY_SIZES = {"Rsa": 3000, "Dsa": 3000, "Dh": 3000, "Ec": 250}


class AppFailed(Exception):
    """The AusweisApp did not start or stopped answering."""


@dataclass(frozen=True)
class Directories:
    """Where an AusweisApp of its own keeps its things, apart from the user's."""

    root: Path

    def environment(self) -> dict[str, str]:
        """Return the environment for the program."""
        return os.environ | {
            "HOME": str(self.root),
            "XDG_CONFIG_HOME": str(self._made("config")),
            "XDG_DATA_HOME": str(self._made("data")),
            "XDG_RUNTIME_DIR": str(self._made("runtime")),
            "TMPDIR": str(self._made("tmp")),
            "QT_QPA_PLATFORM": "offscreen",
            "QT_LOGGING_RULES": "*.debug=false",
        }

    def configure(self, cvca: bytes) -> None:
        """Write the configuration that trusts this authority and no other."""
        path = self._made("data/AusweisApp2") / "config.json"
        path.write_text(json.dumps(configuration(cvca)), encoding="utf-8")

    def _made(self, name: str) -> Path:
        path = self.root / name
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path


def configuration(cvca: bytes) -> dict[str, Any]:
    """Return what the AusweisApp's config.json has to say."""
    return {
        "cvRootCertificates": [],
        "cvRootCertificatesTest": [cvca.hex()],
        "updateCertificates": [],
        "tlsSettings": _TLS,
        "tlsSettingsPsk": _TLS_WITH_KEYS,
        "minStaticKeySizes": _KEY_SIZES,
        "minEphemeralKeySizes": _KEY_SIZES,
    }


@dataclass(frozen=True)
class Answers:
    """How the person in front of the AusweisApp behaves.

    ``card``    files of the simulator's card, None for its own (Erika Mustermann)
    ``rights``  what is allowed; None is everything that is asked
    ``cancel``  the message at which the person gives up, "" for never
    """

    card: list[dict[str, str]] | None = None
    rights: list[str] | None = None
    cancel: str = ""

    def to(self, message: dict[str, Any]) -> dict[str, Any] | None:
        """Return the command that answers a message, or None."""
        name = message["msg"]
        if name == self.cancel:
            return {"cmd": "CANCEL"}
        if name == "ACCESS_RIGHTS":
            return self._rights(message)
        if name == "INSERT_CARD":
            return self._card()
        return {"cmd": "SET_PIN"} if name == "ENTER_PIN" else None

    def _rights(self, message: dict[str, Any]) -> dict[str, Any]:
        allowed = message["chat"]["optional"] if self.rights is None else self.rights
        if sorted(message["chat"]["effective"]) == sorted(
            message["chat"]["required"] + allowed
        ):
            return {"cmd": "ACCEPT"}
        return {"cmd": "SET_ACCESS_RIGHTS", "chat": allowed}

    def _card(self) -> dict[str, Any]:
        command: dict[str, Any] = {"cmd": "SET_CARD", "name": SIMULATOR}
        if self.card is not None:
            command["simulator"] = {"files": self.card}
        return command


class AusweisApp:
    """A running AusweisApp, and the one connection that answers for the person."""

    def __init__(self, port: int, connection: ClientConnection) -> None:
        self.port = port
        self._connection = connection

    def activation(self, tc_token_url: str) -> str:
        """Return the address that a browser opens to begin."""
        query = urlencode({"tcTokenURL": tc_token_url})
        return f"http://127.0.0.1:{self.port}/eID-Client?{query}"

    def run(self, tc_token_url: str, answers: Answers | None = None) -> str:
        """Authenticate, and return the address that a browser would be sent to."""
        self._send({"cmd": "RUN_AUTH", "tcTokenURL": tc_token_url})
        return str(self.answer(answers or Answers()).get("url", ""))

    def answer(self, answers: Answers) -> dict[str, Any]:
        """Answer until an authentication is over; return its last message.

        Raises AppFailed if the AusweisApp falls silent.
        """
        while True:
            try:
                message = self._receive(PATIENCE)
            except TimeoutError as error:
                raise AppFailed("The AusweisApp does not answer.") from error
            self._answer_to(message, answers)
            if _is_last(message):
                return message

    @contextmanager
    def attended(self, answers: Answers) -> Iterator[None]:
        """Answer whatever a browser begins meanwhile, each to its end."""
        leaving = Event()

        def attend() -> None:
            busy = False
            while busy or not leaving.is_set():
                with suppress(TimeoutError):
                    message = self._receive(ATTENTION)
                    self._answer_to(message, answers)
                    if message["msg"] == "AUTH":
                        busy = not _is_last(message)

        thread = Thread(target=attend, daemon=True)
        thread.start()
        try:
            yield
        finally:
            leaving.set()
            thread.join()

    def _answer_to(self, message: dict[str, Any], answers: Answers) -> None:
        command = answers.to(message)
        if command:
            self._send(command)

    def _send(self, command: dict[str, Any]) -> None:
        self._connection.send(json.dumps(command))

    def _receive(self, patience: float) -> dict[str, Any]:
        """Return the next message. Raises TimeoutError, or AppFailed."""
        try:
            message: dict[str, Any] = json.loads(self._connection.recv(patience))
        except TimeoutError:
            raise
        except (WebSocketException, OSError, ValueError) as error:
            raise AppFailed("The AusweisApp has ended.") from error
        return message


def _is_last(message: dict[str, Any]) -> bool:
    """Tell whether a message ends an authentication."""
    return message["msg"] == "AUTH" and ("result" in message or "error" in message)


@contextmanager
def running(directory: Path, cvca: bytes, port: int) -> Iterator[AusweisApp]:
    """Run the AusweisApp with its files in a directory. Raises AppFailed."""
    if PROGRAM is None:
        raise AppFailed("Please install Debian's ausweisapp2.")
    directories = Directories(directory)
    directories.configure(cvca)
    process = subprocess.Popen(  # noqa: S603 (the command is all our own)
        [PROGRAM, "--ui", "websocket", "--ui", "webservice", "--port", str(port)]
        + ["--no-proxy", "--no-logfile"],
        env=directories.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(lambda: _listens(port) or process.poll() is not None)
        with closing(_connect(port)) as connection:
            yield AusweisApp(port, connection)
    finally:
        process.terminate()
        process.wait()


def _connect(port: int) -> ClientConnection:
    address = f"ws://127.0.0.1:{port}/eID-Kernel"
    try:
        return connect(address, proxy=None, compression=None, open_timeout=PATIENCE)
    except (WebSocketException, OSError) as error:
        raise AppFailed("The AusweisApp did not start.") from error


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait(condition: Callable[[], bool]) -> None:
    stop = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > stop:
            raise AppFailed("The AusweisApp did not start in time.")
        time.sleep(0.1)
