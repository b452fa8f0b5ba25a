"""What was sent at a high trust level is not seen at a lower one."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import drafts
from collective.servicekonto.postbox.messages import query_box
from collective.servicekonto.postbox.personal import PostboxData
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import State
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.postbox.citizen.pages import press
from tests.services.applications.citizen.test_pages import attaches
from tests.services.applications.citizen.test_pages import looks_for
from tests.services.applications.citizen.test_pages import page_of
from urllib.parse import urlencode
import pytest
import transaction


PAGES = ("antrag", "antrag-pdf", "antrag-unterlagen", "antrag-zurueckziehen")


@pytest.fixture
def protected(applied, file):
    """An application to a service that requires “hoch”."""
    return applied(level=TrustLevel.HIGH, files=(("proof", file()),))


def messages_about(account):
    """Return the messages of offices in the inbox."""
    transaction.begin()
    return [one for one in query_box(account.id).newest(Folder.INBOX) if one.office]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_about_it_is_locked_and_says_what_to_do(erika, protected, page):
    erika.opens(page_of(protected, page))
    assert erika.headers["status"].startswith("403")
    assert "please confirm with your Online-Ausweis" in erika.contents
    assert "Use the Online-Ausweis" in erika.contents
    for secret in ("Hundesteuer", "Bello", protected.number, "Ein Nachweis"):
        assert secret not in erika.contents


def test_its_files_are_locked(erika, protected):
    erika.opens(f"{page_of(protected, 'antrag-datei')}&nummer=1")
    assert erika.headers["status"].startswith("403")
    assert "Ein Nachweis" not in erika.contents


def test_below_the_level_nobody_withdraws_it(erika, protected):
    erika.opens("antraege")
    token = erika.getControl(name="csrf", index=0).value
    address = f"{erika.portal}/{page_of(protected, 'antrag-zurueckziehen')}"
    erika.open(address, data=urlencode({"csrf": token}))
    assert erika.headers["status"].startswith("403")
    transaction.begin()
    assert service.state(service.query(protected.id)) == State.SUBMITTED


def test_the_list_says_only_that_it_is_there_and_how_to_open_it(erika, protected):
    erika.opens("antraege")
    assert "Protected application" in erika.contents
    assert protected.number in erika.contents
    assert "please confirm with your Online-Ausweis" in erika.contents
    assert "Hundesteuer" not in erika.contents
    assert "Received" not in erika.contents


def test_no_search_finds_it_by_what_it_is_about(erika, protected):
    erika.opens("antraege")
    looks_for(erika, "Hundesteuer")
    assert "No application was found" in erika.contents
    looks_for(erika, "Steueramt")
    assert "Protected application" in erika.contents


@pytest.mark.parametrize("which", ["offen", "abgeschlossen"])
def test_no_filter_tells_whether_it_is_decided(erika, protected, which):
    erika.opens(f"antraege?stand={which}")
    assert "Protected application" not in erika.contents


def test_at_its_level_all_of_it_is_there(erika, protected, raised):
    raised("hoch")
    erika.opens("antraege")
    assert "Hundesteuer" in erika.contents
    erika.opens(page_of(protected))
    assert "Bello" in erika.contents
    erika.opens(f"{page_of(protected, 'antrag-datei')}&nummer=1")
    assert "Ein Nachweis" in erika.contents


def test_a_passkey_opens_what_needs_no_more(erika, applied, raised):
    application = applied(level=TrustLevel.SUBSTANTIAL)
    erika.opens(page_of(application))
    assert "Set up a passkey" in erika.contents
    raised("substanziell")
    erika.opens(page_of(application))
    assert "Bello" in erika.contents


def test_old_applications_count_as_low(erika, applied):
    application = applied()
    transaction.begin()
    del service.query(application.id).aq_base.level
    transaction.commit()
    erika.opens(page_of(application))
    assert "Bello" in erika.contents


def test_all_messages_about_it_need_the_level(account, protected, clock, file):
    transaction.begin()
    application = service.query(protected.id)
    service.change(application, State.IN_PROGRESS, Actor.OFFICE, "Rex?", clock())
    service.add_documents(application, [file()], clock())
    transaction.commit()
    found = messages_about(account)
    assert len(found) == 3
    assert {one.level for one in found} == {"hoch"}


def test_files_begun_at_the_level_stay_at_it(erika, account, protected, raised):
    raised("hoch")
    erika.opens(page_of(protected, "antrag-unterlagen"))
    attaches(erika)
    press(erika, "Save the draft")
    transaction.begin()
    [(_key, draft)] = drafts.all_of(account.id)
    assert [one.name for one in draft.attachments] == ["nachweis.txt"]
    assert PostboxData().data(account)["drafts"] == []


def test_a_session_that_ran_out_adds_no_files(erika, account, protected, raised, clock):
    raised("hoch")
    erika.opens(page_of(protected, "antrag-unterlagen"))
    attaches(erika)
    clock.forward(minutes=61)
    press(erika, "Send")
    assert erika.page == "anmelden"
    transaction.begin()
    assert list(drafts.all_of(account.id)) == []


def test_the_log_in_leads_back_to_an_application(erika, applied, clock):
    application = applied()
    clock.forward(hours=13)
    erika.opens(page_of(application))
    assert erika.page == "anmelden"
    erika.fills_in(email=ADDRESS, password=PASSWORD)
    erika.presses("login")
    assert erika.url.endswith(page_of(application))
