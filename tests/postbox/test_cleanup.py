"""Messages that become due."""

from collective.servicekonto.accounts.service import remove_account
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.ending import ended_threads
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.service import Action
from collective.servicekonto.store.service import get_store
from datetime import timedelta
from tests.postbox.seen import happened
from tests.postbox.seen import titles
import pytest


pytestmark = pytest.mark.usefixtures("functional")


def test_the_bin_is_emptied_after_30_days(account, send, clock):
    message = send()
    service.act(account, message, Action.BIN, service.TrustLevel.LOW, clock())
    clock.forward(days=29)
    cleanup.run(batch=10, window=60)
    assert titles(account, Folder.BIN) == ["Ihr Antrag"]
    clock.forward(days=1, hours=1)
    cleanup.run(batch=10, window=60)
    assert titles(account, Folder.BIN) == []
    assert messages.query_message(account.id, message.id) is not None


def test_a_decision_stays_in_the_bin_until_nobody_can_object(account, send, clock):
    message = send(kind=Kind.DECISION, legal_basis="ozg-9:nw")
    service.act(account, message, Action.BIN, service.TrustLevel.LOW, clock())
    # Provided on 23 November, delivered on the 27th, and the 27th is a Sunday.
    clock.forward(days=35)
    cleanup.run(batch=10, window=60)
    assert titles(account, Folder.BIN) == ["Ihr Antrag"]
    clock.forward(days=1)
    cleanup.run(batch=10, window=60)
    assert titles(account, Folder.BIN) == []


def test_at_the_end_of_its_retention_nothing_is_left(account, send, clock):
    message = send(keep=timedelta(days=100))
    clock.forward(days=101)
    cleanup.run(batch=10, window=60)
    assert messages.query_message(account.id, message.id) is None
    assert service.unread(account.id) == 1


def test_later_messages_wait_until_their_time(account, send, office, clock):
    new = service.NewMessage(Kind.LETTER, "Morgen", "", "Amt", office.UID())
    later = clock() + timedelta(days=1)
    message = service.deliver(account, new, clock(), later)
    assert "Morgen" not in titles(account)
    with pytest.raises(service.NoMessage):
        service.get_message(account, message.id)
    clock.forward(days=1, minutes=10)
    cleanup.run(batch=10, window=60)
    assert titles(account)[0] == "Morgen"
    assert happened(message) == [Event.PROVIDED]
    cleanup.run(batch=10, window=60)
    assert titles(account).count("Morgen") == 1


def test_the_proof_goes_at_the_end_of_its_retention(account, send, clock):
    message = send(kind=Kind.DECISION)
    office = message.office
    remove_account(account)
    clock.forward(days=1096)
    cleanup.run(batch=10, window=60)
    assert ended_threads(office) == []


def test_a_box_is_seen_again_when_its_next_message_ends(account, send, clock):
    send(title="Kurz", keep=timedelta(days=100))
    send(title="Lang", keep=timedelta(days=200))
    for days, left in ((101, ["Lang"]), (100, [])):
        clock.forward(days=days)
        cleanup.run(batch=10, window=60)
        assert titles(account)[:-1] == left
    clock.forward(days=1000)
    cleanup.run(batch=10, window=60)
    assert titles(account) == []
    assert len(get_store().queue(messages.RETENTION)) == 0
