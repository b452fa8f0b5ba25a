"""What the Postfach contributes to export and deletion."""

from collective.servicekonto.accounts.service import remove_account
from collective.servicekonto.dataaccess.export import service as export
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.ending import ended_threads
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.selfservice.deletion import service as deletion
from collective.servicekonto.store.service import get_store
import json
import jsonschema
import pickle
import pytest


pytestmark = pytest.mark.usefixtures("integration")


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
    document = json.loads(json.dumps(export.document(account, clock())))
    schema = json.loads(export.SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    found = document["data"]["postbox"]["messages"]
    assert {one["subject"] for one in found} >= {"Größe & <b>"}
    assert {one["folder"] for one in found} == {"eingang", "gesendet"}
    assert all(one["receipt"]["entries"] for one in found)
