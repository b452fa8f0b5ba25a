"""A browser saves an attachment and never shows or guesses it."""

from collective.servicekonto.postbox.attachments.download import send
from collective.servicekonto.postbox.attachments.download import Stretch
from collective.servicekonto.postbox.attachments.files import CHUNK
from contextlib import closing
from email.message import Message
from tests.postbox.attachments.made import GOOD
from urllib.parse import unquote
from waitress.buffers import ReadOnlyFileBasedBuffer
from ZPublisher.HTTPResponse import WSGIResponse
from ZPublisher.Iterators import IStreamIterator
import pytest


@pytest.fixture
def answer(keep, functional):
    """Returns response and content for an attachment."""

    def fetch(content: bytes, name: str, **headers):
        request = functional["request"].clone()
        request.environ.update(headers)
        stream = send(keep(content, name), request)
        assert IStreamIterator.providedBy(stream)
        with closing(stream):
            sent = b"".join(stream)
        assert len(stream) == len(sent)
        return request.response, sent

    return fetch


def file_name(response) -> str:
    """Return the name as a browser reads it."""
    header = response.getHeader("Content-Disposition")
    header.encode("ascii")
    message = Message()
    message["Content-Disposition"] = header
    assert message.get_content_disposition() == "attachment"
    encoded = header.rpartition("filename*=UTF-8''")[2]
    return unquote(encoded, errors="strict")


@pytest.mark.parametrize("ending", sorted(GOOD))
def test_the_content_comes_whole_and_as_a_file_to_save(answer, ending):
    response, content = answer(GOOD[ending], f"a.{ending}")
    assert content == GOOD[ending]
    assert response.getHeader("Content-Length") == str(len(content))
    assert response.getHeader("X-Content-Type-Options") == "nosniff"
    policy = response.getHeader("Content-Security-Policy")
    assert policy == "sandbox; default-src 'none'"
    assert response.getHeader("Cache-Control") == "no-store"


@pytest.mark.parametrize(
    "name",
    [
        "Bescheid.txt",
        "Grüße & Küsse (1).txt",
        "Łęcka Ελλάδα България.txt",
        'a"; filename="b.exe.txt',
        "a; filename*=UTF-8''b.exe.txt",
        "a%22%0d%0aSet-Cookie: x.txt",
        "<script>alert(1)<&>.txt",
        "'quoted'.txt",
    ],
)
def test_the_name_arrives_in_every_character(answer, name):
    response, _content = answer(b"Hallo", name)
    assert file_name(response) == name
    plain = response.getHeader("Content-Disposition").split('"')[1]
    assert plain.endswith(".txt")
    assert not set(plain) & set("\"\\;%\r\n<>'")
    assert response.getHeader("Content-Disposition").count('"') == 2


def test_a_part_can_be_asked_for(answer):
    response, content = answer(b"Hallo Welt", "a.txt", HTTP_RANGE="bytes=6-")
    assert response.getStatus() == 206
    assert content == b"Welt"
    assert response.getHeader("Content-Length") == "4"
    assert response.getHeader("Content-Range") == "bytes 6-9/10"


def test_a_large_part_ends_where_it_was_asked_to(answer):
    content = b"0123456789" * 100_000
    response, part = answer(content, "a.txt", HTTP_RANGE="bytes=5-700004")
    assert part == content[5:700_005]
    assert response.getHeader("Content-Length") == "700000"


def test_the_server_sends_the_part_as_a_file_by_itself(keep):
    content = b"0123456789" * 100_000
    part = Stretch(keep(content, "a.txt").blob.committed(), 5, 700_005)
    response = WSGIResponse()
    response.setBody(part)
    assert response.body is part
    buffer = ReadOnlyFileBasedBuffer(part)
    assert buffer.prepare(700_000) == 700_000
    sent = b""
    while piece := buffer.get(30_000, skip=True):
        sent += piece
    buffer.close()
    assert sent == content[5:700_005]


def test_however_much_the_server_asks_for_little_is_in_memory(keep):
    content = b"0123456789" * 100_000
    part = Stretch(keep(content, "a.txt").blob.committed(), 5, 700_005)
    buffer = ReadOnlyFileBasedBuffer(part)
    buffer.prepare(700_000)
    pieces = []
    while piece := buffer.get(2_600_000, skip=True):
        pieces.append(piece)
    buffer.close()
    assert b"".join(pieces) == content[5:700_005]
    assert max(map(len, pieces)) == CHUNK


@pytest.mark.parametrize("asked", ["bytes=90-99", "bytes=x", "bytes=0-1,3-4", "x"])
def test_a_part_that_is_not_there_is_the_whole(answer, asked):
    response, content = answer(b"Hallo Welt", "a.txt", HTTP_RANGE=asked)
    assert response.getStatus() == 200
    assert content == b"Hallo Welt"
    assert response.getHeader("Content-Length") == "10"
