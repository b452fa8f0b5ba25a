"""An office with a program that is told what happened."""

from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.postbox import feed
from collective.servicekonto.postbox.webhooks import sending
from collective.servicekonto.postbox.webhooks.signing import DIRECTORY
from tests.postbox.webhooks.receiver import Receiver
from tests.postbox.webhooks.receiver import SECRET
import pytest
import transaction


@pytest.fixture
def receiver(office, tmp_path, monkeypatch, functional):
    """The program, which answers."""
    receiver = Receiver()
    receiver.start()
    (tmp_path / office.UID()).write_text(f"{SECRET}\n")
    monkeypatch.setenv(DIRECTORY, str(tmp_path))
    monkeypatch.setenv(sending.HOSTS, "127.0.0.1")
    office.webhook = receiver.url
    yield receiver
    receiver.stop()


@pytest.fixture
def order(send, account, clock):
    """Let the program send a message."""

    def order(**changes):
        message = send(**changes)
        feed.watch(account, message, clock())
        return message

    return order


@pytest.fixture
def cron(functional):
    """Run the cleanup, as cron does."""

    def cron():
        transaction.commit()
        return cleanup.run(batch=10, window=60)["webhooks"]

    return cron
