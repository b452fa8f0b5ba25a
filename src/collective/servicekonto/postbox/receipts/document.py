"""The receipt as a file that citizen and office download (receipt.schema.json).

It holds the receipt and nothing else, since nothing else would be signed. The public
key comes from elsewhere: one that came with the receipt would prove nothing.
"""

from base64 import b64decode
from base64 import b64encode
from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts.chain import Entry
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.receipts.chain import Receipt
from datetime import datetime
from datetime import UTC
from importlib.resources import files
from typing import Any
import json


FORMAT = "collective.servicekonto receipt 1"
SCHEMA = "receipt.schema.json"

LARGEST = 1_000_000

_TIME = "%Y-%m-%dT%H:%M:%SZ"


class NoReceipt(ValueError):
    """This is not a receipt, or not any more."""


def document(receipt: Receipt) -> dict[str, Any]:
    """Return the receipt as plain JSON data."""
    return {
        "format": FORMAT,
        "message": chain.message_id(receipt),
        "digest": chain.digest(receipt).hex(),
        "entries": [_as_data(entry) for entry in chain.events(receipt)],
    }


def receipt_of(data: Any) -> Receipt:
    """Return the receipt that the data describe, whether or not it is in order.

    Raises NoReceipt for data of another form.
    """
    try:
        head = (data["message"], bytes.fromhex(data["digest"]))
        entries = [_as_stored(one) for one in data["entries"]]
        receipt = (head, *entries)
        chain.events(receipt)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise NoReceipt from None
    return receipt


def read(content: bytes) -> Any:
    """Return the data of a file. Raises NoReceipt for what is no JSON.

    A member that is there twice is refused: two readers could see two receipts.
    """
    if len(content) > LARGEST:
        raise NoReceipt
    try:
        return json.loads(content, object_pairs_hook=_members)
    except (RecursionError, ValueError):
        raise NoReceipt from None


def written(receipt: Receipt) -> bytes:
    """Return the file."""
    text = json.dumps(document(receipt), ensure_ascii=False, indent=2)
    return text.encode() + b"\n"


def schema() -> bytes:
    """Return the JSON Schema that describes the file."""
    return files(__package__).joinpath(SCHEMA).read_bytes()


def _as_data(entry: Entry) -> dict[str, str]:
    return {
        "event": entry.event.name.lower(),
        "at": datetime.fromtimestamp(entry.at, UTC).strftime(_TIME),
        "note": entry.note,
        "hash": entry.hash.hex(),
        "key": entry.key,
        "signature": b64encode(entry.signature).decode("ascii"),
    }


def _as_stored(data: dict[str, str]) -> tuple[Any, ...]:
    if not isinstance(data["key"], str):
        raise NoReceipt
    moment = datetime.strptime(data["at"], _TIME).replace(tzinfo=UTC)
    return (
        int(Event[data["event"].upper()]),
        int(moment.timestamp()),
        data["note"],
        data["key"],
        b64decode(data["signature"], validate=True),
    )


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise NoReceipt
    return members
