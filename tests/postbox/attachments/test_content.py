"""An attachment is what was sent, and nothing of a refused file stays."""

from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox.attachments import limits
from collective.servicekonto.postbox.attachments.content import read
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.files import CHUNK
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from collective.servicekonto.store.service import get_store
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from tests.postbox.attachments.made import GOOD
from tests.postbox.attachments.made import LIMITS
import gc
import pytest
import resource
import tracemalloc
import transaction


TEXT = b"Sehr geehrte Damen und Herren\n" * 20_000


@pytest.fixture
def waiting(functional, site):
    """Tells which files wait for their commit beside the blobs."""
    storage = get_store()._p_jar.db().storage
    return lambda: {path.name for path in Path(storage.temporaryDirectory()).iterdir()}


@pytest.fixture
def stored(functional, site):
    """Tells which blobs were committed."""
    storage = get_store()._p_jar.db().storage
    folder = Path(storage.temporaryDirectory()).parent
    return lambda: {path.name for path in folder.rglob("*.blob")}


@contextmanager
def full_disk(size: int):
    """No file can become larger than so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_was_sent_is_kept(keep):
    attachment = keep(TEXT, "brief.txt")
    assert attachment.name == "brief.txt"
    assert attachment.media_type == "text/plain"
    assert attachment.size == len(TEXT)
    assert attachment.sha256 == sha256(TEXT).hexdigest()
    assert b"".join(read(attachment)) == TEXT


def test_ids_cannot_be_guessed(keep):
    ids = {keep(GOOD["pdf"], "a.pdf").id for _number in range(20)}
    assert len(ids) == 20
    assert min(map(len, ids)) >= 22


def test_it_is_read_in_small_pieces(keep):
    attachment = keep(TEXT, "brief.txt")
    assert max(len(piece) for piece in read(attachment)) <= CHUNK
    assert max(len(piece) for piece in attachment.reader()()) <= CHUNK


def test_it_can_be_read_before_the_commit(functional, site):
    attachment = take_in(BytesIO(TEXT), "a.txt", LIMITS)
    assert b"".join(read(attachment)) == TEXT


def test_it_can_be_read_without_the_database(keep):
    attachment = keep(TEXT, "brief.txt")
    reader = attachment.reader()
    attachment._p_deactivate()
    assert b"".join(reader()) == TEXT


def test_the_upload_of_a_server_is_taken_in(functional, site):
    with TemporaryFile() as upload:
        upload.write(TEXT)
        attachment = take_in(upload, "a.txt", LIMITS)
        assert not upload.closed
    assert b"".join(read(attachment)) == TEXT


def test_a_refused_file_leaves_nothing(waiting):
    before = waiting()
    with pytest.raises(AttachmentRefused):
        take_in(BytesIO(TEXT), "a.pdf", LIMITS)
    assert waiting() == before


def test_a_file_that_no_message_has_in_the_end_is_not_stored(stored, waiting):
    before = stored(), waiting()
    attachment = take_in(BytesIO(TEXT), "a.txt", LIMITS)
    transaction.commit()
    del attachment
    gc.collect()
    assert (stored(), waiting()) == before


def test_a_file_is_stored_once(keep, stored, waiting):
    before = stored(), waiting()
    attachment = keep(TEXT, "a.txt")
    assert len(stored() - before[0]) == 1
    assert waiting() == before[1]
    del attachment
    gc.collect()
    assert len(stored() - before[0]) == 1


def test_a_savepoint_keeps_the_file(functional, site):
    attachment = take_in(BytesIO(TEXT), "a.txt", LIMITS)
    get_store().postboxes[attachment.id] = attachment
    transaction.savepoint()
    assert b"".join(read(attachment)) == TEXT
    transaction.commit()
    assert b"".join(read(attachment)) == TEXT


def test_a_request_that_fails_later_leaves_nothing(waiting):
    before = waiting()
    attachment = take_in(BytesIO(TEXT), "a.txt", LIMITS)
    assert waiting() != before
    transaction.abort()
    del attachment
    gc.collect()
    assert waiting() == before


def test_a_full_disk_is_told_and_leaves_nothing(waiting, caplog):
    before = waiting()
    with full_disk(100_000), pytest.raises(AttachmentRefused) as caught:
        take_in(BytesIO(TEXT), "Mustermann.txt", LIMITS)
    assert "fault is ours" in caught.value.message
    assert waiting() == before
    transaction.commit()
    assert waiting() == before
    assert "could not be stored" in caplog.text
    assert "Mustermann" not in caplog.text


def test_memory_does_not_grow_with_the_file(functional, site):
    with TemporaryFile() as upload:
        for _number in range(190):
            upload.write(b"Hallo Welt" * 10_000)
        tracemalloc.start()
        try:
            take_in(upload, "a.txt", LIMITS)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 2_000_000


def test_limits_come_from_the_settings(functional, site):
    assert limits.for_citizens().file_bytes == 20_000_000
    assert limits.for_staff().file_bytes == 100_000_000
    assert limits.for_staff().total_bytes == 100_000_000
    assert limits.for_citizens().files == 10
    settings().attachment_types = ["pdf"]
    assert limits.for_citizens().extensions == {"pdf"}
