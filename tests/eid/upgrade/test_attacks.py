"""What an attacker tries: each ends in a clear message, and the account is unchanged."""

from collective.servicekonto.accounts import cards
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.eid import service
from collective.servicekonto.eid.port import Busy
from collective.servicekonto.eid.port import Cancelled
from collective.servicekonto.eid.port import CardBlocked
from collective.servicekonto.eid.port import ClientFailed
from collective.servicekonto.eid.port import DocumentRefused
from collective.servicekonto.eid.port import Misconfigured
from collective.servicekonto.eid.port import NotReady
from collective.servicekonto.eid.port import SessionGone
from collective.servicekonto.eid.port import Unreachable
from collective.servicekonto.eid.port import Untrusted
from collective.servicekonto.store.service import get_store
from dataclasses import replace
from tests.eid.provider import ERIKA
from tests.eid.provider import saying
from tests.factories import active_account
import pytest
import transaction


NOT_YOURS = "This address cannot be used any more"


def seen(account):
    """Return everything of the account that an upgrade changes."""
    return attributes(account), account.card, account.workflow_history.copy()


@pytest.fixture
def unchanged(stored):
    """Tells whether the account is as it was."""
    before = seen(stored())
    return lambda: seen(stored()) == before


@pytest.fixture
def max_(new_browser, clock):
    """Somebody else who is logged in."""
    active_account(clock(), "max@example.org")
    transaction.commit()
    browser = new_browser()
    browser.logs_in("max@example.org")
    return browser


def way_back(browser):
    """Begin, and return the address to which the app would lead."""
    browser.begins()
    return f"{browser.fetches()['RefreshAddress']}&ResultMajor=ok"


def test_a_victim_is_sent_to_the_eid_session_of_an_attacker(
    max_, erika, provider, unchanged
):
    address = way_back(max_)
    erika.open(address)
    assert NOT_YOURS in erika.text
    assert provider.asked == []
    assert unchanged()


def test_an_attacker_takes_the_way_back_of_a_victim(max_, erika, provider, unchanged):
    address = way_back(erika)
    max_.open(address)
    assert NOT_YOURS in max_.text
    assert provider.asked == []
    assert unchanged()


def test_nobody_without_log_in_takes_it(new_browser, erika, provider, unchanged):
    stranger = new_browser()
    stranger.open(way_back(erika))
    assert NOT_YOURS in stranger.text
    assert unchanged()


def test_another_session_of_the_same_citizen_does_not_take_it(
    new_browser, erika, provider, unchanged
):
    other = new_browser()
    other.logs_in()
    other.open(way_back(erika))
    assert NOT_YOURS in other.text
    assert unchanged()


def test_after_logging_out_it_is_worth_nothing(erika, provider, unchanged):
    address = way_back(erika)
    erika.opens("abmelden")
    erika.getControl("Log out now").click()
    erika.logs_in()
    erika.open(address)
    assert NOT_YOURS in erika.text
    assert unchanged()


def test_a_way_back_is_not_replayed(erika, provider, unchanged):
    address = erika.reads()
    erika.open(address)
    assert NOT_YOURS in erika.text
    assert len(provider.asked) == 1
    assert unchanged()


def test_after_the_upgrade_it_is_worth_nothing(erika, provider, stored):
    address = erika.reads()
    erika.getControl(name="confirm").click()
    before = seen(stored())
    erika.open(address)
    assert NOT_YOURS in erika.text
    assert seen(stored()) == before


def test_saying_ok_in_the_address_proves_nothing(erika, provider, unchanged):
    provider.answer = SessionGone()
    erika.reads()
    assert "The time for reading your Online-Ausweis is over." in erika.text
    assert unchanged()


def test_a_mere_look_at_the_addresses_uses_nothing_up(erika, provider):
    erika.begins()
    erika.testapp.head(erika.token_address, expect_errors=True)
    address = f"{erika.fetches()['RefreshAddress']}&ResultMajor=ok"
    erika.testapp.head(address, expect_errors=True)
    assert provider.asked == []
    erika.open(address)
    assert erika.page == "hochstufen-pruefen"


def test_the_token_is_handed_over_once(erika, provider):
    erika.begins()
    assert "PSK" in erika.fetches()
    second = erika.fetches()
    assert set(second) == {"TCTokenType", "CommunicationErrorAddress"}
    assert second["CommunicationErrorAddress"].endswith("/eid-fehler")


@pytest.mark.parametrize("key", ["", "x", "x" * 10_000, "ä", "../../etc/passwd"])
def test_a_guessed_secret_opens_nothing(erika, provider, key):
    erika.begins()
    address = erika.token_address.partition("=")[0]
    erika.opens(f"{address.rpartition('/')[2]}={key}")
    assert "CommunicationErrorAddress" in erika.contents
    assert "ServerAddress" not in erika.contents
    erika.opens(f"eid-rueckkehr?vorgang={key}&ResultMajor=ok")
    assert NOT_YOURS in erika.text


def test_the_secret_of_the_token_is_none_of_the_way_back(erika, provider, unchanged):
    erika.begins()
    erika.fetches()
    erika.open(erika.token_address.replace("eid-token", "eid-rueckkehr"))
    assert NOT_YOURS in erika.text
    assert provider.asked == []


