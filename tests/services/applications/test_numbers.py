"""The numbers of applications."""

from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.postbox.box import new_id
from collective.servicekonto.services.applications.numbers import application_number
from collective.servicekonto.services.applications.numbers import NumberProblem
from collective.servicekonto.services.applications.numbers import parse
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st
import pytest


ids = st.text("0123456789abcdef", min_size=32, max_size=32)


@given(ids, st.sampled_from([" ", "-", "", ".", " – "]), st.booleans(), st.booleans())
def test_however_a_number_is_written_it_names_the_application(
    one, separator, small, with_letter
):
    number = application_number(one)
    if not with_letter:
        number = number.removeprefix("A-")
    text = number.replace("-", separator)
    assert parse(text.lower() if small else text) == one[:12]


@given(ids, st.data())
def test_a_slip_of_the_pen_is_noticed(one, data):
    number = application_number(one)
    place = data.draw(st.sampled_from([i for i in range(2, 19) if number[i] != "-"]))
    # A letter for a figure, which nobody takes for the other, is found 96 times of 97.
    alike = "0123456789" if number[place].isdigit() else "ABCDEF"
    digit = data.draw(st.sampled_from(alike))
    assume(digit != number[place])
    with pytest.raises(NumberProblem):
        parse(number[:place] + digit + number[place + 1 :])


@given(ids)
def test_it_does_not_look_like_an_account_number(one):
    assert application_number(one) != account_number(one)


@pytest.mark.parametrize("text", ["", "A", "A-", "A-3F2A", "ö", "A" * 15, "1" * 99])
def test_what_is_no_number(text):
    with pytest.raises(NumberProblem):
        parse(text)


def test_numbers_say_nothing_about_the_time():
    assert application_number(new_id(1))[:9] != application_number(new_id(1))[:9]
