"""Two messages that differ have different digests."""

from collective.servicekonto.postbox.receipts.digest import digest_of
from hashlib import sha256
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
import pytest


SALT = bytes(range(16))
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
    assert (digest_of(SALT, *one) == digest_of(SALT, *other)) == (one == other)


def test_what_moves_from_one_part_to_the_next_counts():
    content = sha256(b"").digest()
    digests = {
        digest_of(SALT, "ab", "c", []),
        digest_of(SALT, "a", "bc", []),
        digest_of(SALT, "", "abc", []),
        digest_of(SALT, "a", "b", [("c", 0, content)]),
        digest_of(SALT, "a", "", [("bc", 0, content)]),
    }
    assert len(digests) == 5


def test_the_order_of_attachments_counts():
    first = ("a.pdf", 1, sha256(b"a").digest())
    second = ("b.pdf", 1, sha256(b"b").digest())
    assert digest_of(SALT, "", "", [first, second]) != digest_of(
        SALT, "", "", [second, first]
    )


def test_the_form_is_fixed():
    files = [("Bescheid.pdf", 3, sha256(b"abc").digest())]
    assert digest_of(SALT, "Bescheid", "Grüße", files).hex() == (
        "62ba0047c17af1add1d625a561c9eb6c6bc5f2ad1c33c214dca55c4dd5e3976f"
    )


@pytest.mark.parametrize(("size", "content"), [(-1, bytes(32)), (1, b"")])
def test_what_is_no_attachment_is_refused(size, content):
    with pytest.raises(ValueError, match="."):
        digest_of(SALT, "", "", [("a", size, content)])


def test_without_the_salt_the_text_cannot_be_tried_out():
    assert digest_of(bytes(16), "Bescheid", "", []) != digest_of(
        SALT, "Bescheid", "", []
    )


@pytest.mark.parametrize("salt", [b"", bytes(15), bytes(17)])
def test_what_is_no_salt_is_refused(salt):
    with pytest.raises(ValueError, match="16 bytes"):
        digest_of(salt, "", "", [])
