"""Who registers for the sake of a service comes back to it."""

from tests.factories import PASSWORD
import pytest


ADDRESS = "max@example.org"


def registers(browser, email=ADDRESS):
    """Go through all steps after the first page."""
    browser.presses("next")
    browser.presses("next")
    browser.fills_in(
        given_names="Max",
        family_name="Muster",
        email=email,
        password=PASSWORD,
        repetition=PASSWORD,
    )
    browser.presses("next")
    browser.getControl(name="privacy_declaration").controls[0].selected = True
    browser.getControl(name="create").click()
    assert browser.page == "registrieren-gesendet"


def activates(browser, link):
    """Open the link of the mail and log in."""
    browser.open(link)
    browser.getControl("Activate").click()
    assert "Your Servicekonto is active" in browser.contents
    browser.fills_in(email=ADDRESS, password=PASSWORD)
    browser.presses("login")


def test_from_the_service_to_the_account_and_back(service, new_browser, mailbox):
    browser = new_browser()
    browser.opens(service.id)
    browser.getLink("Register a Servicekonto").click()
    registers(browser)
    # The mail may be read in another browser.
    other = new_browser()
    activates(other, mailbox.last_link())
    assert other.url == service.absolute_url()


def test_going_back_a_step_forgets_nothing(service, new_browser, mailbox):
    browser = new_browser()
    browser.opens(service.id)
    browser.getLink("Register a Servicekonto").click()
    browser.presses("next")
    browser.presses("back")
    registers(browser)
    browser.getControl("Send the e-mail again").click()
    activates(browser, mailbox.last_link())
    assert browser.url == service.absolute_url()


def test_the_log_in_leads_to_the_registration_and_back(service, new_browser, mailbox):
    browser = new_browser()
    browser.opens(service.id)
    browser.getLink(url="/anmelden?weiter=dienste").click()
    browser.getLink("No account yet?").click()
    registers(browser)
    activates(browser, mailbox.last_link())
    assert browser.url == service.absolute_url()


@pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example", "..%2F.."])
def test_no_link_leads_out_of_the_portal(
    functional, portal, new_browser, mailbox, page
):
    browser = new_browser()
    browser.opens(f"registrieren?weiter={page}")
    registers(browser)
    link = mailbox.last_link()
    assert "evil" not in link
    activates(browser, f"{link}&weiter={page}")
    assert browser.page == "mein-bereich"


def test_who_has_an_account_is_led_to_the_service_as_well(
    service, account, new_browser, mailbox
):
    browser = new_browser()
    browser.opens(service.id)
    browser.getLink("Register a Servicekonto").click()
    registers(browser, account.email)
    browser.open(mailbox.last_link())
    browser.fills_in(email=account.email, password=PASSWORD)
    browser.presses("login")
    assert browser.url == service.absolute_url()
