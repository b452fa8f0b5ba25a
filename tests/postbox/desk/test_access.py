"""Who may open the pages of an office: its own staff, and nobody else."""

from collective.servicekonto.clock import now
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.desk import service
from collective.servicekonto.postbox.rules import State
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from tests.postbox.desk.staff import PASSWORD
from tests.selfservice.browsers import Citizen
import json
import pytest
import transaction


@pytest.fixture
def message(functional, office, account, letter, at_work):
    """A message of the office that nobody has read."""
    with at_work():
        message = service.write(office, account, letter(), now(), "k" * 20)
    transaction.commit()
    return message


PAGES = [
    "nachrichten",
    "nachrichten?liste=beendet",
    "nachricht?thread={thread}",
    "schreiben",
    "schreiben?thread={thread}",
    "zurueckrufen?thread={thread}&nachricht={message}",
    "beleg?thread={thread}&nachricht={message}",
    "anhang?thread={thread}&nachricht={message}&nummer=1",
    "textbausteine",
]

# Page and what is sent to it.
ACTIONS = [
    ("schreiben", {"buttons.review": "1"}),
    ("schreiben", {"buttons.send": "1", "recipient": "erika@example.org"}),
    ("nachricht", {"buttons.settle": "1"}),
    ("nachricht", {"buttons.reopen": "1"}),
    ("nachricht", {"buttons.send": "1", "text": "Hallo", "kind": "letter"}),
    ("zurueckrufen", {"buttons.recall": "1"}),
    ("textbausteine", {"buttons.save": "1"}),
]


def filled_in(page, account, message):
    return page.format(thread=service.thread_name(account, message), message=message.id)


@pytest.mark.parametrize("page", PAGES)
def test_staff_of_another_office_see_nothing(page, new_clerk, account, message):
    stranger = new_clerk("ordnung")
    stranger.opens(filled_in(page, account, message))
    assert stranger.status == 403
    assert "Ihr Antrag" not in stranger.contents


@pytest.mark.parametrize("page", PAGES)
def test_the_thread_is_not_found_at_another_office(
    page, new_clerk, account, message, other_office
):
    stranger = new_clerk("ordnung", office=other_office)
    stranger.opens(filled_in(page, account, message))
    assert stranger.status == (404 if "{thread}" in page else 200)
    assert "Ihr Antrag" not in stranger.contents


