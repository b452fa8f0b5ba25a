"""Links that a mail programme or a person copied with a sign too many."""

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
