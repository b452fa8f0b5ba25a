"""Receipts as the properties need them, and every way to spoil one."""

from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts import signing
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.receipts.document import document
from hypothesis import strategies as st
import copy


SECRET = b"s" * 32
OLD_SECRET = b"o" * 32
KEYS = [signing.public_key(SECRET), signing.public_key(OLD_SECRET)]

SIGN = signing.signer(SECRET)
OLD_SIGN = signing.signer(OLD_SECRET)

MESSAGE = "7b0e3f0c-7d4e-4a94-9b1e-0a6f6c1d2e3f"
OTHER_MESSAGE = "1c9e3f0c-7d4e-4a94-9b1e-0a6f6c1d2e3f"

TIMES = st.integers(0, 4_102_444_800)
DIGESTS = st.binary(min_size=32, max_size=32)
NOTES = st.text(st.characters(codec="utf-8"), max_size=20)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(list(Event)[1:]),
        TIMES,
        NOTES,
        st.sampled_from([SIGN, OLD_SIGN]),
    ),
    max_size=5,
)


def built(message, digest, at, steps):
    """Return the receipt of a message to which these steps happened."""
    receipt = chain.begin(message, digest, at, OLD_SIGN)
    for event, when, note, sign in steps:
        receipt = chain.add(receipt, event, when, sign, note)
    return receipt


def receipts(message=MESSAGE):
    """Return a strategy for receipts of one message."""
    return st.builds(built, st.just(message), DIGESTS, TIMES, STEPS)


def another_text(data, text):
    """Draw a text that differs from this one in one character, or in length."""
    place = data.draw(st.integers(0, len(text)))
    letter = data.draw(st.characters(codec="utf-8"))
    changed = data.draw(
        st.sampled_from(
            [
                text[:place] + letter + text[place + 1 :],
                text[:place] + letter + text[place:],
                text[:place] + text[place + 1 :],
            ]
        )
    )
    return changed if changed != text else text + letter


def with_another_value(data, receipt):
    """Draw the file with another value at one place."""
    spoilt = document(receipt)
    record = data.draw(st.sampled_from([spoilt, *spoilt["entries"]]))
    name = data.draw(st.sampled_from([name for name in record if name != "entries"]))
    record[name] = another_text(data, record[name])
    return spoilt


def in_another_order(data, receipt):
    """Draw the file with its entries put in another order."""
    spoilt = document(receipt)
    mixed = data.draw(st.permutations(spoilt["entries"]))
    return {**spoilt, "entries": mixed}


def without_an_entry_in_the_middle(data, receipt):
    """Draw the file without one of its entries, but not the last one."""
    spoilt = document(receipt)
    del spoilt["entries"][data.draw(st.integers(0, len(receipt) - 3))]
    return spoilt


def with_an_entry_twice(data, receipt):
    """Draw the file with one entry put in once more."""
    spoilt = document(receipt)
    entry = copy.deepcopy(data.draw(st.sampled_from(spoilt["entries"])))
    spoilt["entries"].insert(data.draw(st.integers(0, len(receipt) - 1)), entry)
    return spoilt


def with_an_entry_of(other):
    """Return what draws the file with an entry of the other receipt put in."""

    def spliced(data, receipt):
        spoilt = document(receipt)
        entries = spoilt["entries"]
        theirs = data.draw(st.sampled_from(document(other)["entries"]))
        place = data.draw(st.integers(0, len(entries)))
        end = data.draw(st.sampled_from([place, place + 1]))
        return {**spoilt, "entries": [*entries[:place], theirs, *entries[end:]]}

    return spliced
