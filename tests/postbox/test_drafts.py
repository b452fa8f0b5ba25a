"""A draft of an answer is kept for a while, and nothing else keeps it."""

from collective.servicekonto.accounts.service import remove_account
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.dataaccess.export import service as export
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import drafts
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.limits import for_citizens
from collective.servicekonto.store.service import get_store
from io import BytesIO
from jsonschema import Draft202012Validator
import json
import pytest
import transaction


pytestmark = pytest.mark.usefixtures("functional")


@pytest.fixture
def message(send):
    """A message that is answered."""
    return send()


@pytest.fixture
def file(account):
    """A file that was uploaded."""
    return take_in(BytesIO(b"Mietvertrag"), "vertrag.txt", for_citizens())


def test_there_is_one_for_each_message(account, message, send, file, clock):
    other = send()
    drafts.save(account, message.id, "Eins", (), clock())
    drafts.save(account, message.id, "Zwei", (file,), clock())
    drafts.save(account, other.id, "Drei", (), clock())
    assert drafts.query(account.id, message.id).text == "Zwei"
    assert len(list(drafts.all_of(account.id))) == 2


def test_each_version_differs(account, message, clock):
    first = drafts.save(account, message.id, "Eins", (), clock())
    second = drafts.save(account, message.id, "Eins", (), clock())
    assert first.version != second.version


def test_without_a_box_there_is_none(account):
    assert drafts.query("niemand", "nichts") is None
    assert list(drafts.all_of("niemand")) == []


def test_it_is_deleted_30_days_after_it_was_saved_last(account, message, clock):
    drafts.save(account, message.id, "Eins", (), clock())
    clock.forward(days=20)
    drafts.save(account, message.id, "Zwei", (), clock())
    clock.forward(days=29)
    cleanup.run(batch=10, window=60)
    assert drafts.query(account.id, message.id).text == "Zwei"
    clock.forward(days=1, hours=1)
    cleanup.run(batch=10, window=60)
    assert drafts.query(account.id, message.id) is None


def test_what_was_sent_leaves_nothing_to_become_due(account, message, clock):
    drafts.save(account, message.id, "Eins", (), clock())
    drafts.discard(account.id, message.id)
    drafts.discard(account.id, message.id)
    clock.forward(days=31)
    assert get_store().queue(drafts.DRAFTS).count(clock()) == 0


def test_deleting_the_account_deletes_it(account, message, clock):
    drafts.save(account, message.id, "Eins", (), clock())
    remove_account(account)
    clock.forward(days=31)
    assert get_store().queue(drafts.DRAFTS).count(clock()) == 0
    assert drafts.query(account.id, message.id) is None


def test_it_is_in_the_export_with_its_files(account, message, file, clock):
    drafts.save(account, message.id, "Halb fertig", (file,), clock())
    transaction.commit()
    data = export.document(account, TrustLevel.LOW, str, clock())
    [draft] = data["data"]["postbox"]["drafts"]
    assert (draft["answer_to"], draft["text"]) == (message.id, "Halb fertig")
    assert draft["attachments"][0]["name"] == "vertrag.txt"
    schema = json.loads(export.SCHEMA_FILE.read_bytes())
    Draft202012Validator(schema).validate(data)
    made = export.export(account, TrustLevel.LOW, "de", str, clock())
    content = b"".join(made.chunks)
    assert b"entwurf-" in content
    assert b"Mietvertrag" in content
