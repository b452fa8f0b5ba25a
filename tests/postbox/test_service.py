"""What citizens do with their messages."""

from collective.servicekonto.dataaccess import service as dataaccess
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox import thread_lists
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import MoveRefused
from collective.servicekonto.postbox.service import Action
from collective.servicekonto.postbox.service import Order
from collective.servicekonto.postbox.service import Search
from collective.servicekonto.store.service import get_store
from datetime import date
from datetime import timedelta
from plone import api
from tests.factories import active_account
from tests.postbox.seen import happened
from tests.postbox.seen import titles
import pytest


pytestmark = pytest.mark.usefixtures("integration")

LOW = TrustLevel.LOW


def test_every_account_is_welcomed(account):
    (welcome,) = service.listing(account, LOW, Folder.INBOX, Search()).messages
    assert welcome.kind == Kind.SYSTEM.value
    assert service.unread(account.id) == 1
    assert not service.accepts_reply(welcome, date(2026, 1, 1))


def test_a_message_is_unread_until_it_is_opened(account, send, clock):
    message = send()
    assert service.unread(account.id) == 2
    found = service.read(account, message.id, LOW, clock())
    assert service.unread(account.id) == 1
    service.note_read(account, found, clock())
    assert service.unread(account.id) == 1
    assert happened(found) == [Event.PROVIDED, Event.RETRIEVED]


def test_nothing_of_it_is_in_the_catalog(send, site):
    catalog = api.portal.get_tool("portal_catalog")
    before = catalog.getCounter()
    send(title="Unauffindbar")
    assert catalog.getCounter() == before
    assert not catalog.unrestrictedSearchResults(SearchableText="Unauffindbar")


def test_the_id_of_somebody_elses_message_finds_nothing(send, clock):
    message = send()
    stranger = active_account(clock(), "fremd@example.org")
    with pytest.raises(service.NoMessage):
        service.get_message(stranger, message.id)


def test_a_message_above_the_level_of_the_session_is_listed_but_locked(
    account, send, clock
):
    message = send(level=TrustLevel.HIGH, title="Geheim")
    with pytest.raises(service.Locked) as refused:
        service.read(account, message.id, LOW, clock())
    assert refused.value.required is TrustLevel.HIGH
    assert "Geheim" in titles(account)
    assert titles(account, search=Search(text="geheim")) == []
    assert happened(message) == [Event.PROVIDED]
    found = service.read(account, message.id, TrustLevel.HIGH, clock())
    assert found.id == message.id


def test_archive_bin_and_back(account, send, clock):
    message = send()
    service.act(account, message, Action.ARCHIVE, clock())
    assert titles(account, Folder.ARCHIVE) == ["Ihr Antrag"]
    service.act(account, message, Action.BIN, clock())
    assert titles(account, Folder.BIN) == ["Ihr Antrag"]
    service.act(account, message, Action.RESTORE, clock())
    assert titles(account, Folder.ARCHIVE) == ["Ihr Antrag"]


def test_what_can_be_done_with_a_message_is_done(account, send, clock):
    for path in ([], [Action.ARCHIVE], [Action.BIN]):
        message = send()
        for action in path:
            service.act(account, message, action, clock())
        for action in service.possible_actions(message):
            other = send()
            for earlier in path:
                service.act(account, other, earlier, clock())
            service.act(account, other, action, clock())


def test_an_unread_message_in_the_bin_counts_again_when_it_is_restored(
    account, send, clock
):
    message = send()
    service.act(account, message, Action.BIN, clock())
    assert service.unread(account.id) == 1
    service.act(account, message, Action.RESTORE, clock())
    assert service.unread(account.id) == 2


def test_only_what_is_in_the_bin_is_deleted_for_good(account, send, clock):
    message = send()
    with pytest.raises(MoveRefused):
        service.act(account, message, Action.DESTROY, clock())
    service.note_read(account, message, clock())
    with pytest.raises(MoveRefused):
        service.act(account, message, Action.DESTROY, clock())


def test_what_the_citizen_deletes_stays_with_the_office(account, send, clock):
    message = send()
    service.act(account, message, Action.BIN, clock())
    service.act(account, message, Action.DESTROY, clock())
    with pytest.raises(service.NoMessage):
        service.get_message(account, message.id)
    kept = messages.query_message(account.id, message.id)
    assert kept.title == "Ihr Antrag"
    assert happened(kept)[-1] is Event.DELETED


