"""The example of BSI TR-03160-1, chapter 5.1: four sessions, tables 3 to 5."""

from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.changes import matches_minimum_data
from collective.servicekonto.identity.changes import settle
from collective.servicekonto.identity.changes import to_confirm
from collective.servicekonto.identity.changes import type_over
from collective.servicekonto.identity.changes import updates
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.means import confirm
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.identity.means import maximal_level
from collective.servicekonto.identity.means import may_register
from collective.servicekonto.identity.means import Means
from collective.servicekonto.identity.release import release
import pytest


NOW = 1_700_000_000
BASIS, LOW, SUBSTANTIAL, HIGH = TrustLevel

TYPED = {
    "family_name": "MUSTERMANN",
    "birth_name": "GABLER",
    "given_names": "ERIKA",
    "address": "HEIDESTRASSE 17, 51147 KÖLN",
    "date_of_birth": "1964-08-12",
    "place_of_birth": "BERLIN",
    "phone": "+999 1234 567890",
    "email": "x@y.z",
}
CARD = {
    name: proven(value, HIGH, Source.ONLINE_AUSWEIS, NOW)
    for name, value in TYPED.items()
    if name not in ("phone", "email")
} | {"given_names": proven("ERIKA MARIA", HIGH, Source.ONLINE_AUSWEIS, NOW)}


def registered(kind):
    """Return a means after it was registered and used."""
    return confirm(Means(kind.value, kind, "", NOW), "session", "session")


def levels_of(account):
    """Return the level of each attribute."""
    return {name: attribute.level for name, attribute in account.items()}


@pytest.fixture
def first():
    """The account after the first session: password, and the address proven."""
    account = {name: type_over(name, None, value, NOW) for name, value in TYPED.items()}
    link = {"email": proven("x@y.z", LOW, Source.LINK, NOW)}
    return account | updates(account, link, LOW, LOW)


@pytest.fixture
def third(first):
    """The account after the third session: a De-Mail address proven with a token."""
    code = {"de_mail": proven("e.m@a.de-mail.de", SUBSTANTIAL, Source.OFFICE, NOW)}
    return first | updates(first, code, SUBSTANTIAL, SUBSTANTIAL)


def test_the_first_session_proves_the_address_alone(first):
    assert levels_of(first) == dict.fromkeys(TYPED, BASIS) | {"email": LOW}


def test_the_second_session_lifts_the_account_and_no_attribute(first):
    password = registered(Kind.PASSWORD)
    assert may_register(Kind.PASSKEY, LOW, [password])
    assert maximal_level([password, registered(Kind.PASSKEY)]) is SUBSTANTIAL
    assert updates(first, {}, SUBSTANTIAL, SUBSTANTIAL) == {}


def test_the_third_session_proves_the_de_mail_address(third):
    assert third["de_mail"].level is SUBSTANTIAL
    assert third["family_name"].level is BASIS


def test_the_fourth_session_reads_the_card(third):
    means = [registered(Kind.PASSWORD), registered(Kind.PASSKEY)]
    assert not may_register(Kind.ONLINE_AUSWEIS, LOW, means)
    assert may_register(Kind.ONLINE_AUSWEIS, SUBSTANTIAL, means)
    means.append(registered(Kind.ONLINE_AUSWEIS))
    account = third | updates(third, CARD, HIGH, maximal_level(means))
    assert account["given_names"].value == "ERIKA MARIA"
    assert levels_of(account) == dict.fromkeys(CARD, HIGH) | {
        "phone": BASIS,
        "email": LOW,
        "de_mail": SUBSTANTIAL,
    }
    shown = to_confirm(third, CARD)
    assert shown == {"phone", "email", "de_mail"}
    assert settle(account, shown, shown) == account


def test_the_card_stands_in_for_the_token_only_when_all_data_are_equal(third):
    assert not matches_minimum_data(third, CARD, SUBSTANTIAL)
    complete = third | {
        "given_names": type_over("given_names", None, "ERIKA MARIA", NOW)
    }
    assert matches_minimum_data(complete, CARD, SUBSTANTIAL)


def test_a_later_session_with_the_password_releases_at_niedrig(third):
    account = third | updates(third, CARD, HIGH, HIGH)
    assert release(account["family_name"], LOW).level is LOW
