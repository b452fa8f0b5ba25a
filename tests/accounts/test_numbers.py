"""Account numbers that citizens read out to a clerk."""

from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.accounts.numbers import NumberProblem
from collective.servicekonto.accounts.numbers import parse_number
from collective.servicekonto.accounts.numbers import query_by_number
from collective.servicekonto.store.service import get_store
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import active_account
import pytest


ID = "3f2a91bc07de4c1d8a1234567890abcd"
NUMBER = "3F2A 91BC 07DE 77"


def test_a_number_has_groups_of_four_and_check_digits():
    assert account_number(ID) == NUMBER


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        "3f2a91bc07de77",
        "3F2A-91BC-07DE-77",
        "  3f2a 91bc\u00a007de 77\t",
        "3F2A–91BC–07DE–77",
    ],
)
def test_the_way_of_writing_does_not_matter(typed):
    assert parse_number(typed) == ID[:12]


@given(st.uuids(version=4))
def test_every_number_is_read_again(uuid):
    assert parse_number(account_number(uuid.hex)) == uuid.hex[:12]


@given(st.uuids(version=4), st.integers(0, 13), st.data())
def test_one_wrong_digit_is_noticed(uuid, place, data):
    number = account_number(uuid.hex).replace(" ", "")
    # A letter for a figure, which nobody takes for the other, is found 96 times of 97.
    alike = "0123456789" if number[place].isdigit() else "ABCDEF"
    digit = data.draw(st.sampled_from(alike))
    assume(digit != number[place])
    with pytest.raises(NumberProblem):
        parse_number(number[:place] + digit + number[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "erika@example.org", ID, "٣F2A91BC07DE77", "*", "3F2A"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NumberProblem):
        parse_number(text)


@pytest.mark.usefixtures("integration")
class TestLookUp:
    """Finding an account by its number."""

    def test_the_number_finds_the_account(self, site, clock):
        account = active_account(clock())
        active_account(clock(), "max@example.org")
        assert query_by_number(account_number(account.id)).id == account.id

    def test_the_beginning_of_a_number_finds_nothing(self, site, clock):
        account = active_account(clock())
        assert query_by_number(account_number(account.id)[:-3]) is None
        assert query_by_number(account.id[:4]) is None

    def test_an_unknown_number_finds_nothing(self, site, clock):
        active_account(clock())
        assert query_by_number(NUMBER) is None

    def test_two_accounts_with_one_number_are_not_told_apart(self, site, clock):
        account = active_account(clock())
        get_store().accounts[account.id[:12] + "f" * 20] = account.aq_base
        assert query_by_number(account_number(account.id)) is None
