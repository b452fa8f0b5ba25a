"""What was typed when a session ended is not lost."""

from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.selfservice import kept
from collective.servicekonto.store.service import get_store
import pytest


FORM = {"birth_name": "Gabler", "children": ["Max", "Moritz"]}


@pytest.fixture
def key(functional, site, clock):
    """The key of a form that Erika typed."""
    return kept.keep("erika", "profil", FORM, clock())


def test_the_same_citizen_finds_it_on_the_same_page(key, clock):
    assert kept.query(key, "erika", "profil", clock()) == FORM


@pytest.mark.parametrize(
    ("account", "page"), [("max", "profil"), ("erika", "e-mail"), ("max", "e-mail")]
)
def test_nobody_else_and_no_other_page_gets_it(key, clock, account, page):
    assert kept.query(key, account, page, clock()) is None


def test_it_is_kept_for_an_hour(key, clock):
    clock.forward(minutes=59, seconds=59)
    assert kept.query(key, "erika", "profil", clock())
    clock.forward(seconds=1)
    assert kept.query(key, "erika", "profil", clock()) is None


def test_it_is_forgotten_once_it_is_sent(key, clock):
    kept.discard(key, "erika")
    assert kept.query(key, "erika", "profil", clock()) is None
    assert len(get_store().queue(kept.KEPT_FORMS)) == 0


def test_the_cleanup_deletes_it_when_its_time_is_over(key, clock):
    clock.forward(minutes=66)
    assert cleanup.run(batch=10, window=60)["kept-forms"]["done"] == 1
    assert len(get_store().kept_forms) == 0


@pytest.mark.parametrize(
    "name", ["password", "repetition", "csrf", "_authenticator", "buttons.save"]
)
def test_passwords_and_buttons_are_not_kept(functional, site, clock, name):
    key = kept.keep("erika", "passwort", FORM | {name: "x"}, clock())
    assert kept.query(key, "erika", "passwort", clock()) == FORM


def test_more_than_a_person_types_is_not_kept(functional, site, clock):
    assert kept.keep("erika", "profil", {"text": "x" * 200_001}, clock()) == ""
    assert len(get_store().kept_forms) == 0


def test_the_key_is_not_stored(key):
    assert not any(key in stored for stored in get_store().kept_forms)


def test_it_goes_with_the_account_and_leaves_those_of_others(key, clock):
    other = kept.keep("max", "profil", FORM, clock())
    kept.erase("erika")
    assert kept.all_of("erika") == []
    assert kept.query(other, "max", "profil", clock()) == FORM
    assert len(get_store().queue(kept.KEPT_FORMS)) == 1