@pytest.mark.parametrize("page", PAGES)
def test_a_manager_without_the_role_sees_nothing(page, new_clerk, account, message):
    manager = new_clerk(SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    manager.opens(filled_in(page, account, message))
    assert manager.status == 403
    assert "Ihr Antrag" not in manager.contents


@pytest.mark.parametrize("page", PAGES)
def test_visitors_are_led_to_the_log_in_of_the_staff(page, new_clerk, account, message):
    visitor = new_clerk("")
    visitor.followRedirects = False
    visitor.opens(filled_in(page, account, message))
    assert visitor.status == 302
    assert visitor.headers["location"].startswith("/plone/require_login?came_from=")


def test_redirects_of_staff_name_no_host(clerk, account, message, office):
    clerk.opens(filled_in("nachricht?thread={thread}", account, message))
    clerk.followRedirects = False
    clerk.presses("settle" if "buttons.settle" in clerk.contents else "reopen")
    assert clerk.headers["location"].startswith("/plone/buergerportal/")


def test_the_log_in_leads_back_to_the_page(new_clerk, account, message):
    visitor = new_clerk("")
    page = filled_in("nachricht?thread={thread}", account, message)
    visitor.opens(page)
    visitor.getControl(name="__ac_name").value = "amt"
    visitor.getControl(name="__ac_password").value = PASSWORD
    visitor.getControl(name="buttons.login").click()
    assert visitor.url == f"{visitor.office}/{page}"


def test_citizens_see_nothing(functional, site, office, account, message):
    erika = Citizen(functional["app"], site.buergerportal.absolute_url())
    erika.logs_in()
    for page in PAGES:
        erika.open(f"{office.absolute_url()}/{filled_in(page, account, message)}")
        assert erika.headers["status"].startswith("403")
        assert "Ihr Antrag" not in erika.contents


@pytest.mark.parametrize(("page", "sent"), ACTIONS)
@pytest.mark.parametrize("who", ["ordnung", SITE_OWNER_NAME, ""])
def test_nobody_else_can_do_anything(
    page, sent, who, new_clerk, account, message, office
):
    password = {"password": SITE_OWNER_PASSWORD} if who == SITE_OWNER_NAME else {}
    stranger = new_clerk(who, **password)
    stranger.followRedirects = False
    # A form of another page brings the proof against forged ones.
    stranger.open(f"{office.__parent__.absolute_url()}/anmelden")
    proof = stranger.getControl(name="csrf").value
    name = service.thread_name(account, message)
    entries = {"csrf": proof, "thread": name, "nachricht": message.id} | sent
    data = "&".join(f"{key}={value}" for key, value in entries.items())
    stranger.post(f"{stranger.office}/{page}", data)
    assert stranger.status == (403 if who else 302)
    transaction.begin()
    box = messages.query_box(account.id)
    assert len([one for one in box.everything() if one.office]) == 1
    assert messages.state(message) is State.NEW


@pytest.mark.parametrize(("page", "sent"), ACTIONS)
def test_forged_forms_are_refused(page, sent, clerk, account, message, office):
    name = service.thread_name(account, message)
    entries = {"thread": name, "nachricht": message.id} | sent
    data = "&".join(f"{key}={value}" for key, value in entries.items())
    clerk.post(f"{clerk.office}/{page}", data)
    assert clerk.status == 403
    transaction.begin()
    assert messages.state(message) is State.NEW


@pytest.mark.parametrize(
    "name", ["", "x", "0" * 64, "g" * 64, "../nachrichten", "a" * 10000]
)
def test_made_up_names_of_threads_find_nothing(name, clerk, message):
    clerk.opens(f"nachricht?thread={name}")
    assert clerk.status == 404


def test_a_name_with_another_account_finds_nothing(clerk, account, message):
    name = service.thread_name(account, message)
    changed = f"{int(name[0], 16) ^ 1:x}{name[1:]}"
    clerk.opens(f"nachricht?thread={changed}")
    assert clerk.status == 404


def test_addresses_do_not_tell_whose_thread_it_is(account, message):
    name = service.thread_name(account, message)
    assert account.id not in name
    assert account.id[:12] not in name


def test_the_page_of_the_office_is_for_everybody(new_clerk, office):
    office.hours, office.contact = "Mo bis Fr 8 bis 12 Uhr", "Marktplatz 1"
    transaction.commit()
    visitor = new_clerk("")
    visitor.open(office.absolute_url())
    assert visitor.status == 200
    assert "Mo bis Fr 8 bis 12 Uhr" in visitor.contents
    assert "nachrichten" not in visitor.contents
    clerk = new_clerk()
    clerk.open(office.absolute_url())
    assert f"{office.absolute_url()}/nachrichten" in clerk.contents


def test_text_blocks_are_not_in_the_public_data_of_the_office(new_clerk, office):
    visitor = new_clerk("")
    visitor.addHeader("Accept", "application/json")
    visitor.open(office.absolute_url())
    assert visitor.status == 200
    assert "text_blocks" not in json.loads(visitor.contents)
    assert b"Bitte senden Sie" not in visitor.contents


def test_an_office_is_added_without_text_blocks(new_clerk, site):
    manager = new_clerk(SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    manager.addHeader("Accept", "application/json")
    portal, sent = site.buergerportal.absolute_url(), {"@type": "Dienststelle"}
    for more in (
        {"title": "Standesamt"},
        {"title": "Bauamt", "text_blocks": [{"title": "Gruß", "text": "Hallo"}]},
    ):
        manager.post(portal, json.dumps(sent | more), "application/json")
        assert manager.status == 201
        manager.open(manager.headers["location"])
        kept = json.loads(manager.contents)["text_blocks"]
        assert kept == more.get("text_blocks", [])


def test_staff_find_their_messages_from_every_page(new_clerk, site, office):
    clerk = new_clerk()
    clerk.open(site.absolute_url())
    assert f"{office.absolute_url()}/nachrichten" in clerk.contents
    manager = new_clerk(SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    manager.open(site.absolute_url())
    assert "/nachrichten" not in manager.contents
