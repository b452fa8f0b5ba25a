"""Two messages that differ have different digests."""

from collective.servicekonto.postbox.receipts.digest import digest_of
from hashlib import sha256
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
import pytest


TEXTS = st.text(st.sampled_from("ab\0ü"), max_size=4)
FILES = st.lists(
    st.tuples(
        TEXTS,
        st.integers(0, 3),
        st.sampled_from([sha256(b"").digest(), sha256(b"a").digest()]),
    ),
    max_size=2,
)
MESSAGES = st.tuples(TEXTS, TEXTS, FILES)


@settings(max_examples=3_000, deadline=None)
@given(MESSAGES, MESSAGES)
def test_digests_are_equal_only_for_equal_messages(one, other):
    assert (digest_of(*one) == digest_of(*other)) == (one == other)


def test_what_moves_from_one_part_to_the_next_counts():
    content = sha256(b"").digest()
    digests = {
        digest_of("ab", "c", []),
        digest_of("a", "bc", []),
        digest_of("", "abc", []),
        digest_of("a", "b", [("c", 0, content)]),
        digest_of("a", "", [("bc", 0, content)]),
    }
    assert len(digests) == 5


def test_the_order_of_attachments_counts():
    first = ("a.pdf", 1, sha256(b"a").digest())
    second = ("b.pdf", 1, sha256(b"b").digest())
    assert digest_of("", "", [first, second]) != digest_of("", "", [second, first])


def test_the_form_is_fixed():
    files = [("Bescheid.pdf", 3, sha256(b"abc").digest())]
    assert digest_of("Bescheid", "Grüße", files).hex() == (
        "07a12ab8ace9243cf5b84dd946d5b4fab4c9cac50f787f03445f0d8f4148dfe2"
    )


@pytest.mark.parametrize(("size", "content"), [(-1, bytes(32)), (1, b"")])
def test_what_is_no_attachment_is_refused(size, content):
    with pytest.raises(ValueError, match="."):
        digest_of("", "", [("a", size, content)])
