"""What the emulated card tells to terminals that it let in (TR-03127, 3.4.3)."""

from datetime import date
from tests.eid.card import oids
from tests.eid.card import tlv
from tests.eid.card.apdu import Command
from tests.eid.card.apdu import Refused
from tests.eid.card.authority import Authority
from tests.eid.card.authority import authority
from tests.eid.card.authority import Holder
from tests.eid.card.card import Card
from tests.eid.card.certificates import Role
from tests.eid.card.client import Client
from tests.eid.card.groups import groups_of
from tests.eid.card.groups import latest_birthday
from tests.eid.card.passwords import Reference
from tests.eid.card.persons import ABROAD
from tests.eid.card.persons import CHILD
from tests.eid.card.persons import ERIKA
from tests.eid.card.persons import ERIKA_MOVED
from tests.eid.card.persons import ERIKA_WITH_A_NEW_CARD
from tests.eid.card.persons import EXPIRED
from tests.eid.card.persons import OLD_CARD
from tests.eid.card.persons import WITHOUT_BIRTH_NAME
from tests.eid.card.persons import YEAR_AND_MONTH
from tests.eid.card.persons import YEAR_ONLY
from tests.eid.card.persons import ZOE
from tests.eid.card.terminal import authenticated
from tests.eid.card.terminal import auxiliary
from tests.eid.card.terminal import Terminal
import pytest


ALL = (1 << 30) - 1


def terminal_at(
    person=ERIKA, *, allowed: int = ALL, by: Authority | None = None, commits=None
) -> Terminal:
    """Return a terminal that is authenticated at a person's card."""
    by = by or authority()
    card = Card(by.root_certificate, person)
    card.power_on()
    client = Client(card.transmit)
    client.open(Reference.PIN, card.passwords.pin, allowed.to_bytes(5, "big"))
    terminal = authenticated(client, by, auxiliary(commits or {}))
    terminal.select_application()
    return terminal


def refusal(action, *arguments):
    """Return the status with which the card refuses."""
    with pytest.raises(Refused) as caught:
        action(*arguments)
    return caught.value.status


@pytest.mark.parametrize("group", sorted(groups_of(ERIKA)))
def test_a_data_group_is_read_with_its_right_and_only_with_it(group):
    right = 1 << 7 + group
    assert terminal_at(allowed=right).read(group) == groups_of(ERIKA)[group]
    assert refusal(terminal_at(allowed=ALL & ~right).read, group) == 0x6982


def test_what_the_citizen_allows_is_no_more_than_what_the_certificate_allows():
    names = 1 << 7 + 5
    modest = Authority(
        terminal=Holder(b"DETESTTRM00003", Role.TERMINAL, rights=names),
        root=authority().root,
    )
    terminal = terminal_at(by=modest)
    assert terminal.read(5)
    assert refusal(terminal.read, 4) == 0x6982


def test_rights_that_the_verifier_lacks_are_not_given():
    modest = Authority(
        verifier=Holder(b"DETESTVER00003", Role.VERIFIER, rights=1 << 7 + 5),
        root=authority().root,
    )
    assert refusal(terminal_at(by=modest).read, 4) == 0x6982


def test_data_outside_the_application_are_not_read():
    terminal = terminal_at()
    terminal.send(Command(0, 0xA4, 0, 0x0C, b"\x3f\x00"))
    assert refusal(terminal.read, 5) == 0x6A82


def test_a_plain_command_gets_nothing():
    card = Card(authority().root_certificate)
    card.power_on()
    client = Client(card.transmit)
    client.open(Reference.PIN, card.passwords.pin, ALL.to_bytes(5, "big"))
    authenticated(client, authority())
    card.transmit(bytes.fromhex("00A4040C09E80704007F00070302"))
    assert card.transmit(bytes.fromhex("00B0850000"))[-2:] == b"\x69\x82"


def test_files_are_also_read_by_name_and_in_pieces():
    terminal = terminal_at()
    terminal.send(Command(0, 0xA4, 0x02, 0x0C, b"\x01\x05"))
    whole = groups_of(ERIKA)[5]
    parts = [terminal.send(Command(0, 0xB0, 0, at, le=4)) for at in range(0, 12, 4)]
    assert b"".join(parts) == whole[:12]


def test_names_keep_every_letter():
    group = terminal_at(ZOE).read(5)
    assert group == tlv.encode(0x65, tlv.encode(0x0C, "ŁĘCKI-ÞÓRÐARDÓTTIR".encode()))


