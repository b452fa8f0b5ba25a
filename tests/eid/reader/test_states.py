"""What the answers of a card mean."""

from collective.servicekonto.eid.reader.states import Answer
from collective.servicekonto.eid.reader.states import Finding
from collective.servicekonto.eid.reader.states import finding
from collective.servicekonto.eid.reader.states import is_eid_card
from collective.servicekonto.eid.reader.states import nearest
from collective.servicekonto.eid.reader.states import State
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from tests.eid.card.issuer import card_access
import pytest


# EF.CardAccess of a passport: PACE, and no terminal authentication.
PASSPORT = bytes.fromhex("31143012060A04007F0007020204020202010202010D")

careful = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("status", "state", "tries"),
    [
        (0x9000, State.READY, 3),
        (0x63C2, State.ONE_WRONG_PIN, 2),
        (0x63C1, State.SUSPENDED, 1),
        (0x63C0, State.BLOCKED, 0),
        (0x6283, State.SWITCHED_OFF, None),
        (0x6A88, State.UNREADABLE, None),
        (None, State.UNREADABLE, None),
    ],
)
def test_the_status_of_the_pin_tells_the_state(status, state, tries):
    assert finding("R", Answer(card_access(), status)) == Finding(state, "R", tries)


@pytest.mark.parametrize(
    "content", [b"", PASSPORT, b"\x31", b"\x31\x84\xff", b"\x90\x00"]
)
def test_a_card_without_terminal_authentication_is_another_card(content):
    assert finding("R", Answer(content, 0x9000)) == Finding(State.OTHER_CARD, "R")


def test_version_1_of_terminal_authentication_is_that_of_passports():
    first_version = card_access().replace(
        bytes.fromhex("04007F0007020202020102"),
        bytes.fromhex("04007F0007020202020101"),
    )
    assert first_version != card_access()
    assert not is_eid_card(first_version)


@given(st.binary(max_size=200))
@careful
def test_no_content_of_the_file_is_an_error(content):
    is_eid_card(content)


@given(st.integers(0, 200), st.binary(min_size=1, max_size=3))
@careful
def test_no_damage_of_the_file_is_an_error(position, octets):
    content = bytearray(card_access())
    content[position : position + len(octets)] = octets
    is_eid_card(bytes(content))


def test_an_authentication_can_begin_only_with_tries_that_need_no_can():
    usable = {state for state in State if state.usable}
    assert usable == {State.READY, State.ONE_WRONG_PIN}


def test_the_reader_that_is_nearest_to_ready_counts():
    empty, blocked = Finding(State.NO_CARD, "A"), Finding(State.BLOCKED, "B", 0)
    assert nearest([empty, blocked]) == nearest([blocked, empty]) == blocked


def test_without_readers_the_reader_is_missing():
    assert nearest([]).state is State.NO_READER
