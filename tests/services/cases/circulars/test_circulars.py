"""All applicants of a service get a message, each once, however many there are."""

from collective.servicekonto.accounts import sessions
from collective.servicekonto.cleanup.interfaces import ICleanupProvider
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.attachments.content import read
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import State
from collective.servicekonto.services.cases.circulars import service
from collective.servicekonto.services.cases.circulars.service import Audience
from tests.factories import active_account
from tests.services.applications.conftest import SERVICE
from ZODB.POSException import ConflictError
from zope.component import getUtility
import logging
import pytest


pytestmark = pytest.mark.usefixtures("integration")

KEY = "k" * 20
ALL = Audience(SERVICE, "Hundesteuer", (State.SUBMITTED, State.IN_PROGRESS))


@pytest.fixture
def people(submit, account, clock):
    """Three citizens with an application each."""
    others = [active_account(clock(), f"p{number}@example.org") for number in (1, 2)]
    found = [account, *others]
    for one in found:
        submit(account=one)
    clock.forward(minutes=1)
    return found


@pytest.fixture
def submit(new, account, clock):
    """Let somebody apply; the data that leave the account do not matter here."""

    def submit(**changes):
        who = changes.get("account", account)
        session = None if who is None else _session(who, clock())
        entries = {"attributes": (), "session": session} | changes
        return applications.submit(new(**entries), clock())

    return submit


def _session(account, now):
    ticket = sessions.start(account, TrustLevel.LOW, "password", now)
    return sessions.resolve(ticket, now)


@pytest.fixture
def send(office, at_work, letter, clock):
    """Let a clerk write to all."""

    def send(audience=ALL, key=KEY, **changes):
        entries = {"kind": Kind.LETTER, "reply_until": None} | changes
        with at_work():
            return service.send(office, audience, letter(**entries), clock(), key)

    return send


def letters(account):
    """Return how many letters of offices the account got."""
    box = messages.query_box(account.id)
    found = box.everything() if box is not None else ()
    return sum(messages.kind(one) is Kind.LETTER for one in found)


def run(name, clock):
    """Let the cleanup do what is due."""
    clock.forward(minutes=10)
    provider = getUtility(ICleanupProvider, name)
    for entry in list(provider.due(clock())):
        provider.process(entry, clock())


def test_each_applicant_gets_it_once(send, people, submit, account, clock):
    submit()
    circular = service.query(send())
    assert [letters(one) for one in people] == [1, 1, 1]
    assert (circular.total, circular.sent, circular.skipped) == (4, 3, 1)
    assert circular.left == 0


def test_sending_again_sends_nothing_more(send, people, clock):
    assert send() == send()
    assert [letters(one) for one in people] == [1, 1, 1]


def test_a_big_one_goes_in_batches(send, people, clock, monkeypatch):
    monkeypatch.setattr(service, "BATCH", 2)
    circular = service.query(send())
    assert sum(map(letters, people)) == 2
    assert circular.left == 1
    run("circulars", clock)
    assert [letters(one) for one in people] == [1, 1, 1]
    assert circular.left == 0
    service.deliver_batch(send(), 1, clock())
    assert [letters(one) for one in people] == [1, 1, 1]


def test_the_audit_log_names_who_ordered_it(
    send, people, office, clock, monkeypatch, caplog
):
    monkeypatch.setattr(service, "BATCH", 2)
    caplog.set_level(logging.INFO, "collective.servicekonto.audit")
    circular_id = send()
    run("circulars", clock)
    written = [one for one in caplog.messages if "event=message-sent" in one]
    assert len(written) == 3
    assert len({one.partition("clerk=")[2] for one in written}) == 1
    named = [one for one in caplog.messages if "event=application-letter" in one]
    ids = {one.id for who in people for one in applications.of_account(who)}
    assert {one.partition(" application=")[2] for one in named} == ids
    assert any(f"circular={circular_id}" in one for one in caplog.messages)


def test_it_can_be_stopped(send, people, office, at_work, clock, monkeypatch):
    monkeypatch.setattr(service, "BATCH", 2)
    circular_id = send()
    circular = service.query(circular_id)
    with at_work():
        assert [key for key, _one in service.under_way(office)] == [circular_id]
        service.stop(office, circular_id, clock())
        assert service.under_way(office) == []
    run("circulars", clock)
    assert sum(map(letters, people)) == 2
    assert (circular.left, circular.is_under_way) == (1, False)


def test_another_office_stops_nothing(send, people, other_office, at_work, clock):
    circular_id = send()
    with at_work("ordnung"), pytest.raises(service.NoCircular):
        service.stop(other_office, circular_id, clock())
    assert not service.query(circular_id).stopped


def test_one_that_fails_stops_nobody_else(
    send, people, account, file, clock, monkeypatch, caplog
):
    deliver = service.letters.deliver_about

    def fails(office, case, to, *more):
        deliver(office, case, to, *more)
        if to.id == account.id:
            raise RuntimeError(account.email)

    monkeypatch.setattr(service.letters, "deliver_about", fails)
    circular = service.query(send(attachments=(file(),)))
    assert [letters(one) for one in people] == [0, 1, 1]
    (application,) = applications.of_account(account)
    assert circular.failed == (application.id,)
    assert (circular.sent, circular.skipped, circular.left) == (2, 0, 0)
    assert account.email not in caplog.text
    box = messages.query_box(people[1].id)
    (found,) = (one for one in box.everything() if messages.kind(one) is Kind.LETTER)
    assert b"".join(read(found.attachments[0])) == b"Ein Nachweis"


def test_a_conflict_is_for_the_next_try(send, people, monkeypatch):
    def conflicts(*_args):
        raise ConflictError

    monkeypatch.setattr(service.letters, "deliver_about", conflicts)
    with pytest.raises(ConflictError):
        send()


def test_others_get_nothing(send, people, submit, clock):
    elsewhere = active_account(clock(), "fern@example.org")
    submit(account=elsewhere, service_uid="6" * 32)
    decided = active_account(clock(), "fertig@example.org")
    application = submit(account=decided)
    applications.move(application, State.SETTLED, Actor.OFFICE, "", clock())
    send()
    assert [letters(one) for one in (elsewhere, decided)] == [0, 0]


def test_who_has_no_postfach_is_left_out(send, submit, clock):
    submit(account=None, email="e@example.org")
    circular = service.query(send())
    assert (circular.sent, circular.skipped) == (0, 1)


def test_it_is_in_the_thread_of_the_application(send, people, submit, account):
    send()
    (application,) = applications.of_account(account)
    box = messages.query_box(account.id)
    found = [one for one in box.everything() if messages.kind(one) is Kind.LETTER]
    assert [one.thread for one in found] == [application.thread]
    assert [one.reference for one in found] == [application.number]


def test_too_many_are_refused(send, people, monkeypatch):
    monkeypatch.setattr(service, "MOST", 2)
    with pytest.raises(service.TooMany):
        send()
    assert sum(map(letters, people)) == 0


def test_it_is_forgotten_after_a_month(send, people, office, at_work, clock):
    circular_id = send()
    with at_work():
        assert service.get(office, circular_id).sent == 3
        assert service.latest(office, SERVICE)[0] == circular_id
    clock.forward(days=31)
    run("old-circulars", clock)
    with at_work():
        assert service.latest(office, SERVICE) is None
        with pytest.raises(service.NoCircular):
            service.get(office, circular_id)


def test_another_office_learns_nothing(send, people, other_office, at_work):
    circular_id = send()
    with at_work("ordnung"):
        with pytest.raises(service.NoCircular):
            service.get(other_office, circular_id)
        assert service.latest(other_office, SERVICE) is None
