"""From the Servicekonto to the Servicekonto Plus, in the browser."""

from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import invented
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts.attributes import attribute
from collective.servicekonto.accounts.attributes import type_in
from collective.servicekonto.accounts.cards import query_card
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.accounts.service import is_active
from collective.servicekonto.accounts.service import is_plus
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.accounts.service import remove_account
from collective.servicekonto.dataaccess import log
from collective.servicekonto.eid.personal import EIDSessions
from collective.servicekonto.identity.changes import is_locked
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.store.service import get_store
from tests.eid.provider import ERIKA
import transaction


def types(account, now, **values):
    """Type something into the profile."""
    for name, value in values.items():
        type_in(account, name, value, now)
    transaction.commit()


def test_without_an_eid_server_the_page_says_so_plainly(erika):
    erika.opens("hochstufen")
    assert "The Online-Ausweis cannot be used here yet" in erika.text
    assert "buttons.upgrade" not in erika.contents


def test_the_page_says_what_is_needed_and_what_is_read(erika, provider):
    erika.opens("hochstufen")
    for words in ("six-digit PIN", "AusweisApp", "Birth name", "16 years"):
        assert words in erika.text
    assert "Trust level now: low . Trust level afterwards: high" in erika.text


def test_strangers_are_led_to_the_log_in(new_browser, provider):
    stranger = new_browser()
    for page in ("hochstufen", "hochstufen-pruefen"):
        stranger.opens(page)
        assert stranger.page == "anmelden"


def test_it_needs_the_password_once_more(erika, provider):
    erika.begins(password="geraten")
    assert "This is not your present password." in erika.text
    assert provider.questions == []


def test_the_app_is_opened_on_computer_and_telephone(erika, provider):
    erika.begins()
    assert (
        'href="http://127.0.0.1:24727/eID-Client?tcTokenURL=http%3A' in erika.contents
    )
    assert 'href="eid://127.0.0.1:24727/eID-Client?tcTokenURL=http%3A' in erika.contents


def test_the_card_is_asked_for_what_the_page_promises(erika, provider):
    erika.begins()
    (question,) = provider.questions
    assert question.minimum_age == 16
    asked = {one.value for one in question.required}
    assert {"RestrictedID", "GivenNames", "PlaceOfResidence"} <= asked
    assert {one.value for one in question.optional} == {"AcademicTitle", "Nationality"}


def test_before_the_citizen_confirms_nothing_changes(erika, provider, stored):
    erika.reads()
    assert erika.page == "hochstufen-pruefen"
    assert stored().family_name == "Mustermann"
    assert query_card(stored()) is None
    assert not is_plus(stored())


def test_typed_and_read_stand_side_by_side(erika, provider):
    erika.reads()
    assert "Erika" in erika.text
    assert "ERIKA MARIA" in erika.text
    assert "HEIDESTRASSE 17" in erika.text
    assert "KÖLN" in erika.text


def test_every_other_detail_is_shown_for_confirmation(
    erika, provider, account, clock, stored
):
    types(stored(), clock(), telephone="+49 30 123456")
    erika.reads()
    assert "+49 30 123456" in erika.text
    assert "erika@example.org" in erika.text


def test_what_the_citizen_does_not_know_goes(erika, provider, stored, clock):
    types(stored(), clock(), telephone="+49 30 123456", salutation="frau")
    erika.reads()
    erika.getControl(name="keep:list").value = ["salutation"]
    erika.getControl(name="confirm").click()
    assert attribute(stored(), "telephone") is None
    assert stored().salutation == "frau"
    assert stored().email == "erika@example.org"


def test_afterwards_the_account_is_a_servicekonto_plus(erika, provider, stored):
    erika.upgrades()
    assert "You have a Servicekonto Plus" in erika.text
    assert is_plus(stored())
    assert is_active(stored())
    erika.opens("mein-bereich")
    assert "Servicekonto Plus" in erika.text


def test_what_the_card_proves_is_high_and_locked(erika, provider, stored):
    erika.upgrades()
    names = attribute(stored(), "given_names")
    assert names.value == "ERIKA MARIA"
    assert names.level is TrustLevel.HIGH
    assert is_locked(names)
    address = attribute(stored(), "address")
    assert address.value == {
        "street": "HEIDESTRASSE 17",
        "postal_code": "51147",
        "city": "KÖLN",
        "country": "DE",
    }
    assert attribute(stored(), "doctoral_degree").value == ""
    assert attribute(stored(), "nationality").value == "DE"


