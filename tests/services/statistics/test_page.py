"""The statistics of a service, as its editor sees them."""

from collective.servicekonto.clock import now
from collective.servicekonto.services.statistics import service as statistics
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.testing.zope import Browser
import pytest
import re
import transaction


@pytest.fixture
def used(functional, service):
    """A service that was used."""
    uid = service.UID()
    for _number in range(17):
        statistics.note_started(uid, now())
        statistics.note_page(uid, 0, now())
        statistics.note_decided(uid, 5, now())
    for _number in range(3):
        statistics.note_page(uid, 1, now())
        statistics.note_sent(uid, now())
    transaction.commit()
    return service


@pytest.fixture
def editor(functional):
    """The browser of somebody who edits services."""
    browser = Browser(functional["app"])
    login = f"Basic {SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}"
    browser.addHeader("Authorization", login)
    browser.handleErrors = True
    return browser


def test_numbers_are_shown_as_plots_and_tables(editor, used):
    editor.open(f"{used.absolute_url()}/statistik")
    shown = " ".join(editor.contents.split())
    assert "Page 2: Hund" in shown
    assert "Came to the page" in shown
    assert shown.count("<svg") > 3
    assert shown.count("<table") == 3
    assert "4 to 7 days" in shown


def test_nobody_can_be_recognised(editor, used):
    editor.open(f"{used.absolute_url()}/statistik")
    cells = set(re.findall(r"<t?d[^>]*>([^<]*)</", editor.contents))
    assert {"&lt; 5", "15", "0"} <= cells
    assert not {"17", "14", "3"} & cells


def test_nothing_is_said_of_a_service_that_nobody_used(functional, service, editor):
    transaction.commit()
    editor.open(f"{service.absolute_url()}/statistik")
    assert "Nobody has used this service yet." in editor.contents
    assert "<table" not in editor.contents


def test_they_are_for_editors_only(functional, used):
    visitor = Browser(functional["app"])
    visitor.raiseHttpErrors = False
    visitor.open(f"{used.absolute_url()}/statistik")
    assert "Came to the page" not in visitor.contents


def test_one_looks_like_four(editor, functional, new_service):
    pages = []
    for number in (1, 4):
        form = new_service(title="Hundesteuer anmelden")
        for _number in range(number):
            statistics.note_started(form.UID(), now())
            statistics.note_page(form.UID(), 0, now())
            statistics.note_sent(form.UID(), now())
            statistics.note_decided(form.UID(), 5, now())
        transaction.commit()
        editor.open(f"{form.absolute_url()}/statistik")
        body = editor.contents.partition("<h1")[2].partition("</dl>")
        plots = body[2].partition("Back to the service")[0]
        pages.append(body[0] + re.sub(r'href="[^"]*"', "", plots))
    assert pages[0] == pages[1]
    assert "&lt; 5" in pages[0]