def test_of_a_message_without_an_office_only_the_receipt_is_left(account, send, clock):
    message = send(office="", kind=Kind.SYSTEM)
    service.act(account, message, Action.BIN, clock())
    service.act(account, message, Action.DESTROY, clock())
    kept = messages.query_message(account.id, message.id)
    assert (kept.title, kept.body, kept.reference) == ("", "", "")
    assert happened(kept) == [Event.PROVIDED, Event.DELETED]


def test_search_finds_subject_sender_and_text(account, send, clock):
    message = send(title="Hundesteuer", body="<p>Ihr <b>Bescheid</b> über 90 €</p>")
    service.note_read(account, message, clock())
    send(title="Parkausweis", sender="Ordnungsamt")
    assert titles(account, search=Search(text="bescheid")) == ["Hundesteuer"]
    assert titles(account, search=Search(text="PARKAUS")) == ["Parkausweis"]
    assert titles(account, search=Search(sender="ordnung")) == ["Parkausweis"]
    assert titles(account, search=Search(until=date(1999, 1, 1))) == []


def test_search_says_nothing_of_a_text_that_was_not_opened(account, send, clock):
    message = send(title="Hundesteuer", body="<p>Abgelehnt</p>")
    assert titles(account, search=Search(text="abgelehnt")) == []
    assert titles(account, search=Search(text="hunde")) == ["Hundesteuer"]
    service.read(account, message.id, LOW, clock())
    assert titles(account, search=Search(text="abgelehnt")) == ["Hundesteuer"]


def test_messages_are_sorted_as_the_citizen_wants(account, send, clock):
    for title in ("B", "A", "C"):
        clock.forward(seconds=1)
        send(title=title, sender=f"Amt {title}")
    assert titles(account)[:3] == ["C", "A", "B"]
    assert titles(account, order=Order.OLDEST)[1:] == ["B", "A", "C"]
    assert titles(account, order=Order.SUBJECT)[:3] == ["A", "B", "C"]
    assert titles(account, order=Order.SENDER)[:3] == ["A", "B", "C"]


@pytest.mark.parametrize("order", Order)
def test_pages_show_every_message_once(account, send, order):
    for number in range(45):
        send(title=f"{number}")
    seen, behind = [], ""
    while True:
        page = service.listing(account, LOW, Folder.INBOX, Search(), order, behind)
        seen += [one.id for one in page.messages]
        behind = page.behind
        if not behind:
            break
    assert len(seen) == len(set(seen)) == 46


def test_an_answer_goes_to_the_office_with_the_name_and_is_in_the_log(
    account, session, send, clock
):
    message = send()
    answer = service.reply(account, session, message, "Anbei\n<b>!", (), clock())
    assert titles(account, Folder.SENT) == ["Ihr Antrag"]
    assert answer.sender == "Erika Mustermann"
    assert answer.body == "<p>Anbei<br>&lt;b&gt;!</p>"
    assert [one.id for one in service.thread(account, answer)] == [
        message.id,
        answer.id,
    ]
    (transfer,) = dataaccess.find(account, dataaccess.Search())
    assert dict(transfer.attributes).keys() == {"given_names", "family_name"}
    box = thread_lists.office_box(message.office)
    (key,) = box.newest(is_open=True, number=5)
    assert key.thread == message.id
    assert Event.ANSWERED in happened(message)


def test_after_the_last_day_nothing_can_be_answered(account, session, send, clock):
    message = send(reply_until=clock().date())
    clock.forward(days=1)
    with pytest.raises(service.NoReply):
        service.reply(account, session, message, "Zu spät", (), clock())


def test_what_is_locked_cannot_be_answered(account, session, send, clock):
    message = send(level=TrustLevel.HIGH)
    with pytest.raises(service.Locked):
        service.reply(account, session, message, "Blind", (), clock())


def test_an_office_recalls_what_nobody_has_read(account, send, clock):
    message = send()
    messages.recall(account, message, clock())
    assert "Ihr Antrag" not in titles(account)
    assert message.title == ""
    assert happened(message)[-1] is Event.RECALLED
    assert service.unread(account.id) == 1


def test_what_was_opened_cannot_be_recalled(account, send, clock):
    message = send()
    service.note_read(account, message, clock())
    service.act(account, message, Action.UNREAD, clock())
    with pytest.raises(MoveRefused):
        messages.recall(account, message, clock())


def test_a_message_that_waits_is_recalled_without_a_receipt(account, office, clock):
    new = service.NewMessage(Kind.LETTER, "Morgen", "", "Amt", office.UID())
    message = service.deliver(account, new, clock(), clock() + timedelta(days=1))
    messages.recall(account, message, clock())
    assert message.receipt == ()
    assert len(get_store().queue(messages.WAITING)) == 0