def test_the_token_waits_five_minutes(erika, provider, clock):
    erika.begins()
    clock.forward(minutes=5)
    assert "PSK" not in erika.fetches()


def test_the_way_back_is_open_for_five_minutes(erika, provider, clock, unchanged):
    address = way_back(erika)
    clock.forward(minutes=5)
    erika.open(address)
    assert NOT_YOURS in erika.text
    assert provider.asked == []
    assert unchanged()


def test_beginning_anew_ends_what_was_begun_before(erika, provider):
    address = way_back(erika)
    erika.begins()
    erika.open(address)
    assert NOT_YOURS in erika.text


def test_a_card_has_one_account_and_nothing_is_told_of_it(
    erika, max_, provider, stored
):
    erika.upgrades()
    max_.reads()
    assert "cannot be registered with this Servicekonto" in max_.text
    assert "erika" not in max_.text.lower()
    assert list(get_store().cards.values()) == [stored().id]


def test_a_card_that_was_taken_meanwhile_is_refused(
    erika, max_, provider, stored, unchanged
):
    max_.reads()
    erika.reads()
    max_.getControl(name="confirm").click()
    erika.getControl(name="confirm").click()
    assert "cannot be registered with this Servicekonto" in erika.text
    assert unchanged()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (saying(DATE_OF_EXPIRY="2020-01-31"), "has expired"),
        (replace(ERIKA, is_test=True), "This is a test card."),
        (replace(ERIKA, old_enough=False), "from the age of 16"),
        (replace(ERIKA, old_enough=None), "from the age of 16"),
        (saying(DATE_OF_BIRTH="2011-11-28"), "from the age of 16"),
        (replace(ERIKA, pseudonym=""), "did not give all details"),
        (replace(ERIKA, values={}), "did not give all details"),
        (DocumentRefused("x"), "is not accepted"),
        (Cancelled("x"), "your Bürgeramt switches it on"),
        (ClientFailed("x"), "the card was taken away too early"),
        (CardBlocked("x"), "is blocked or not set"),
        (Busy("x"), "Too many people"),
        (Unreachable("x"), "cannot be reached"),
        (Misconfigured("x"), "not set up correctly"),
        (Untrusted("x"), "could not be verified"),
        (SessionGone("x"), "is over"),
    ],
)
def test_each_end_is_explained_and_changes_nothing(
    erika, provider, unchanged, answer, words
):
    provider.answer = answer
    erika.reads()
    assert words in erika.text
    assert erika.getLink("Begin anew").url.endswith("/hochstufen")
    assert unchanged()
    erika.opens("hochstufen-pruefen")
    assert "The time is over" in erika.text


def test_a_test_card_is_taken_where_the_portal_allows_it(erika, provider, trial):
    provider.answer = replace(ERIKA, is_test=True)
    erika.reads()
    assert erika.page == "hochstufen-pruefen"


def test_what_the_app_says_explains_why_nothing_was_read(erika, provider, unchanged):
    provider.answer = NotReady()
    address = way_back(erika).partition("&")[0]
    erika.open(f"{address}&ResultMajor=error&ResultMinor=cancellationByUser")
    assert "You have cancelled" in erika.text
    assert unchanged()


def test_while_the_server_still_works_one_waits(erika, provider):
    provider.answer = NotReady()
    erika.reads()
    assert "Your Online-Ausweis is being read" in erika.text
    provider.answer = ERIKA
    erika.getLink("Look now").click()
    assert erika.page == "hochstufen-pruefen"
    assert [counter for _session, counter in provider.asked] == [1, 2]


def test_a_server_that_is_down_is_told_before_the_app_is_opened(
    erika, provider, unchanged
):
    provider.problem = Unreachable("timeout")
    erika.begins()
    assert "cannot be reached" in erika.text
    assert "127.0.0.1" not in erika.text
    assert unchanged()


def test_nobody_floods_the_server(erika, provider):
    for _time in range(service.MOST_READINGS):
        erika.begins()
    erika.begins()
    assert "There were too many attempts." in erika.text
    assert len(provider.questions) == service.MOST_READINGS


def test_a_form_of_another_site_upgrades_nothing(erika, provider, unchanged):
    erika.reads()
    erika.post(f"{erika.portal}/hochstufen-pruefen", "confirm=1&revision=1")
    assert "The form could not be accepted" in erika.text
    assert unchanged()


def test_a_link_upgrades_nothing(erika, provider, unchanged):
    erika.reads()
    erika.opens("hochstufen-pruefen?confirm=1&revision=1")
    assert unchanged()


def test_an_account_with_a_passkey_is_not_upgraded_with_the_password_alone(
    erika, provider, stored, clock
):
    account = stored()
    phone = means.register(account, "Handy", b"key", "session", clock())
    means.note_use(account, phone.id, 1, "session", clock())
    transaction.commit()
    erika.opens("hochstufen")
    assert "Please confirm with a passkey first" in erika.text
    assert provider.questions == []


def test_nothing_personal_is_in_addresses_and_the_audit_log(
    erika, provider, account, caplog
):
    caplog.set_level("INFO")
    erika.upgrades()
    logged = caplog.text
    for secret in (
        "MUSTERMANN",
        "GABLER",
        ERIKA.pseudonym,
        cards.hidden(ERIKA.pseudonym),
    ):
        assert secret not in logged
    assert account.id not in erika.url
