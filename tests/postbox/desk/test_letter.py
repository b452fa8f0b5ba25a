"""What a clerk may send."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.desk.blocks import with_block
from collective.servicekonto.postbox.desk.letter import body
from collective.servicekonto.postbox.desk.letter import check
from collective.servicekonto.postbox.desk.letter import Incorrect
from collective.servicekonto.postbox.rules import Kind
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
import pytest


NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


def problems(letter):
    """Return the names of the fields with which something is wrong."""
    try:
        check(letter, NOW)
    except Incorrect as incorrect:
        return set(incorrect.problems)
    return set()


def test_a_complete_query_can_be_sent(letter):
    assert problems(letter()) == set()


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"subject": " "}, "subject"),
        ({"subject": "\u200b\0\n"}, "subject"),
        ({"subject": "\ud800"}, "subject"),
        ({"subject": "x" * 201}, "subject"),
        ({"text": ""}, "text"),
        ({"text": "\u200b"}, "text"),
        ({"text": "<p>&#x200b;</p>"}, "text"),
        ({"text": "<p> </p><p><br></p>"}, "text"),
        ({"text": "<script>alert(1)</script>"}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"reference": "x" * 101}, "reference"),
        ({"kind": Kind.REPLY}, "kind"),
        ({"kind": Kind.SYSTEM}, "kind"),
        ({"kind": Kind.COPY}, "kind"),
        ({"level": TrustLevel.BASIS}, "level"),
        ({"reply_until": None}, "reply_until"),
        ({"reply_until": date(2026, 11, 26)}, "reply_until"),
        ({"later": NOW}, "later_day"),
        ({"later": NOW + timedelta(days=366)}, "later_day"),
        ({"later": TOMORROW, "reply_until": NOW.date()}, "reply_until"),
        ({"keep": timedelta(days=29)}, "keep"),
        ({"keep": timedelta(days=36501)}, "keep"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(letter, changes, wrong):
    assert problems(letter(**changes)) == {wrong}


def test_what_asks_nothing_needs_no_last_day(letter):
    assert problems(letter(kind=Kind.DECISION, reply_until=None)) == set()


def test_text_without_tags_becomes_paragraphs():
    assert body("Guten Tag,\n\n1 < 2 & 3 > 2\nDanke", "") == (
        "<p>Guten Tag,</p><p>1 &lt; 2 &amp; 3 &gt; 2<br>Danke</p>"
    )


def test_the_signature_is_put_below():
    assert body("<p>Guten Tag</p>", "B. Amt\nZimmer <3>") == (
        "<p>Guten Tag</p><p>B. Amt<br>Zimmer &lt;3&gt;</p>"
    )


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">hier</a>',
        '<p onclick="alert(1)">hier</p>',
        "<svg/onload=alert(1)>",
        '<p style="background:url(https://evil.example)">hier</p>',
        "<iframe src=https://evil.example></iframe>",
    ],
)
def test_what_could_act_is_left_out(evil):
    clean = body(f"<p>Guten Tag</p>{evil}", "")
    assert "Guten Tag" in clean
    for trace in ("script", "onerror", "onclick", "onload", "style", "iframe", "src"):
        assert trace not in clean


def test_a_text_block_is_put_behind_what_was_written():
    assert with_block("Guten Tag", "Bitte\nwarten") == "Guten Tag\n\nBitte\nwarten"
    assert with_block("", "Bitte warten") == "Bitte warten"
    assert with_block("<p>Guten Tag</p>", "1 < 2\nja") == (
        "<p>Guten Tag</p><p>1 &lt; 2<br>ja</p>"
    )
