"""A file is taken when name and content say the same allowed type."""

from collective.servicekonto.portal.settings import ATTACHMENT_TYPES
from collective.servicekonto.postbox.attachments.checks import check
from collective.servicekonto.postbox.attachments.checks import check_together
from collective.servicekonto.postbox.attachments.checks import KINDS
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from dataclasses import replace
from io import BytesIO
from itertools import permutations
from tests.postbox.attachments.made import GOOD
from tests.postbox.attachments.made import jpeg
from tests.postbox.attachments.made import LIMITS
from tests.postbox.attachments.made import pdf
from tests.postbox.attachments.made import refused
from tests.postbox.attachments.made import taken
import pytest


SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body>Hallo</body></html>"
EXE = b"MZ\x90\x00" + bytes(200)


def test_the_settings_offer_what_can_be_checked():
    assert set(ATTACHMENT_TYPES) == set(KINDS)


@pytest.mark.parametrize("ending", sorted(KINDS))
def test_allowed_types_are_taken(ending):
    found = taken(GOOD[ending], f"Mein Beleg.{ending}")
    assert found.name == f"Mein Beleg.{ending}"
    assert found.media_type == KINDS[ending].media_type
    assert found.size == len(GOOD[ending])


def test_large_letters_in_the_ending_are_the_same():
    assert taken(GOOD["pdf"], "BELEG.PDF").media_type == "application/pdf"


@pytest.mark.parametrize(
    "name",
    [
        "a.svg",
        "a.html",
        "a.htm",
        "a.xhtml",
        "a.xml",
        "a.js",
        "a.exe",
        "a.pdf.exe",
        "a.bat",
        "a.docm",
        "a.xlsm",
        "a.dotm",
        "a.doc",
        "a.zip",
        "a.tiff",
        "pdf",
        "a.",
        "a.pdf.lnk",
    ],
)
@pytest.mark.parametrize("content", [GOOD["pdf"], SVG, HTML, EXE])
def test_other_endings_are_refused_whatever_is_inside(name, content):
    assert refused(content, name)


def test_the_refusal_names_what_is_possible():
    message = refused(SVG, "a.svg")
    assert message.mapping["extensions"] == ", ".join(sorted(KINDS))


@pytest.mark.parametrize("ending", sorted(KINDS))
@pytest.mark.parametrize("content", [SVG, HTML, EXE, SCRIPT, b"\0", b"#!/bin/sh\nls\n"])
def test_an_allowed_ending_does_not_help_other_content(ending, content):
    assert refused(content, f"a.{ending}")


@pytest.mark.parametrize(
    ("ending", "other"),
    [
        (one, other)
        for one, other in permutations(sorted(KINDS), 2)
        if {one, other} not in ({"jpg", "jpeg"}, {"csv", "txt"})
    ],
)
def test_one_allowed_type_does_not_pass_for_another(ending, other):
    assert refused(GOOD[other], f"a.{ending}")


def test_what_the_town_does_not_allow_is_refused():
    limits = replace(LIMITS, extensions=frozenset({"pdf"}))
    assert check(BytesIO(GOOD["pdf"]), "a.pdf", limits)
    with pytest.raises(AttachmentRefused):
        check(BytesIO(GOOD["png"]), "a.png", limits)


def test_an_empty_file_is_refused():
    assert "empty" in refused(b"", "a.txt")


def test_the_largest_file_is_taken_and_one_byte_more_is_not():
    limits = replace(LIMITS, file_bytes=1_000_000)
    assert check(BytesIO(b"a" * 1_000_000), "a.txt", limits).size == 1_000_000
    with pytest.raises(AttachmentRefused) as caught:
        check(BytesIO(b"a" * 1_000_001), "a.txt", limits)
    assert caught.value.message.mapping["maximum"] == 1


def test_the_file_is_left_at_its_beginning():
    file = BytesIO(GOOD["jpg"])
    check(file, "a.jpg", LIMITS)
    assert file.tell() == 0


@pytest.mark.parametrize("sizes", [[], [1], [50_000_000], [20_000_000, 30_000_000, 0]])
def test_a_message_may_have_some_files(sizes):
    check_together(sizes, LIMITS)


@pytest.mark.parametrize("sizes", [[1, 1, 1, 1], [50_000_001], [25_000_000] * 3])
def test_a_message_may_not_have_too_many_or_too_large_files(sizes):
    with pytest.raises(AttachmentRefused):
        check_together(sizes, LIMITS)


def test_a_photo_with_a_preview_behind_it_is_taken():
    assert taken(jpeg() + b"MotionPhoto_Data" + jpeg(), "a.jpg")


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_only_forbids_to_print_is_taken(algorithm):
    assert taken(pdf("", algorithm), "a.pdf")


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_needs_a_password_is_refused(algorithm):
    assert "password" in refused(pdf("geheim", algorithm), "a.pdf")
