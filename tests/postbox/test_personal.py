"""What the Postfach contributes to export and deletion."""

from collective.servicekonto.accounts.service import remove_account
from collective.servicekonto.dataaccess.export import service as export
from collective.servicekonto.postbox import drafts
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.limits import for_staff
from collective.servicekonto.postbox.ending import ended_threads
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.selfservice.deletion import service as deletion
from collective.servicekonto.store.service import get_store
from io import BytesIO
from pypdf import PdfReader
from tests.postbox.seen import happened
from zipfile import ZipFile
from zope.i18n import interpolate
import json
import jsonschema
import pickle
import pytest


LOW, SUBSTANTIAL = service.TrustLevel.LOW, service.TrustLevel.SUBSTANTIAL

pytestmark = pytest.mark.usefixtures("integration")


def translate(text):
    """Return the English text, with what is filled in."""
    return interpolate(text, getattr(text, "mapping", None))


def words(texts):
    """Return the messages as one text, with what is filled in."""
    return " ".join(f"{text} {text.mapping}" for text in texts)


def test_deleting_an_account_warns_of_unread_decisions(account, send):
    send(kind=Kind.DECISION)
    said = words(deletion.warnings(account))
    assert "${number} messages are unread. {'number': 2}" in said
    assert "decisions of an authority: ${number}" in said


def test_who_has_read_everything_is_not_warned(account, send, clock):
    for message in service.listing(
        account, service.TrustLevel.LOW, service.Folder.INBOX, service.Search()
    ).messages:
        service.note_read(account, message, clock())
    assert deletion.warnings(account) == []


def test_deleting_an_account_deletes_box_lists_and_deadlines(account, send, clock):
    message = send()
    office = message.office
    account_id = account.id
    remove_account(account)
    store = get_store()
    assert account_id not in store.postboxes
    box = store.office_boxes[office]
    assert box.newest(is_open=True, number=9) == []
    assert box.newest(is_open=False, number=9) == []
    assert len(store.queue(messages.RETENTION)) == 0


def test_the_office_keeps_the_proof_but_nothing_of_the_citizen(account, send, clock):
    send(kind=Kind.DECISION, title="Bescheid für Erika", reference="HU-17")
    account_id = account.id
    remove_account(account)
    (thread,) = ended_threads(list(get_store().office_boxes)[0])
    assert thread.reference == "HU-17"
    assert thread.has_unread_decision
    kept = pickle.dumps(thread.stored)
    for trace in (b"Erika", b"Mustermann", account_id.encode(), b"example.org"):
        assert trace not in kept


def test_the_export_holds_every_message_as_its_schema_says(
    account, session, send, clock
):
    message = send(title="Größe & <b>")
    service.reply(account, session, message, "Ja", (), clock())
    document = json.loads(json.dumps(export.document(account, LOW, translate, clock())))
    schema = json.loads(export.SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    found = document["data"]["postbox"]["messages"]
    assert {one["subject"] for one in found} >= {"Größe & <b>"}
    assert {one["folder"] for one in found} == {"eingang", "gesendet"}
    assert all(one["receipt"]["entries"] for one in found)


@pytest.fixture
def file():
    """A file of the town."""
    return take_in(BytesIO(b"Gutachten"), "gutachten.txt", for_staff())


@pytest.fixture
def secret(send, file):
    """A message that needs a passkey, with a file."""
    return send(
        title="Ihr Geheimnis",
        body="<p>Abgelehnt</p>",
        reference="G-1",
        level=SUBSTANTIAL,
        attachments=(file,),
    )


def exported(account, level, clock):
    """Return the archive for a session of this level."""
    made = export.export(account, level, "de", translate, clock())
    return ZipFile(BytesIO(b"".join(made.chunks)))


def test_the_export_says_nothing_of_a_locked_message_but_that_it_is_missing(
    account, secret, clock
):
    drafts.save(account, secret.id, "Zum Gutachten", (), clock())
    archive = exported(account, LOW, clock)
    assert not [name for name in archive.namelist() if name.startswith("dateien/")]
    text = archive.read("daten.json").decode()
    for word in (
        "Geheimnis",
        "Abgelehnt",
        "G-1",
        "utachten",
        secret.receipt[0][1].hex(),
    ):
        assert word not in text
    document = json.loads(text)
    jsonschema.validate(document, json.loads(archive.read("daten.schema.json")))
    (listed,) = (
        one for one in document["data"]["postbox"]["messages"] if one["id"] == secret.id
    )
    assert (listed["withheld"], listed["level"]) == ("level", "substanziell")
    assert listed["sender"] == "Bürgerbüro"
    (said,) = json.loads(archive.read("manifest.json"))["missing"]
    assert document["missing"] == [said]
    assert "is missing: 1." in said
    pages = PdfReader(BytesIO(archive.read("uebersicht.pdf"))).pages
    pdf = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "They need a log-in with a passkey" in pdf
    assert "Geheimnis" not in pdf
    assert happened(secret) == [Event.PROVIDED]


def test_a_session_of_the_level_gets_it_and_the_receipt_says_so(account, secret, clock):
    messages_data = export.document(account, SUBSTANTIAL, translate, clock())
    assert messages_data["missing"] == []
    (found,) = (
        one
        for one in messages_data["data"]["postbox"]["messages"]
        if one["id"] == secret.id
    )
    assert (found["subject"], found["withheld"]) == ("Ihr Geheimnis", "")
    assert found["attachments"][0]["name"] == "gutachten.txt"
    assert found["receipt"]["entries"][-1]["event"] == "retrieved"
    assert happened(secret) == [Event.PROVIDED, Event.RETRIEVED]
    assert messages.is_unread(secret)
    with pytest.raises(service.MoveRefused):
        messages.recall(account, secret, clock())


def test_exporting_once_more_notes_nothing_more(account, send, clock):
    message = send()
    for _time in range(2):
        export.document(account, LOW, translate, clock())
    assert happened(message) == [Event.PROVIDED, Event.RETRIEVED]
