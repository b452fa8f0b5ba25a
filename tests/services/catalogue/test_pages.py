"""How citizens find a service, and what its first page tells them."""

from datetime import date
from html import unescape
from plone import api
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.services.forms import field
from tests.services.forms import model
import pytest
import re


def text(browser) -> str:
    """Return the words of the page."""
    main = browser.contents.partition('<div class="servicekonto"')[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def titles(browser) -> list[str]:
    """Return the services that the list shows."""
    return re.findall(r'<h2 class="h5 mb-1"><a[^>]*>([^<]*)</a>', browser.contents)


@pytest.fixture
def two_services(new_service):
    """Two services; the second one is about parking."""
    new_service(checklist="Chipnummer des Hundes", description="Für Ihren Hund")
    new_service(title="Bewohnerparkausweis", required_level="hoch", purpose="Parken")


def test_the_list_says_what_each_service_needs(two_services, new_browser):
    browser = new_browser()
    browser.opens("dienste")
    assert titles(browser) == ["Bewohnerparkausweis", "Hundesteuer anmelden"]
    assert "You need a Servicekonto with the Online-Ausweis" in text(browser)
    assert "Trust level: low (niedrig)" in text(browser)
    assert "Responsible: Steueramt" in text(browser)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("parkausweis", ["Bewohnerparkausweis"]),
        ("CHIPNUMMER", ["Hundesteuer anmelden"]),
        ("steueramt hund", ["Hundesteuer anmelden"]),
        ("Hochzeit", []),
    ],
)
def test_the_search_looks_at_all_that_is_said(two_services, new_browser, words, found):
    browser = new_browser()
    browser.opens("dienste")
    browser.getControl(name="suche").value = words
    browser.getForm(index=1).submit()
    assert titles(browser) == found
    assert ("Nothing was found" in text(browser)) is (not found)
    browser.getLink("Show all services").click()
    assert len(titles(browser)) == 2


def test_an_empty_portal_says_so(functional, portal, new_browser):
    browser = new_browser()
    browser.opens("dienste")
    assert "offers no services here yet" in text(browser)
    browser.opens("")
    assert "dienste" not in browser.contents


def test_landing_page_and_mein_bereich_lead_to_the_services(service, erika):
    for page in ("", "mein-bereich"):
        erika.opens(page)
        erika.getLink(url="/dienste", index=0).click()
        assert titles(erika) == ["Hundesteuer anmelden"]


def test_the_first_page_tells_everything_that_one_needs_to_know(
    new_service, new_browser
):
    new_service(
        checklist="Chipnummer des Hundes\nVersicherung",
        fee="96 Euro im Jahr",
        open_until=date(2099, 12, 31),
        decision_days=14,
    )
    browser = new_browser()
    browser.opens("dienste")
    browser.getLink("Hundesteuer anmelden").click()
    words = text(browser)
    for told in (
        "Chipnummer des Hundes",
        "96 Euro im Jahr",
        "31 December 2099",
        "14 days",
        "Steueramt",
        "Festsetzung der Hundesteuer (§ 3 Hundesteuersatzung)",
    ):
        assert told in words
    assert browser.contents.count("<h1") == 1
    assert "<title>Hundesteuer anmelden" in browser.contents


def test_the_log_in_comes_back_to_the_service(service, new_browser):
    browser = new_browser()
    browser.opens("hundesteuer-anmelden")
    assert "Please log in first" in text(browser)
    assert "Begin the application" not in text(browser)
    browser.getLink("Log in").click()
    browser.fills_in(email=ADDRESS, password=PASSWORD)
    browser.presses("login")
    assert browser.url.endswith("/hundesteuer-anmelden")
    assert "Begin the application" in text(browser)


