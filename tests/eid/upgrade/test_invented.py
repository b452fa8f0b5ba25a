"""A card of a test identity: what it proved is void when test cards are not accepted."""

from collective.servicekonto.accounts import cards
from collective.servicekonto.accounts import invented
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts.attributes import attribute
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.accounts.cards import query_card
from collective.servicekonto.accounts.service import is_plus
from collective.servicekonto.eid import settings
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.means import maximal_level
from dataclasses import replace
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.testing.zope import Browser
from tests.eid.provider import ERIKA
import pytest
import transaction


INVENTED = replace(ERIKA, is_test=True)


@pytest.fixture
def plus(erika, provider, trial):
    """Erika with a Servicekonto Plus that a test card opened."""
    provider.answer = INVENTED
    erika.upgrades()
    return erika


@pytest.fixture(params=["setting", "environment"])
def over(plus, request, monkeypatch):
    """Test cards are not accepted any more, in either of the two ways."""
    if request.param == "setting":
        settings.settings().allow_test_identities = False
        transaction.commit()
    else:
        monkeypatch.delenv(invented.ENVIRONMENT)


def test_as_long_as_they_are_accepted_it_is_like_any_card(plus, stored):
    account = stored()
    assert is_plus(account)
    assert maximal_level(means.all_of(account)) is TrustLevel.HIGH
    assert attribute(account, "family_name").level is TrustLevel.HIGH


def test_afterwards_the_account_is_no_servicekonto_plus(plus, stored, over):
    account = stored()
    assert not is_plus(account)
    assert maximal_level(means.all_of(account)) is TrustLevel.LOW


def test_nothing_that_the_card_said_is_proven(plus, stored, over):
    known = attributes(stored())
    assert known["family_name"].value == "MUSTERMANN"
    assert Source.ONLINE_AUSWEIS not in {one.source for one in known.values()}
    assert {one.level for one in known.values()} == {TrustLevel.BASIS, TrustLevel.LOW}
    assert known["email"].level is TrustLevel.LOW
    # That there is no doctoral degree needs a proof.
    assert "doctoral_degree" not in known


def test_the_session_at_hoch_falls_to_what_the_password_proved(plus, over):
    plus.opens("anmeldung")
    assert "level of your present log-in: niedrig" in plus.text


def test_a_session_of_the_card_alone_is_over(plus, provider, new_browser, over):
    """It was begun while test cards were accepted."""
    browser = new_browser()
    with pytest.MonkeyPatch.context() as before:
        before.setattr(invented, "are_allowed", lambda: True)
        browser.uses_card()
        assert browser.is_logged_in
    assert not browser.is_logged_in


def test_the_card_opens_nothing(plus, new_browser, over):
    browser = new_browser()
    browser.uses_card()
    assert "This is a test card" in browser.text
    assert not browser.is_logged_in


def test_the_citizen_learns_it_and_removes_the_card_without_it(plus, stored, over):
    plus.opens("anmeldung")
    assert "This is a test card" in plus.text
    plus.opens("ausweis-entfernen")
    plus.getControl("Remove the Online-Ausweis now").click()
    assert query_card(stored()) is None


def test_a_real_card_takes_its_place_then(plus, provider, stored, over):
    plus.opens("ausweis-entfernen")
    plus.getControl("Remove the Online-Ausweis now").click()
    provider.answer = ERIKA
    plus.upgrades()
    account = stored()
    assert is_plus(account)
    assert attribute(account, "family_name").level is TrustLevel.HIGH


def test_what_a_removed_test_card_said_is_no_more_than_typed(plus, stored):
    plus.opens("ausweis-entfernen")
    plus.getControl("Remove the Online-Ausweis now").click()
    known = attributes(stored())
    assert known["family_name"].source is Source.TYPED
    assert Source.ONLINE_AUSWEIS not in {one.source for one in known.values()}


@pytest.mark.parametrize(
    ("first", "second"), [(ERIKA, INVENTED), (INVENTED, ERIKA)], ids=["real", "test"]
)
def test_an_invented_person_never_takes_the_place_of_a_real_one(
    erika, provider, trial, stored, new_browser, first, second
):
    provider.answer = first
    erika.upgrades()
    before = query_card(stored())
    provider.answer = replace(second, pseudonym="0e5a" * 16)
    browser = new_browser()
    browser.uses_card("neuer-ausweis")
    assert browser.page == "ausweis-ohne-konto"
    assert query_card(stored()) == before


def test_a_real_card_is_not_known_by_the_pseudonym_of_a_test_card(
    plus, provider, new_browser
):
    provider.answer = ERIKA
    browser = new_browser()
    browser.uses_card()
    assert browser.page == "ausweis-unbekannt"


def test_the_webmaster_sees_how_many_there_are(plus, functional, site, over):
    assert cards.number_of_invented() == 1
    browser = Browser(functional["app"])
    browser.addHeader("Authorization", f"Basic {SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}")
    browser.open(f"{site.absolute_url()}/@@servicekonto-eid-settings")
    words = " ".join(browser.contents.split())
    assert "Accounts that were proven with a test card: <strong>1</strong>" in words
    assert "These accounts are no Servicekonto Plus" in words


def test_real_cards_are_not_counted(erika, provider, stored):
    erika.upgrades()
    stored()
    assert cards.number_of_invented() == 0
