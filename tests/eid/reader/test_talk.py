"""What is said to a card, with an emulated one."""

from collective.servicekonto.eid.reader.states import finding
from collective.servicekonto.eid.reader.states import State
from collective.servicekonto.eid.reader.talk import ask
from tests.eid.card.card import Card
import pytest


class Recorder:
    """Carries commands to a card and remembers their instruction octets."""

    def __init__(self, card: Card) -> None:
        card.power_on()
        self.card = card
        self.instructions: list[int] = []

    def __call__(self, command: bytes) -> tuple[bytes, int]:
        """Return data and status."""
        self.instructions.append(command[1])
        answer = self.card.transmit(command)
        return answer[:-2], int.from_bytes(answer[-2:], "big")


@pytest.mark.parametrize(
    ("tries", "state"),
    [
        (3, State.READY),
        (2, State.ONE_WRONG_PIN),
        (1, State.SUSPENDED),
        (0, State.BLOCKED),
    ],
)
def test_a_card_tells_how_many_tries_are_left(card, tries, state):
    card.passwords.tries = tries
    assert finding("R", ask(Recorder(card))).state is state
    assert card.passwords.tries == tries


def test_a_card_tells_that_the_function_is_off(card):
    card.passwords.active = False
    assert finding("R", ask(Recorder(card))).state is State.SWITCHED_OFF


def test_a_card_is_never_asked_to_judge_a_pin(card):
    recorder = Recorder(card)
    ask(recorder)
    select, read, prepare = 0xA4, 0xB0, 0x22
    assert recorder.instructions == [select, select, read, prepare]


def test_another_card_is_not_asked_about_a_pin():
    asked = []

    def transmit(command: bytes) -> tuple[bytes, int]:
        asked.append(command[1])
        return b"", 0x6A82

    assert finding("R", ask(transmit)).state is State.OTHER_CARD
    assert 0x22 not in asked


def test_a_file_in_several_pieces_is_read_to_its_end():
    content = bytes(range(256)) * 2 + b"end"

    def transmit(command: bytes) -> tuple[bytes, int]:
        if command[1] != 0xB0:
            return b"", 0x9000
        offset = int.from_bytes(command[2:4], "big")
        return content[offset : offset + 256], 0x9000

    assert ask(transmit).card_access == content


def test_an_endless_file_comes_to_an_end():
    assert len(ask(lambda command: (b"\x00" * 256, 0x9000)).card_access) < 10_000
