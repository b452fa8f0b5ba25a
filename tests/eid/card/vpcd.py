"""Puts an emulated card into the virtual reader of vsmartcard (vpcd)."""

from tests.eid.card.card import Card
from threading import Thread
from types import TracebackType
from typing import Self
import socket


PORT = 35963
POWER_OFF, POWER_ON, RESET, ATR = 0, 1, 2, 4


class CardInReader:
    """While entered, the card lies on the reader; leaving pulls it."""

    def __init__(self, card: Card, port: int = PORT) -> None:
        self._card = card
        self._address = "127.0.0.1", port

    def __enter__(self) -> Self:
        self._connection = socket.create_connection(self._address, timeout=10)
        self._connection.settimeout(None)
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.pull()

    def pull(self) -> None:
        """Take the card away."""
        try:
            self._connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # The reader was there first.
        finally:
            self._connection.close()
            self._thread.join(timeout=10)

    def _serve(self) -> None:
        try:
            while (message := self._message()) is not None:
                answer = self._answer(message)
                if answer is not None:
                    head = len(answer).to_bytes(2, "big")
                    self._connection.sendall(head + answer)
        except OSError:
            return  # The card was pulled, or the daemon ended.
        finally:
            self._connection.close()

    def _answer(self, message: bytes) -> bytes | None:
        if message == bytes([ATR]):
            return self._card.atr
        if len(message) == 1:
            if message[0] in (POWER_ON, RESET):
                self._card.power_on()
            return None
        return self._card.transmit(message)

    def _message(self) -> bytes | None:
        head = self._received(2)
        return self._received(int.from_bytes(head, "big")) if head else None

    def _received(self, length: int) -> bytes | None:
        data = b""
        while len(data) < length:
            piece = self._connection.recv(length - len(data))
            if not piece:
                return None
            data += piece
        return data
