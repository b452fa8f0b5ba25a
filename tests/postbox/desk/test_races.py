"""Clerk and citizen, or two clerks, at the same moment: each with a connection."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.clock import now
from collective.servicekonto.offices.service import query_office
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service as postbox
from collective.servicekonto.postbox.desk import service
from collective.servicekonto.postbox.rules import MoveRefused
from contextlib import contextmanager
from Testing.makerequest import makerequest
from transaction.interfaces import TransientError
from zope.component.hooks import getSite
from zope.component.hooks import setSite
import pytest
import transaction


KEY = "k" * 20


class Request:
    """A request of its own, with its own connection to the database."""

    def __init__(self, application) -> None:
        self._manager = transaction.TransactionManager()
        self._connection = application._p_jar.db().open(self._manager)
        self._site = makerequest(self._connection.root()["Application"])["plone"]

    @contextmanager
    def begun(self):
        """Look at the site through this connection."""
        before = getSite()
        setSite(self._site)
        try:
            yield
        finally:
            setSite(before)

    def commit(self) -> None:
        """Commit, and close the connection in any case."""
        try:
            self._manager.commit()
        finally:
            self._manager.abort()
            self._connection.close()


@pytest.fixture
def message(functional, site, office, account, letter, at_work):
    """A message of the office that nobody has read."""
    with at_work():
        message = service.write(office, account, letter(), now(), KEY)
    transaction.commit()
    return message


@pytest.fixture
def requests(functional, message):
    """Two requests that begin at the same moment."""
    return Request(functional["app"]), Request(functional["app"])


@pytest.fixture
def names(office, account, message):
    """The ids of office and account, the name of the thread, and the message's id."""
    name = service.thread_name(account, message)
    return office.UID(), account.id, name, message.id


def read(names):
    """Let the citizen open the message."""
    account = accounts.query_account(names[1])
    message = postbox.get_message(account, names[3])
    postbox.note_read(account, message, now())


def recall(names):
    """Let the clerk take the message back."""
    office = query_office(names[0])
    thread = service.get_thread(office, names[2], now().date())
    service.recall(office, thread, names[3], now())


@pytest.mark.parametrize(
    ("winner", "loser", "told"),
    [(read, recall, MoveRefused), (recall, read, postbox.NoMessage)],
)
def test_of_reading_and_recalling_exactly_one_wins(
    winner, loser, told, requests, names, at_work
):
    first, second = requests
    with at_work():
        for request, act in ((first, winner), (second, loser)):
            with request.begun(), at_work():
                act(names)
        first.commit()
        with pytest.raises(TransientError):
            second.commit()
        transaction.begin()
        # The publisher tries again.
        with pytest.raises(told):
            loser(names)
    message = messages.query_message(names[1], names[3])
    assert bool(message.title) == bool(message.opened) == (winner is read)


def test_of_two_clerks_who_answer_the_second_is_told(requests, names, letter, at_work):
    def answer(text, key):
        office = query_office(names[0])
        thread = service.get_thread(office, names[2], now().date())
        new = letter(subject=text)
        return service.answer(office, thread, new, names[3], now(), key)

    first, second = requests
    with at_work():
        with first.begun(), at_work():
            answer("Eins", "a" * 20)
        with second.begun(), at_work():
            answer("Zwei", "b" * 20)
        first.commit()
        with pytest.raises(TransientError):
            second.commit()
        transaction.begin()
        with pytest.raises(service.ChangedMeanwhile):
            answer("Zwei", "b" * 20)
        transaction.begin()
        thread = service.get_thread(query_office(names[0]), names[2], now().date())
    assert [one.title for one in thread.messages] == ["Ihr Antrag", "Eins"]


def test_of_two_clicks_at_the_same_moment_one_sends(requests, names, letter, at_work):
    def write():
        office, account = query_office(names[0]), accounts.query_account(names[1])
        return service.write(office, account, letter(subject="Neu"), now(), "n" * 20).id

    first, second = requests
    with at_work():
        with first.begun(), at_work():
            sent = write()
        with second.begun(), at_work():
            write()
        first.commit()
        with pytest.raises(TransientError):
            second.commit()
        transaction.begin()
        assert write() == sent
    box = messages.query_box(names[1])
    assert [one.title for one in box.everything()].count("Neu") == 1


def test_nothing_is_sent_to_an_account_that_is_deleted_at_the_same_moment(
    requests, names, letter, at_work
):
    def write():
        office, account = query_office(names[0]), accounts.query_account(names[1])
        service.write(office, account, letter(), now(), "n" * 20)

    first, second = requests
    with at_work():
        with second.begun(), at_work():
            write()
        with first.begun(), at_work():
            accounts.remove_account(accounts.query_account(names[1]))
        first.commit()
        with pytest.raises(TransientError):
            second.commit()
    transaction.begin()
    assert accounts.query_account(names[1]) is None
    assert messages.query_box(names[1]) is None
