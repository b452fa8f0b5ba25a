"""The eID-Server answers once, and Zope tries a request again after a conflict."""

from collective.servicekonto.eid import retrying
from collective.servicekonto.eid.port import Cancelled
from collective.servicekonto.eid.port import NotReady
from collective.servicekonto.eid.port import SessionGone
from contextlib import contextmanager
from tests.eid.provider import ERIKA
from ZODB.POSException import ConflictError
from zope.component import getGlobalSiteManager
from ZPublisher.HTTPRequest import HTTPRequest
from ZPublisher.interfaces import IPubBeforeCommit
import pytest
import time
import transaction


@pytest.fixture(autouse=True)
def _as_a_server(monkeypatch):
    """Requests are tried again three times, as zope.conf says; nothing is kept yet."""
    monkeypatch.setattr(HTTPRequest, "retry_max_count", 3)
    monkeypatch.setattr(retrying, "_answers", {})


@contextmanager
def conflicts(times):
    """Let the way back meet so many conflicts; yield the list of its tries."""
    tries = []

    def meet(event):
        if "eid-rueckkehr" in event.request.get("ACTUAL_URL", ""):
            tries.append(event.request.retry_count)
            if len(tries) <= times:
                raise ConflictError

    manager = getGlobalSiteManager()
    manager.registerHandler(meet, (IPubBeforeCommit,))
    try:
        yield tries
    finally:
        manager.unregisterHandler(meet, (IPubBeforeCommit,))


def test_the_citizen_does_not_lose_the_attempt(erika, provider):
    with conflicts(2) as tries:
        erika.reads()
    assert tries == [0, 1, 2]
    assert erika.page == "hochstufen-pruefen"
    assert len(provider.asked) == 1


def test_nor_does_who_logs_in_with_the_card(erika, provider, new_browser):
    erika.upgrades()
    browser = new_browser()
    with conflicts(1) as tries:
        browser.uses_card()
    assert tries == [0, 1]
    assert browser.is_logged_in


def test_an_end_is_told_as_it_was(erika, provider):
    provider.answer = Cancelled("x")
    with conflicts(1):
        erika.reads()
    assert "You have cancelled" in erika.text
    assert len(provider.asked) == 1


def test_after_too_many_conflicts_the_way_back_is_still_good(erika, provider):
    with conflicts(4) as tries:
        address = erika.reads()
    assert len(tries) == 4
    erika.open(address)
    assert erika.page == "hochstufen-pruefen"
    assert len(provider.asked) == 1


def test_nothing_is_kept_once_it_was_used(erika, provider):
    erika.reads()
    assert retrying._answers == {}


def test_nor_longer_than_a_request_may_be_tried(monkeypatch):
    monkeypatch.setattr(retrying, "SECONDS", 0.05)
    assert retrying.answer("one", lambda: ERIKA) is ERIKA
    transaction.abort()
    assert "one" in retrying._answers
    time.sleep(0.5)
    assert "one" not in retrying._answers


@pytest.mark.parametrize("problem", [NotReady("x"), SessionGone("x")])
def test_what_is_no_answer_yet_is_asked_again(problem):
    def ask():
        raise problem

    with pytest.raises(type(problem)):
        retrying.answer("two", ask)
    assert retrying.answer("two", lambda: ERIKA) is ERIKA
    transaction.commit()
    assert retrying._answers == {}
