"""A receipt shows every change; only its last entries can be cut off unseen."""

from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts import signing
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.receipts.document import document
from collective.servicekonto.postbox.receipts.document import receipt_of
from collective.servicekonto.postbox.receipts.verify import check_content
from collective.servicekonto.postbox.receipts.verify import compare
from collective.servicekonto.postbox.receipts.verify import Kind
from collective.servicekonto.postbox.receipts.verify import Problem
from collective.servicekonto.postbox.receipts.verify import verify
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.postbox.receipts.strategies import built
from tests.postbox.receipts.strategies import DIGESTS
from tests.postbox.receipts.strategies import in_another_order
from tests.postbox.receipts.strategies import KEYS
from tests.postbox.receipts.strategies import MESSAGE
from tests.postbox.receipts.strategies import OLD_SIGN
from tests.postbox.receipts.strategies import OTHER_MESSAGE
from tests.postbox.receipts.strategies import receipts
from tests.postbox.receipts.strategies import SIGN
from tests.postbox.receipts.strategies import with_an_entry_of
from tests.postbox.receipts.strategies import with_an_entry_twice
from tests.postbox.receipts.strategies import with_another_value
from tests.postbox.receipts.strategies import without_an_entry_in_the_middle
import pickle
import pytest


AT = 1_795_000_000
DIGEST = bytes(range(32))

LONG = built(
    MESSAGE,
    DIGEST,
    AT,
    [
        (Event.NOTIFIED, AT + 5, "", SIGN),
        (Event.BOUNCED, AT + 9, "5.1.1", SIGN),
        (Event.NOTIFIED_AGAIN, AT + 86_400, "", SIGN),
        (Event.RETRIEVED, AT + 90_000, "", SIGN),
    ],
)

careful = settings(max_examples=300, deadline=None)


def kinds(problems):
    """Return what is wrong, without the places."""
    return {problem.kind for problem in problems}


@careful
@given(receipts())
def test_what_the_town_wrote_is_in_order(receipt):
    assert verify(document(receipt), KEYS) == []


@careful
@given(receipts(), st.data())
def test_another_value_anywhere_is_seen(receipt, data):
    assert verify(with_another_value(data, receipt), KEYS)


@careful
@given(st.data())
def test_another_order_is_seen(data):
    spoilt = in_another_order(data, LONG)
    assume(spoilt != document(LONG))
    assert verify(spoilt, KEYS)


@careful
@given(st.data())
def test_an_entry_removed_before_the_last_is_seen(data):
    assert verify(without_an_entry_in_the_middle(data, LONG), KEYS)


@careful
@given(receipts(), st.data())
def test_an_entry_that_is_there_twice_is_seen(receipt, data):
    assert verify(with_an_entry_twice(data, receipt), KEYS)


@careful
@given(receipts(), receipts(OTHER_MESSAGE), st.data())
def test_an_entry_of_another_message_is_seen(receipt, other, data):
    assert verify(with_an_entry_of(other)(data, receipt), KEYS)


@careful
@given(DIGESTS, st.data())
def test_an_entry_of_the_same_message_with_other_content_is_seen(digest, data):
    assume(digest != DIGEST)
    other = built(MESSAGE, digest, AT, [])
    assert verify(with_an_entry_of(other)(data, LONG), KEYS)


@careful
@given(receipts(), st.data())
def test_who_has_no_key_cannot_write_on(receipt, data):
    forger = signing.signer(b"f" * 32)
    key = signing.key_id(data.draw(st.sampled_from(KEYS)))
    forged = chain.add(
        receipt, Event.RETRIEVED, AT, lambda text: (key, forger(text)[1])
    )
    assert verify(document(forged), KEYS) == [Problem(Kind.SIGNATURE, len(receipt))]


def test_who_computes_all_hashes_anew_still_lacks_the_signatures():
    head, first, *others = LONG
    later = (first[0], first[1] + 1, *first[2:])
    rewritten = document((head, later, *others))
    assert kinds(verify(rewritten, KEYS)) == {Kind.SIGNATURE}


def test_the_first_entries_cannot_be_cut_off():
    head, first, second, *_rest = LONG
    beheaded = document((head, second))
    assert kinds(verify(beheaded, KEYS)) == {Kind.BEGINNING, Kind.SIGNATURE}
    taken_for_digest = document(
        ((MESSAGE, chain.events((head, first))[0].hash), second)
    )
    assert Problem(Kind.SIGNATURE, 1) in verify(taken_for_digest, KEYS)


