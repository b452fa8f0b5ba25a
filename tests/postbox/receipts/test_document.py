"""The file that citizen and office download is described, and guarded byte by byte."""

from collective.servicekonto.postbox.receipts import document
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.receipts.verify import verify
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.postbox.receipts.strategies import built
from tests.postbox.receipts.strategies import KEYS
from tests.postbox.receipts.strategies import MESSAGE
from tests.postbox.receipts.strategies import receipts
from tests.postbox.receipts.strategies import SIGN
import json
import pytest


RECEIPT = built(
    MESSAGE, bytes(32), 1_795_000_000, [(Event.BOUNCED, 1_795_000_009, "5.1.1", SIGN)]
)
FILE = document.written(RECEIPT)


def validator():
    """Return what checks a file against its published description."""
    return Draft202012Validator(json.loads(document.schema()))


@settings(max_examples=100, deadline=None)
@given(receipts())
def test_the_file_is_as_described(receipt):
    validator().validate(document.read(document.written(receipt)))


def test_the_description_is_a_schema_and_knows_every_event():
    schema = json.loads(document.schema())
    Draft202012Validator.check_schema(schema)
    entry = schema["properties"]["entries"]["items"]["properties"]
    assert entry["event"]["enum"] == [event.name.lower() for event in Event]
    assert schema["properties"]["format"]["const"] == document.FORMAT


def test_times_are_utc_to_the_second():
    assert document.read(FILE)["entries"][1]["at"] == "2026-11-18T11:06:49Z"


@settings(max_examples=2_000, deadline=None)
@given(st.integers(0, len(FILE) - 1), st.integers(0, 255))
def test_no_byte_changes_unseen(place, byte):
    spoilt = FILE[:place] + bytes([byte]) + FILE[place + 1 :]
    try:
        data = document.read(spoilt)
    except document.NoReceipt:
        return
    assert data == document.document(RECEIPT) or verify(data, KEYS)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[" * 100_000,
        b'{"message": "a", "message": "b"}',
        b" " * (document.LARGEST + 1),
    ],
)
def test_what_cannot_be_read_is_refused(content):
    with pytest.raises(document.NoReceipt):
        document.read(content)