def test_data_that_are_handed_over_are_named_beforehand(service, erika):
    erika.opens("hundesteuer-anmelden")
    words = text(erika)
    assert "Needed: Given names" in words
    assert "You need not hand these over" in words
    form = erika.getForm(id="servicekonto-form")
    assert form.action.endswith("/hundesteuer-anmelden/ausfuellen")
    assert form.getControl(name="daten").value == ["address"]
    assert form.getControl(name="angeboten").value == "address"
    # What is in the account is not shown before the form is opened.
    assert "Erika" not in words


def test_a_draft_is_gone_on_with_and_remembers_what_is_kept_back(service, erika):
    erika.opens("hundesteuer-anmelden")
    form = erika.getForm(id="servicekonto-form")
    form.getControl(name="daten").value = []
    form.getControl("Begin the application").click()
    assert erika.page == "ausfuellen"
    erika.opens("hundesteuer-anmelden")
    assert "You have begun already" in text(erika)
    form = erika.getForm(id="servicekonto-form")
    assert form.getControl(name="daten").value == []
    form.getControl("Go on with the draft").click()
    assert erika.page == "ausfuellen"


def test_a_discarded_draft_is_gone(service, erika):
    for button in ("Begin the application", "Discard the draft"):
        erika.opens("hundesteuer-anmelden")
        erika.getForm(id="servicekonto-form").getControl(button).click()
    erika.opens("hundesteuer-anmelden")
    assert "Begin the application" in text(erika)
    assert "You have begun already" not in text(erika)


def test_visitors_are_not_told_what_is_handed_over(new_service, new_browser):
    new_service(audiences={"account", "anonymous"}, required_level="basisregistrierung")
    browser = new_browser()
    browser.opens("hundesteuer-anmelden")
    assert "Begin the application" in text(browser)
    assert "From your Servicekonto" not in text(browser)


def test_a_service_that_is_over_says_until_when_it_was_open(new_service, new_browser):
    new_service(open_until=date(2020, 1, 2))
    browser = new_browser()
    browser.opens("hundesteuer-anmelden")
    assert "One could apply until 2 January 2020" in text(browser)
    browser.opens("dienste")
    assert "At the moment one cannot apply" in text(browser)


def test_a_service_whose_office_is_gone_cannot_be_begun(service, office, new_browser):
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(office)
    browser = new_browser()
    browser.logs_in()
    browser.opens("hundesteuer-anmelden")
    assert "nobody is responsible" in text(browser)


def test_people_with_an_account_are_told_where_it_does_not_count(
    new_service, new_browser
):
    new_service(audiences={"anonymous"}, required_level="basisregistrierung")
    browser = new_browser()
    browser.opens("hundesteuer-anmelden")
    assert "You apply without a Servicekonto" in text(browser)
    browser.logs_in()
    browser.opens("hundesteuer-anmelden")
    assert "Please log out first" in text(browser)


def test_who_needs_a_passkey_is_led_to_adding_one(new_service, new_browser):
    form = new_service(required_level="substanziell")
    browser = new_browser()
    browser.logs_in()
    browser.opens("hundesteuer-anmelden")
    link = browser.getLink("Add a passkey")
    assert link.url.endswith(f"passkey-hinzufuegen?weiter=dienste?dienst={form.UID()}")


def test_who_needs_the_online_ausweis_is_told_that_it_is_not_here_yet(
    new_service, new_browser
):
    new_service(
        fields_model=model(field("n", "Name", attribute="family_name", level="hoch"))
    )
    browser = new_browser()
    browser.logs_in()
    browser.opens("hundesteuer-anmelden")
    assert "In this portal you cannot use it yet" in text(browser)


def test_a_hidden_service_is_neither_listed_nor_opened(service, new_browser):
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(service, "retract")
    browser = new_browser()
    browser.opens("dienste")
    assert titles(browser) == []
    browser.opens(f"dienste?dienst={service.UID()}")
    assert browser.page == "dienste"


def test_a_plain_form_looks_as_easyform_made_it(new_service, new_browser):
    new_service(is_online_service=False)
    browser = new_browser()
    browser.opens("hundesteuer-anmelden")
    assert "easyformForm" in browser.contents
