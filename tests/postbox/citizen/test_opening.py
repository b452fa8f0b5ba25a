"""Opening a message is noted, and nothing else counts as opening."""

from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.receipts.chain import Event
from tests.postbox.citizen.pages import status
from tests.postbox.citizen.test_message import page_of
from tests.postbox.seen import happened
import pytest
import transaction


@pytest.fixture
def commits(functional):
    """Counts the transactions that wrote something."""
    storage = functional["portal"]._p_jar.db().storage
    return lambda: storage.lastTransaction()


def test_opening_it_is_noted_once(erika, post, account, commits):
    message = post()
    erika.opens(page_of(message))
    transaction.begin()
    assert happened(message) == [Event.PROVIDED, Event.RETRIEVED]
    assert service.unread(account.id) == 1
    before = commits()
    erika.opens(page_of(message))
    assert commits() == before


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Sec-Purpose", "prefetch;prerender"),
        ("Purpose", "prefetch"),
        ("X-Moz", "prefetch"),
        ("Sec-Fetch-Dest", "image"),
        ("Sec-Fetch-Dest", "iframe"),
        ("Sec-Fetch-Dest", "empty"),
    ],
)
def test_loading_ahead_is_not_opening(erika, post, header, value):
    message = post()
    erika.addHeader(header, value)
    erika.opens(page_of(message))
    transaction.begin()
    assert status(erika) == 503
    assert not erika.contents
    assert happened(message) == [Event.PROVIDED]


@pytest.fixture
def posts(erika):
    """Sends a form that no page of ours offers."""

    def posts(address, body):
        erika.opens("postfach")
        csrf = erika.getControl(name="csrf", index=0).value
        erika.post(f"{erika.portal}/{address}", f"csrf={csrf}&{body}")
        transaction.begin()

    return posts


@pytest.mark.parametrize("page", ["postfach-nachricht", "postfach-pdf"])
def test_whoever_gets_the_text_by_a_form_has_opened_it(erika, post, posts, page):
    message = post()
    posts(page_of(message, page), "was=irgendwas")
    assert status(erika) == 200
    assert happened(message) == [Event.PROVIDED, Event.RETRIEVED]


@pytest.mark.parametrize("page", ["postfach-nachricht", "postfach-pdf"])
def test_asking_for_the_head_is_not_opening(erika, post, page):
    message = post()
    path = f"/plone/buergerportal/{page_of(message, page)}"
    answer = erika.testapp.head(path, headers={"Host": "nohost"})
    transaction.begin()
    assert answer.status_int == 204
    assert happened(message) == [Event.PROVIDED]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_files_of_a_message_come_after_it_was_opened(
    erika, post, posts, file, method
):
    message = post(attachments=(file,))
    address = f"{page_of(message, 'postfach-anhang')}&nummer=1"
    path = f"/plone/buergerportal/{address}"
    if method == "GET":
        answer = erika.testapp.get(path, headers={"Host": "nohost"})
        assert answer.status_int == 303
        assert answer.headers["Location"].endswith(page_of(message))
        assert "Ihr Bescheid" not in answer.text
        assert happened(message) == [Event.PROVIDED]
    else:
        posts(address, "")
        assert happened(message) == [Event.PROVIDED, Event.RETRIEVED]
    erika.opens(page_of(message))
    erika.opens(address)
    assert erika.contents == "Ihr Bescheid"


@pytest.mark.parametrize("body", ["", "was=senden", "was=speichern&antwort="])
def test_an_answer_quotes_nothing_that_was_not_opened(erika, post, body):
    message = post()
    erika.opens("postfach")
    csrf = erika.getControl(name="csrf", index=0).value
    answer = erika.testapp.post(
        f"/plone/buergerportal/{page_of(message, 'postfach-antwort')}",
        f"csrf={csrf}&{body}",
        headers={"Host": "nohost"},
    )
    transaction.begin()
    assert answer.status_int == 303
    assert answer.headers["Location"].endswith(page_of(message))
    assert happened(message) == [Event.PROVIDED]


def test_who_saves_it_unread_has_opened_it(erika, post):
    message = post()
    erika.opens(page_of(message, "postfach-pdf"))
    transaction.begin()
    assert happened(message) == [Event.PROVIDED, Event.RETRIEVED]
