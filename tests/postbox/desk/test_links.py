"""The names of threads in addresses."""

from collective.servicekonto.postbox.desk.links import name_of
from collective.servicekonto.postbox.desk.links import query_named
from hypothesis import given
from hypothesis import strategies as st
import pytest


IDS = st.uuids(version=4).map(lambda one: one.hex)


@pytest.fixture(autouse=True)
def _secret(tmp_path, monkeypatch):
    monkeypatch.setenv("SERVICEKONTO_SECRET_FILE", str(tmp_path / "secret"))


ACCOUNT = "3f2a91bc07de4c1d8a1234567890abcd"


def test_a_name_is_read_again():
    @given(IDS, IDS)
    def read_again(account, thread):
        assert query_named(name_of(account, thread)) == (account, thread)

    read_again()


def test_two_threads_of_one_account_show_nothing_in_common():
    first, second = (name_of(ACCOUNT, f"{n:032x}")[:32] for n in (1, 2))
    assert first != second
    assert ACCOUNT[:8] not in first + second


@pytest.mark.parametrize("name", ["", "x", "0" * 63, "G" * 64, "0" * 65, "٣" * 64])
def test_what_is_no_name_stands_for_nothing(name):
    assert query_named(name) is None