def test_session_id_and_level_change_at_once(erika, provider):
    erika.reads()
    before = erika.cookies["servicekonto_session"]
    erika.getControl(name="confirm").click()
    assert erika.cookies["servicekonto_session"] != before
    erika.opens("anmeldung")
    assert "present log-in: hoch" in erika.text


def test_the_pseudonym_is_kept_as_a_keyed_hash_only(erika, provider, stored):
    erika.upgrades()
    kept = query_card(stored()).pseudonym
    assert kept != ERIKA.pseudonym
    assert list(get_store().cards.items()) == [(kept, stored().id)]


def test_what_was_read_is_erased_with_the_upgrade(erika, provider, stored):
    erika.upgrades()
    stored()
    assert len(get_store().eid_sessions) == 0


def test_the_citizen_can_trace_it(erika, provider, stored, clock, mailbox):
    clock.forward(minutes=1)
    erika.upgrades()
    events = [one.event for one in history.entries(stored(), clock())]
    assert events[0] is Event.CARD_ADDED
    (transfer,) = log.transfers(stored().id)
    assert "birth_name" in dict(transfer.attributes)
    assert len(mailbox.mails()) == 1
    erika.opens("postfach")
    assert "Sie haben ein Servicekonto Plus" in erika.text


def test_the_citizen_gets_back_to_what_asked_for_the_card(erika, provider):
    service = f"dienste?dienst={'0' * 32}"
    erika.reads(f"hochstufen?weiter={service}")
    erika.getControl(name="confirm").click()
    assert erika.getLink("Go on").url.endswith(service)


def test_cancelling_erases_what_was_read(erika, provider, stored):
    erika.reads()
    erika.getControl(name="cancel").click()
    assert "What was read from your card is erased" in erika.text
    stored()
    assert len(get_store().eid_sessions) == 0
    assert query_card(stored()) is None


def test_what_was_read_lapses_after_five_minutes(erika, provider, stored, clock):
    erika.reads()
    clock.forward(minutes=5)
    erika.getControl(name="confirm").click()
    assert "The time is over" in erika.text
    assert query_card(stored()) is None


def test_the_cleanup_erases_what_was_not_confirmed(erika, provider, stored, clock):
    erika.begins()
    clock.forward(minutes=4)
    erika.open(f"{erika.fetches()['RefreshAddress']}&ResultMajor=ok")
    for minutes, left in ((3, 1), (4, 0)):
        clock.forward(minutes=minutes)
        stored()
        cleanup = EIDSessions()
        for item in list(cleanup.due(clock())):
            cleanup.process(item, clock())
        assert len(get_store().eid_sessions) == left
        transaction.commit()


def test_more_time_is_given_and_ticks_are_kept(erika, provider, stored, clock):
    types(stored(), clock(), telephone="+49 30 123456")
    erika.reads()
    erika.getControl(name="keep:list").value = []
    clock.forward(minutes=4)
    erika.getControl(name="more-time").click()
    assert erika.getControl(name="keep:list").value == []
    clock.forward(minutes=4)
    erika.getControl(name="confirm").click()
    assert is_plus(stored())


def test_a_change_in_another_window_is_looked_at_first(erika, provider, stored, clock):
    erika.reads()
    types(stored(), clock(), telephone="+49 30 999999")
    erika.getControl(name="confirm").click()
    assert "Your account was changed in the meantime." in erika.text
    assert not is_plus(stored())
    assert "+49 30 999999" in erika.text


def test_the_export_holds_the_means_without_its_hash(erika, provider, stored):
    erika.upgrades()
    kinds = [one.kind.value for one in means.all_of(stored())]
    assert kinds == ["password", "online-ausweis"]


def test_with_the_account_goes_the_card(erika, provider, stored):
    erika.upgrades()
    remove_account(query_account(stored().id))
    assert len(get_store().cards) == 0


def test_a_portal_that_takes_test_cards_says_so_on_every_page(
    erika, provider, trial, monkeypatch
):
    words = "This site is for trying things out"
    for page in ("", "anmeldung", "hochstufen"):
        erika.opens(page)
        assert words in erika.contents
    monkeypatch.delenv(invented.ENVIRONMENT)
    erika.opens("mein-bereich")
    assert words not in erika.contents
