"""PIN, CAN and PUK at the emulated card (TR-03110-2, 2.2 to 2.4)."""

from tests.eid.card.apdu import Refused
from tests.eid.card.card import Card
from tests.eid.card.client import Client
from tests.eid.card.passwords import Reference
import pytest


WRONG = "000000"
READ_NOTHING = bytes(5)


def refusal(action, *arguments):
    """Return the status with which the card refuses."""
    with pytest.raises(Refused) as caught:
        action(*arguments)
    return caught.value.status


def anew(card: Card) -> Client:
    """Put the card onto the reader again."""
    card.power_on()
    return Client(card.transmit)


def try_wrong_pins(card: Card, count: int) -> None:
    for _each in range(count):
        refusal(anew(card).open, Reference.PIN, WRONG)


def test_the_right_pin_opens(card, client):
    client.open(Reference.PIN, card.passwords.pin)
    assert client.card_security()


@pytest.mark.parametrize("reference", Reference)
def test_the_other_passwords_are_not_the_pin(card, client, reference):
    others = {card.passwords.named(each) for each in Reference if each is not reference}
    for other in others:
        refusal(anew(card).open, reference, other)


def test_wrong_pins_are_counted(card, client):
    assert refusal(client.open, Reference.PIN, WRONG) == 0x63C2
    assert anew(card).pin_state() == 0x63C2


def test_the_right_pin_gives_all_tries_back(card):
    try_wrong_pins(card, 1)
    anew(card).open(Reference.PIN, card.passwords.pin)
    assert anew(card).pin_state() == 0x9000


def test_after_two_wrong_pins_even_the_right_one_needs_the_can(card):
    try_wrong_pins(card, 2)
    assert anew(card).pin_state() == 0x63C1
    assert refusal(anew(card).open, Reference.PIN, card.passwords.pin) == 0x6985
    assert card.passwords.tries == 1


def test_the_can_resumes_the_pin_in_the_same_channel(card):
    try_wrong_pins(card, 2)
    client = anew(card)
    client.open(Reference.CAN, card.passwords.can)
    client.open(Reference.PIN, card.passwords.pin, READ_NOTHING)
    assert client.authority
    assert card.passwords.tries == 3


def test_pulling_the_card_forgets_the_can(card):
    try_wrong_pins(card, 2)
    anew(card).open(Reference.CAN, card.passwords.can)
    assert refusal(anew(card).open, Reference.PIN, card.passwords.pin) == 0x6985


def test_a_plain_command_ends_the_channel_and_forgets_the_can(card):
    try_wrong_pins(card, 2)
    anew(card).open(Reference.CAN, card.passwords.can)
    second = Client(card.transmit)
    assert refusal(second.open, Reference.PIN, card.passwords.pin) == 0x6985


def test_a_wrong_can_counts_nothing_and_resumes_nothing(card):
    try_wrong_pins(card, 2)
    assert refusal(anew(card).open, Reference.CAN, WRONG) == 0x6300
    assert refusal(anew(card).open, Reference.PIN, card.passwords.pin) == 0x6985


def test_the_third_wrong_pin_blocks(card):
    try_wrong_pins(card, 2)
    client = anew(card)
    client.open(Reference.CAN, card.passwords.can)
    assert refusal(client.open, Reference.PIN, WRONG) == 0x63C0
    assert anew(card).pin_state() == 0x63C0
    client = anew(card)
    client.open(Reference.CAN, card.passwords.can)
    assert refusal(client.open, Reference.PIN, card.passwords.pin) == 0x6983


def test_the_puk_unblocks_and_the_pin_stays(card):
    card.passwords.tries = 0
    client = anew(card)
    client.open(Reference.PUK, card.passwords.puk)
    client.unblock()
    anew(card).open(Reference.PIN, card.passwords.pin)


def test_the_puk_unblocks_ten_times(card):
    for _each in range(10):
        card.passwords.tries = 0
        client = anew(card)
        client.open(Reference.PUK, card.passwords.puk)
        client.unblock()
    client = anew(card)
    client.open(Reference.PUK, card.passwords.puk)
    assert refusal(client.unblock) == 0x6982


def test_only_the_puk_unblocks(card, client):
    client.open(Reference.PIN, card.passwords.pin)
    assert refusal(client.unblock) == 0x6982


def test_who_knows_the_pin_can_change_it(card, client):
    client.open(Reference.PIN, card.passwords.pin)
    client.change_pin("654321")
    anew(card).open(Reference.PIN, "654321")


def test_the_puk_changes_no_pin(card, client):
    client.open(Reference.PUK, card.passwords.puk)
    assert refusal(client.change_pin, "654321") == 0x6982


def test_a_function_that_is_off_says_so(card, client):
    card.passwords.active = False
    assert client.pin_state() == 0x6283
    assert refusal(client.open, Reference.PIN, card.passwords.pin) == 0x6984
    assert card.passwords.tries == 3


def test_terminals_may_not_come_with_the_can_unless_they_may(card, client):
    can_allowed = (1 << 4).to_bytes(5, "big")
    open_with_can = (Reference.CAN, card.passwords.can)
    assert refusal(client.open, *open_with_can, READ_NOTHING) == 0x6A80
    anew(card).open(*open_with_can, can_allowed)


def test_terminals_never_come_with_the_puk(card, client):
    rights = bytes.fromhex("3FFFFFFFFF")
    status = refusal(client.open, Reference.PUK, card.passwords.puk, rights)
    assert status == 0x6A80


def test_the_try_is_gone_before_the_answer(card, client, monkeypatch):
    # Who cuts the power at the moment of the verdict has used up the try.
    monkeypatch.setattr(card.passwords, "failed", lambda reference: exit_now())

    def exit_now():
        raise ConnectionError

    with pytest.raises(ConnectionError):
        client.open(Reference.PIN, WRONG)
    assert card.passwords.tries == 2