def test_an_empty_birth_name_is_there_and_an_old_card_has_none():
    assert terminal_at(WITHOUT_BIRTH_NAME).read(13) == bytes.fromhex("6D020C00")
    assert refusal(terminal_at(OLD_CARD).read, 13) == 0x6A82


def test_what_is_not_known_of_the_birthday_is_blank():
    assert terminal_at(YEAR_ONLY).read(8).endswith(b"1950    ")


def test_who_has_no_address_in_germany_has_a_text():
    group = tlv.one(terminal_at(ABROAD).read(17), 0x71)
    assert group.child(0xA2, 0x0C).value == b"keine Wohnung in Deutschland"


@pytest.mark.parametrize(
    ("person", "latest"),
    [
        (ERIKA, date(1964, 8, 12)),
        (YEAR_ONLY, date(1950, 12, 31)),
        (YEAR_AND_MONTH, date(1950, 5, 31)),
    ],
)
def test_the_age_is_that_of_the_latest_possible_birthday(person, latest):
    assert latest_birthday(person.born) == latest
    on_that_day = {oids.DATE_OF_BIRTH: f"{latest:%Y%m%d}".encode()}
    assert terminal_at(person, commits=on_that_day).verify(oids.DATE_OF_BIRTH)
    before = {oids.DATE_OF_BIRTH: f"{latest.replace(day=1):%Y%m%d}".encode()}
    assert not terminal_at(person, commits=before).verify(oids.DATE_OF_BIRTH)


def test_a_child_is_not_old_enough():
    sixteen = {oids.DATE_OF_BIRTH: b"20101127"}
    assert not terminal_at(CHILD, commits=sixteen).verify(oids.DATE_OF_BIRTH)


@pytest.mark.parametrize(
    ("today", "valid"), [(b"20191030", True), (b"20191031", True), (b"20191101", False)]
)
def test_a_card_is_valid_up_to_its_last_day(today, valid):
    terminal = terminal_at(EXPIRED, commits={oids.DATE_OF_EXPIRY: today})
    assert terminal.verify(oids.DATE_OF_EXPIRY) is valid


@pytest.mark.parametrize(
    ("community", "lives_there"),
    [
        ("0276", True),
        ("027605", True),
        ("02760503150000", True),
        ("02760901620000", False),
    ],
)
def test_the_community_is_compared_from_the_left(community, lives_there):
    commits = {oids.COMMUNITY: bytes.fromhex(community)}
    assert terminal_at(commits=commits).verify(oids.COMMUNITY) is lives_there


def test_a_comparison_needs_a_commitment():
    assert refusal(terminal_at().verify, oids.DATE_OF_BIRTH) == 0x6A88


@pytest.mark.parametrize(
    ("bit", "name", "value"),
    [(0, oids.DATE_OF_BIRTH, b"20101127"), (1, oids.COMMUNITY, b"\x02\x76")],
)
def test_age_and_community_need_a_right(bit, name, value):
    terminal = terminal_at(allowed=ALL & ~(1 << bit), commits={name: value})
    assert refusal(terminal.verify, name) == 0x6982


def test_validity_needs_no_right():
    commits = {oids.DATE_OF_EXPIRY: b"20260101"}
    assert terminal_at(allowed=0, commits=commits).verify(oids.DATE_OF_EXPIRY)


def test_a_card_always_has_the_same_pseudonym_for_a_sector():
    sector = authority().sector_key()
    pseudonym = terminal_at().identify(sector)
    assert pseudonym == terminal_at(ERIKA_MOVED).identify(sector)
    assert len(pseudonym) == 32


def test_another_sector_and_another_card_mean_another_pseudonym():
    other = Authority(root=authority().root)
    pseudonyms = {
        terminal_at().identify(authority().sector_key()),
        terminal_at(by=other).identify(other.sector_key()),
        terminal_at(ERIKA_WITH_A_NEW_CARD).identify(authority().sector_key()),
        terminal_at().identify(authority().sector_key(), key=2),
    }
    assert len(pseudonyms) == 4


def test_a_foreign_sector_is_refused():
    other = Authority(root=authority().root)
    assert refusal(terminal_at().identify, other.sector_key()) == 0x6300


def test_a_second_sector_that_the_certificate_lacks_is_refused():
    sector = authority().sector_key()
    assert refusal(terminal_at().identify, sector, 1, 0xA2) == 0x6982


def test_the_pseudonym_needs_a_right_and_the_blocking_feature_does_not():
    sector = authority().sector_key()
    terminal = terminal_at(allowed=ALL & ~(1 << 2))
    assert refusal(terminal.identify, sector, 1) == 0x6982
    assert terminal.identify(sector, 2)
