"""Whether a receipt is as the town wrote it. Needs nothing of Zope and no network."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts import signing
from collective.servicekonto.postbox.receipts.chain import Entry
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.receipts.chain import Receipt
from collective.servicekonto.postbox.receipts.document import document
from collective.servicekonto.postbox.receipts.document import NoReceipt
from collective.servicekonto.postbox.receipts.document import receipt_of
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from enum import Enum
from typing import Any
from typing import NamedTuple


class Kind(Enum):
    """What is wrong with a receipt.

    ``FORM``           it does not look as the town writes it
    ``BEGINNING``      it does not begin with the provision of the message
    ``HASH``           an entry does not fit what is before it
    ``SIGNATURE``      an entry is not signed by the key it names
    ``UNKNOWN_KEY``    an entry names a key that was not given
    ``CONTENT``        the message is not the one that was provided
    ``OTHER_COPY``     the other copy is not in order itself
    ``OTHER_MESSAGE``  the other copy is of another message
    ``DIVERGES``       the two copies tell different things from this entry on
    ``SHORTENED``      the other copy goes on with this entry, which is missing
    """

    FORM = "form"
    BEGINNING = "beginning"
    HASH = "hash"
    SIGNATURE = "signature"
    UNKNOWN_KEY = "unknown_key"
    CONTENT = "content"
    OTHER_COPY = "other_copy"
    OTHER_MESSAGE = "other_message"
    DIVERGES = "diverges"
    SHORTENED = "shortened"


class Problem(NamedTuple):
    """Something wrong; ``entry`` counts from 1 and is 0 for the receipt as a whole."""

    kind: Kind
    entry: int = 0


def verify(data: Any, public_keys: Iterable[bytes]) -> list[Problem]:
    """Return what is wrong with a receipt, as document.document() makes it.

    Empty for one that is unaltered, or that lacks only its last entries: see compare.
    """
    try:
        receipt = receipt_of(data)
    except NoReceipt:
        return [Problem(Kind.FORM)]
    return [
        *_problems_of_form(data, receipt),
        *_problems_of_entries(receipt, signing.by_id(public_keys)),
    ]


def compare(data: Any, other: Any, public_keys: Iterable[bytes]) -> list[Problem]:
    """Return what another copy of the same receipt shows against this one.

    Of two copies made at different times, one is the beginning of the other.
    """
    if verify(other, public_keys):
        return [Problem(Kind.OTHER_COPY)]
    this, that = receipt_of(data), receipt_of(other)
    if this[0] != that[0]:
        return [Problem(Kind.OTHER_MESSAGE)]
    pairs = zip(chain.events(this), chain.events(that), strict=False)
    for place, (here, there) in enumerate(pairs, 1):
        if here != there:
            return [Problem(Kind.DIVERGES, place)]
    return [Problem(Kind.SHORTENED, len(this))] if len(that) > len(this) else []


def check_content(data: Any, digest: bytes) -> list[Problem]:
    """Return whether a message is another than the one that was provided.

    ``digest`` is what digest.digest_of says of the message.
    """
    same = chain.digest(receipt_of(data)) == digest
    return [] if same else [Problem(Kind.CONTENT)]


def _problems_of_form(data: Any, receipt: Receipt) -> Iterator[Problem]:
    right = document(receipt)
    if {**data, "entries": ()} != {**right, "entries": ()}:
        yield Problem(Kind.FORM)
    for place, (given, due) in enumerate(
        zip(data["entries"], right["entries"], strict=True), 1
    ):
        if given.get("hash") != due["hash"]:
            yield Problem(Kind.HASH, place)
        elif given != due:
            yield Problem(Kind.FORM, place)


def _problems_of_entries(
    receipt: Receipt, keys: Mapping[str, Ed25519PublicKey]
) -> Iterator[Problem]:
    entries = chain.events(receipt)
    if not entries or entries[0].event is not Event.PROVIDED:
        yield Problem(Kind.BEGINNING)
    for place, entry in enumerate(entries, 1):
        kind = _problem_of_signature(entry, keys)
        if kind is not None:
            yield Problem(kind, place)


def _problem_of_signature(
    entry: Entry, keys: Mapping[str, Ed25519PublicKey]
) -> Kind | None:
    key = keys.get(entry.key)
    if key is None:
        return Kind.UNKNOWN_KEY
    text = chain.signed_text(entry.hash)
    return None if signing.is_signed(key, entry.signature, text) else Kind.SIGNATURE
