"""Links that were copied with a sign too many; links of one account."""

from collective.servicekonto.store.tokens import Token
from collective.servicekonto.store.tokens import TokenTable
from collective.servicekonto.store.tokens import TokenUnknown
from collective.servicekonto.store.tokens import TokenUsed
from datetime import datetime
from datetime import UTC
import pytest


NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
TOKEN = Token("activate", "an account", "pending", int(NOW.timestamp()) + 60)


@pytest.mark.parametrize("stray", [".", ">", ")", ",", ">.", "”", " ", "\r\n"])
def test_a_stray_sign_behind_the_link_does_not_matter(stray):
    table = TokenTable()
    raw = table.issue(TOKEN)
    assert table.look_up(raw + stray, "activate", NOW) == TOKEN
    table.consume(raw + stray, "activate", NOW)
    with pytest.raises(TokenUsed):
        table.look_up(raw, "activate", NOW)


@pytest.mark.parametrize("stray", ["x", "-", "_", "=", "0"])
def test_anything_else_makes_another_link(stray):
    table = TokenTable()
    raw = table.issue(TOKEN)
    with pytest.raises(TokenUnknown):
        table.look_up(raw + stray, "activate", NOW)


def test_every_secret_survives_the_cleaning():
    table = TokenTable()
    for _number in range(1000):
        assert table.look_up(table.issue(TOKEN), "activate", NOW) == TOKEN


def test_what_was_issued_for_a_subject_is_found_used_or_not():
    table = TokenTable()
    raw = table.issue(TOKEN)
    table.issue(TOKEN._replace(purpose="reset"))
    table.issue(TOKEN._replace(subject="another account"))
    table.consume(raw, "activate", NOW)
    found = [token for _hashed, token in table.of("an account")]
    assert {(token.purpose, token.used) for token in found} == {
        ("activate", True),
        ("reset", False),
    }


def test_what_was_discarded_is_not_found():
    table = TokenTable()
    table.issue(TOKEN)
    ((hashed, _token),) = table.of("an account")
    table.discard(hashed)
    assert table.of("an account") == []
    assert len(table) == 0


def test_tables_without_an_index_get_one():
    table = TokenTable()
    table.issue(TOKEN)
    del table._subjects
    table.index_subjects()
    assert [token for _hashed, token in table.of("an account")] == [TOKEN]