def test_a_receipt_without_entries_is_none():
    assert verify({**document(LONG), "entries": []}, KEYS) == [Problem(Kind.BEGINNING)]


def test_a_member_more_is_seen():
    assert verify({**document(LONG), "town": "Musterstadt"}, KEYS)
    spoilt = document(LONG)
    spoilt["entries"][2]["reader"] = "Erika"
    assert verify(spoilt, KEYS) == [Problem(Kind.FORM, 3)]


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "",
        {},
        {"message": "", "digest": "", "entries": None},
        {"message": 1, "digest": "", "entries": []},
        {"message": "", "digest": "", "entries": {"a": 1}},
        {"message": "\ud800", "digest": "", "entries": []},
        {**document(LONG), "entries": [{**document(LONG)["entries"][0], "key": []}]},
        {**document(LONG), "entries": [{**document(LONG)["entries"][0], "note": 1}]},
        {**document(LONG), "entries": [{**document(LONG)["entries"][0], "at": "-"}]},
    ],
)
def test_what_is_no_receipt_is_told(data):
    assert verify(data, KEYS)[0].kind in (Kind.FORM, Kind.BEGINNING)


def test_a_receipt_goes_on_under_a_new_key():
    receipt = chain.begin(MESSAGE, DIGEST, AT, OLD_SIGN)
    receipt = chain.add(receipt, Event.RETRIEVED, AT + 1, SIGN)
    new, old = KEYS
    assert verify(document(receipt), [new, old]) == []
    assert verify(document(receipt), [new]) == [Problem(Kind.UNKNOWN_KEY, 1)]
    assert verify(document(receipt), [old]) == [Problem(Kind.UNKNOWN_KEY, 2)]


@careful
@given(receipts(), st.data())
def test_entries_cut_off_show_against_another_copy_only(receipt, data):
    short = receipt[: data.draw(st.integers(2, len(receipt)))]
    whole = document(receipt)
    assert verify(document(short), KEYS) == []
    assert compare(whole, document(short), KEYS) == []
    missing = [] if short == receipt else [Problem(Kind.SHORTENED, len(short))]
    assert compare(document(short), whole, KEYS) == missing


def test_copies_that_tell_different_things_are_told_apart():
    opened = chain.add(LONG[:3], Event.RETRIEVED, AT + 7, SIGN)
    assert compare(document(LONG), document(opened), KEYS) == [
        Problem(Kind.DIVERGES, 3)
    ]
    other = document(built(OTHER_MESSAGE, DIGEST, AT, []))
    assert compare(document(LONG), other, KEYS) == [Problem(Kind.OTHER_MESSAGE)]
    spoilt = {**document(LONG), "message": OTHER_MESSAGE}
    assert compare(document(LONG), spoilt, KEYS) == [Problem(Kind.OTHER_COPY)]


def test_a_message_is_held_against_its_receipt():
    assert check_content(document(LONG), DIGEST) == []
    assert check_content(document(LONG), bytes(32)) == [Problem(Kind.CONTENT)]


@careful
@given(receipts())
def test_the_file_holds_all_of_the_receipt(receipt):
    assert receipt_of(document(receipt)) == receipt


def test_a_delivery_adds_less_than_400_bytes_to_the_message():
    receipt = chain.begin(MESSAGE, DIGEST, AT, SIGN)
    assert len(pickle.dumps(receipt, 3)) < 400


def test_a_receipt_is_made_of_plain_parts():
    parts = [type(part) for record in LONG for part in record]
    assert set(parts) <= {str, bytes, int}


def test_the_newest_of_some_events_is_found():
    assert chain.last(LONG, Event.NOTIFIED, Event.NOTIFIED_AGAIN).at == AT + 86_400
    assert chain.last(LONG, Event.DELETED) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: chain.begin(MESSAGE, b"", AT, SIGN),
        lambda: chain.begin(MESSAGE, DIGEST, -1, SIGN),
        lambda: chain.add(LONG, Event.RECALLED, AT, SIGN, "x" * 201),
    ],
)
def test_what_no_receipt_can_hold_is_refused(spoil):
    with pytest.raises(ValueError, match="."):
        spoil()
