"""Whatever the bytes are: taken or refused, and never more read than allowed."""

from collective.servicekonto.postbox.attachments.checks import check
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from io import BytesIO
from tests.postbox.attachments.made import GOOD
from tests.postbox.attachments.made import LIMITS
from tests.postbox.attachments.made import odf
from tests.postbox.attachments.made import ooxml
from tests.postbox.attachments.made import pdf
import pytest
import tracemalloc


# In one piece: the directory of an archive. In sum: some passes, and the heads again.
LARGEST_PIECE = 512 * 1024
PASSES = 6
MORE = 2_000_000

MEMORY = 16_000_000

SEEDS = [(ending, content) for ending, content in GOOD.items()] + [
    ("pdf", pdf("")),
    ("pdf", pdf("geheim", "RC4-128")),
    ("pdf", pdf("", "AES-128")),
    ("docx", ooxml(**{"word/a.xml": bytes(100_000)})),
    ("ods", odf("spreadsheet", **{"Pictures/a.png": b"x" * 100})),
]


class Counting(BytesIO):
    """Counts what is read."""

    largest = 0
    total = 0

    def read(self, size=-1, /):
        found = super().read(size)
        self.largest = max(self.largest, len(found))
        self.total += len(found)
        return found


def looked_at(content: bytes, name: str) -> bool:
    """Tell whether the file is taken, having seen how much was read."""
    file = Counting(content)
    try:
        check(file, name, LIMITS)
    except AttachmentRefused:
        taken = False
    else:
        taken = True
    assert file.largest <= LARGEST_PIECE
    assert file.total <= PASSES * len(content) + MORE
    return taken


@st.composite
def damaged(draw):
    """A good file with some bytes changed, doubled, moved or cut out."""
    ending, content = draw(st.sampled_from(SEEDS))
    changed = bytearray(content)
    for _number in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(changed)))
        length = draw(st.integers(0, 12))
        changed[place : place + length] = draw(
            st.binary(max_size=12)
            | st.sampled_from([b"\xff\xff\xff\xff", b"\0\0\0\0", b"PK\5\6", b"PK\1\2"])
        )
    return ending, bytes(changed)


@settings(max_examples=1500, deadline=None)
@given(damaged())
def test_a_damaged_file_is_taken_or_refused(file):
    ending, content = file
    looked_at(content, f"a.{ending}")


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=2000), st.sampled_from(sorted(GOOD)))
@example(b"", "pdf")
def test_any_bytes_are_taken_or_refused(content, ending):
    looked_at(content, f"a.{ending}")


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=200))
def test_any_name_is_taken_or_refused(name):
    looked_at(GOOD["txt"], name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"Hallo Welt\n" * 1_800_000),
        ("a.csv", b"a;b;c\n" * 3_000_000),
        ("a.pdf", pdf().replace(b"\n", b"\n%" + b"x" * 19_000_000 + b"\n", 1)),
        ("a.jpg", GOOD["jpg"] + bytes(19_000_000)),
        ("a.docx", ooxml(**{"word/a.xml": bytes(900_000)})),
        ("a.docx", ooxml(**{f"w{n}.xml": b"%d" % n * 400 for n in range(1900)})),
        ("a.docx", ooxml(**{"word/a.xml": bytes(150_000_000)})),
    ],
    ids=["text", "table", "pdf", "photo", "document", "many parts", "bomb"],
)
def test_memory_does_not_grow_with_the_file(name, content):
    tracemalloc.start()
    try:
        looked_at(content, name)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEMORY
