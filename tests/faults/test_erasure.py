"""What was deleted is gone: from database, blobs, mail queue and logs."""

from aiosmtpd.controller import Controller
from collective.servicekonto.demo.smtp import free_port
from tests.faults.processes import instance_in
from tests.faults.processes import run
import pytest


TRACES = [b"verschwunden", b"spurlos.example", b"Unauffindbar", b"Niemalsgewesen"]

REGISTER = """
registered(
    now(),
    email="Verschwunden@spurlos.example",
    given_names="Unauffindbar",
    family_name="Niemalsgewesen",
)
transaction.commit()
"""

CLEAN_UP_AND_PACK = """
clock.forward(hours=25)
print(cleanup.run(batch=100, window=60), flush=True)
transaction.commit()
root._p_jar.db().pack(time.time() + 1)
"""


# Everything that a citizen leaves behind, while a mail server takes our mails.
USE_AND_DELETE = """
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.attributes import type_in
from collective.servicekonto.accounts.clients import UNKNOWN
from collective.servicekonto.dataaccess import service as dataaccess
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import service as postbox
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.limits import for_staff
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.service import deliver
from collective.servicekonto.postbox.service import NewMessage
from collective.servicekonto.selfservice import kept
from collective.servicekonto.selfservice.deletion import service as deletion
from collective.servicekonto.selfservice.email import change
from tests.factories import active_account
from tests.factories import PASSWORD
from io import BytesIO

root["Plone"].portal_registry["plone.smtp_port"] = int(SMTP_PORT)
account = active_account(now(), "Verschwunden@spurlos.example")
address = {
    "street": "Unauffindbar 1",
    "postal_code": "12345",
    "city": "Unauffindbar",
    "country": "DE",
}
type_in(account, "family_name", "Niemalsgewesen", now())
type_in(account, "address", address, now())
type_in(account, "Kind", [{"given_names": "Niemalsgewesen"}], now())
ticket = sessions.start(account, TrustLevel.LOW, "password", now())
history.record(account, history.Event.PASSKEY_ADDED, UNKNOWN, now(), "Unauffindbar")
recipient = dataaccess.Recipient("Amt Niemalsgewesen", "Unauffindbar", "Einwilligung")
session = sessions.resolve(ticket, now())
dataaccess.transmit(account, session, recipient, ["family_name", "address"], now())
kept.keep(account.id, "profil", {"city": "Unauffindbar"}, now())
change.begin(account, "auch.verschwunden@spurlos.example", now(), TrustLevel.LOW)
transaction.commit()
query = deliver(
    account,
    NewMessage(
        Kind.QUERY,
        "Unauffindbar",
        "<p>Frau Niemalsgewesen</p>",
        "Amt",
        "0" * 32,
        reply_until=now().date(),
        attachments=(take_in(BytesIO(b"Niemalsgewesen"), "Unauffindbar.txt", for_staff()),),
    ),
    now(),
)
postbox.note_read(account, query, now())
postbox.reply(account, session, query, "Von Niemalsgewesen", (), now())
postbox.act(account, query, postbox.Action.BIN, TrustLevel.LOW, now())
transaction.commit()
wish = deletion.Wish(PASSWORD, confirmed=True)
deletion.request_deletion(root["Plone"].REQUEST, account, wish, now())
transaction.commit()
"""

WAIT_FOR_THE_MAILS = """
from collective.servicekonto.mail.outbox import queue_directory
def waiting():
    return [path for path in queue_directory(root["Plone"]).rglob("*") if path.is_file()]
while waiting():
    time.sleep(0.1)
"""

DELETE_AFTER_THE_LOCK = """
clock.forward(days=7, hours=1)
print(cleanup.run(batch=100, window=60), flush=True)
"""

PACK = """
transaction.commit()
root._p_jar.db().pack(time.time() + 1)
"""


def found_in(directory) -> set[tuple[str, bytes]]:
    """Return which traces are in which file below the directory."""
    files = [path for path in directory.rglob("*") if path.is_file()]
    return {
        (path.name, trace)
        for path in files
        for trace in TRACES
        if trace.lower() in path.read_bytes().lower()
    }


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    """An instance of its own."""
    return instance_in(tmp_path_factory.mktemp("var"))


class PostOffice:
    """Takes every mail and keeps none."""

    async def handle_DATA(self, server, session, envelope):
        """Take a mail (called by the server)."""
        return "250 OK"


@pytest.fixture
def smtp_port():
    """The port of a mail server."""
    port = free_port()
    controller = Controller(PostOffice(), hostname="127.0.0.1", port=port)
    controller.start()
    yield port
    controller.stop()


def test_no_byte_is_left_of_an_account_that_the_citizen_deleted(tmp_path, smtp_port):
    instance = instance_in(tmp_path)
    use = USE_AND_DELETE.replace("SMTP_PORT", str(smtp_port))
    run(instance, use + WAIT_FOR_THE_MAILS)
    assert {trace for _, trace in found_in(instance.var)} == set(TRACES)
    done = run(instance, DELETE_AFTER_THE_LOCK + WAIT_FOR_THE_MAILS + PACK)
    assert "'deletion': {'due': 1, 'done': 1" in done
    run(instance, "pass")  # a start of Zope empties Data.fs.tmp
    assert found_in(instance.var) == set()


def test_no_byte_is_left_after_cleanup_and_pack(instance):
    run(instance, REGISTER)
    assert {trace for _, trace in found_in(instance.var)} == set(TRACES)
    assert "'activation': {'due': 1, 'done': 1" in run(instance, CLEAN_UP_AND_PACK)
    run(instance, "pass")  # a start of Zope empties Data.fs.tmp
    assert found_in(instance.var) == set()
