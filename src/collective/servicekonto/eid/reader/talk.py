"""What is said to a card, and to whom it may be said."""

from collections.abc import Callable
from collective.servicekonto.eid.reader.states import Answer
from collective.servicekonto.eid.reader.states import is_eid_card


# Sends one command; returns data and status.
Transmit = Callable[[bytes], tuple[bytes, int]]

_SELECT_MASTER = bytes.fromhex("00A4000C023F00")
_SELECT_CARD_ACCESS = bytes.fromhex("00A4020C02011C")
_READ = bytes.fromhex("00B0")
# MSE:Set AT: the PIN for PACE (id-PACE-ECDH-GM-AES-CBC-CMAC-128). It is only selected.
_SELECT_PIN = bytes.fromhex("0022C1A40F800A04007F00070202040202830103")

_OK, _ENDS_EARLY = 0x9000, 0x6282
_PIECE = 256
_LARGEST = 4096


def ask(transmit: Transmit) -> Answer:
    """Return what the card says; other cards are not asked about a PIN."""
    card_access = _card_access(transmit)
    if not is_eid_card(card_access):
        return Answer(card_access)
    _data, status = transmit(_SELECT_PIN)
    return Answer(card_access, status)


def _card_access(transmit: Transmit) -> bytes:
    transmit(_SELECT_MASTER)
    _data, status = transmit(_SELECT_CARD_ACCESS)
    content = b""
    while status == _OK and len(content) < _LARGEST:
        piece, status = transmit(_READ + len(content).to_bytes(2, "big") + b"\x00")
        if status not in (_OK, _ENDS_EARLY):
            return b""
        content += piece
        if len(piece) < _PIECE:
            break
    return content
