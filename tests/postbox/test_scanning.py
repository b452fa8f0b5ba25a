"""Messages with files wait until a real scanner has seen them."""

from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.offices.content import CLERK
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import scanning
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox import thread_lists
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.desk import service as desk
from collective.servicekonto.postbox.rules import Folder
from io import BytesIO
from plone import api
from tests.postbox.attachments.clamd import MARKER
from tests.postbox.attachments.made import LIMITS
from tests.postbox.desk.staff import PASSWORD
from tests.postbox.seen import titles
import pytest
import transaction


pytestmark = pytest.mark.usefixtures("functional")


@pytest.fixture
def file(account):
    """Takes in a file of a message."""
    return lambda content: take_in(BytesIO(content), "Antrag.txt", LIMITS)


def run_cleanup():
    """Let cron come once."""
    transaction.commit()
    return cleanup.run(batch=10, window=60)["waiting-messages"]


def test_without_a_scanner_a_message_with_files_is_provided_at_once(
    account, send, file
):
    send(attachments=(file(b"Hallo"),))
    assert titles(account)[0] == "Ihr Antrag"


def test_with_a_scanner_it_is_provided_once_its_files_were_found_clean(
    account, send, file, daemon, named
):
    named(daemon.unix)
    message = send(attachments=(file(b"Hallo"),))
    assert "Ihr Antrag" not in titles(account)
    assert run_cleanup()["done"] == 1
    assert titles(account)[0] == "Ihr Antrag"
    assert message.attachments[0].is_clean


def test_a_file_that_was_scanned_before_does_not_wait(
    account, send, file, daemon, named
):
    named(daemon.unix)
    attachment = file(b"Hallo")
    scanning.clear([attachment])
    send(attachments=(attachment,))
    assert titles(account)[0] == "Ihr Antrag"


def test_while_the_scanner_is_down_the_message_waits_and_is_tried_again(
    account, send, file, clock, daemon, named
):
    named(f"tcp:127.0.0.1:{free_port()}")
    send(attachments=(file(b"Hallo"),))
    assert run_cleanup()["failed"] == 1
    assert "Ihr Antrag" not in titles(account)
    named(daemon.tcp)
    clock.forward(minutes=11)
    assert run_cleanup()["done"] == 1
    assert titles(account)[0] == "Ihr Antrag"


def test_an_infected_file_never_reaches_the_citizen(account, send, file, daemon, named):
    named(daemon.unix)
    message = send(attachments=(file(b"x" + MARKER),))
    run_cleanup()
    assert "Ihr Antrag" not in titles(account)
    kept = messages.query_message(account.id, message.id)
    assert kept.refused == "Antrag.txt"
    assert kept.attachments == ()
    with pytest.raises(service.NoMessage):
        service.get_message(account, message.id)


def test_who_answers_with_an_infected_file_is_told(
    account, session, send, file, clock, daemon, named
):
    query = send()
    named(daemon.unix)
    service.reply(account, session, query, "Anbei", (file(MARKER),), clock())
    (waiting,) = service.held_back(account)
    assert waiting.title == "Ihr Antrag"
    run_cleanup()
    assert service.held_back(account) == []
    assert titles(account, Folder.SENT) == []
    told = service.listing(
        account, session.level, Folder.INBOX, service.Search()
    ).messages[0]
    assert "Antrag.txt" in told.body
    assert told.office == ""


def seen_by(office, query, account, clock):
    """Return the messages of the thread that the office sees."""
    with api.env.adopt_roles(["Manager"]):
        api.user.create("amt@musterstadt.example", "amt", PASSWORD)
        api.user.grant_roles("amt", roles=[CLERK], obj=office)
    with api.env.adopt_user("amt"):
        name = desk.thread_name(account, query)
        return desk.get_thread(office, name, clock().date()).messages


def test_the_office_sees_an_answer_only_once_it_was_scanned(
    account, office, session, send, file, clock, daemon, named
):
    query = send()
    named(daemon.unix)
    service.reply(account, session, query, "Anbei", (file(b"Hallo"),), clock())
    box = thread_lists.office_box(query.office)
    assert box.count_open() == 0
    run_cleanup()
    assert box.count_open() == 1
