"""The archive is written while it is sent, and its manifest is true."""

from collective.servicekonto.dataaccess.export.archive import length
from collective.servicekonto.dataaccess.export.archive import MANIFEST
from collective.servicekonto.dataaccess.export.archive import Part
from collective.servicekonto.dataaccess.export.archive import part
from collective.servicekonto.dataaccess.export.archive import stream
from datetime import datetime
from datetime import UTC
from hashlib import sha256
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from io import BytesIO
from zipfile import ZipFile
import json
import pytest
import tracemalloc


NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MEGABYTE = 1 << 20

contents = st.dictionaries(
    st.from_regex(r"[a-z]{1,8}(/[a-zäß]{1,8})?\.txt", fullmatch=True),
    st.binary(max_size=300),
    max_size=5,
)


def written(parts):
    """Return the archive, opened for reading."""
    return ZipFile(BytesIO(b"".join(stream(parts, NOW))))


@given(contents)
@settings(deadline=None)
def test_every_file_is_in_it_with_its_hash(files):
    archive = written([part(path, content) for path, content in files.items()])
    assert archive.testzip() is None
    manifest = json.loads(archive.read(MANIFEST))["files"]
    assert manifest.keys() == files.keys()
    for path, content in files.items():
        assert archive.read(path) == content
        assert manifest[path] == {
            "bytes": len(content),
            "sha256": sha256(content).hexdigest(),
        }


@given(contents)
@settings(deadline=None)
def test_its_length_is_known_before(files):
    parts = [part(path, content) for path, content in files.items()]
    assert length(parts, NOW) == len(b"".join(stream(parts, NOW)))


def test_a_file_of_another_size_than_it_said_is_an_error():
    with pytest.raises(ValueError, match="3 bytes and not 5"):
        b"".join(stream([Part("a.txt", 5, lambda: [b"abc"])], NOW))


def test_the_memory_does_not_grow_with_the_files():
    def read():
        for _number in range(300):
            yield bytes(MEGABYTE)

    parts = [Part("gross.bin", 300 * MEGABYTE, read)]
    tracemalloc.start()
    sent = sum(len(chunk) for chunk in stream(parts, NOW))
    _present, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > 300 * MEGABYTE
    assert peak < 16 * MEGABYTE
