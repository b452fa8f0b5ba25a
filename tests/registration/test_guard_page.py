"""The guard as citizens without JavaScript meet it."""

from collective.servicekonto.portal.settings import settings
from collective.servicekonto.registration import gate
from plone.testing.zope import Browser
from tests.factories import PASSWORD
import pytest
import re
import transaction


NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
]
QUESTION = re.compile(r"How much is (\w+) plus (\w+)\?")


@pytest.fixture
def form(functional, site, clock):
    """The form, in a network from which many registrations came just now."""
    settings().guard_threshold = 1
    gate.count("127.0.0.1", clock())
    gate.count("", clock())
    transaction.commit()
    browser = Browser(functional["app"])
    browser.addHeader("X-Forwarded-For", "127.0.0.1")
    browser.open(f"{site.buergerportal.absolute_url()}/registrieren")
    browser.getControl(name="buttons.next").click()
    browser.getControl(name="buttons.next").click()
    return browser


def fill_in(form, answer):
    """Fill in the form with an answer to the question."""
    form.getControl(name="given_names").value = "Erika"
    form.getControl(name="family_name").value = "Mustermann"
    form.getControl(name="email").value = "erika@example.org"
    form.getControl(name="password").value = PASSWORD
    form.getControl(name="repetition").value = PASSWORD
    form.getControl(name="guard_answer").value = answer
    form.getControl(name="buttons.next").click()


def right_answer(form):
    """Do the sum."""
    one, other = QUESTION.search(form.contents).groups()
    return str(NUMBERS.index(one) + NUMBERS.index(other))


def test_the_right_answer_after_a_pause_lets_one_pass(form, clock):
    answer = right_answer(form)
    clock.forward(seconds=21)
    fill_in(form, answer)
    assert form.url.endswith("registrieren-pruefen")


def test_an_answer_at_once_is_too_early(form):
    fill_in(form, right_answer(form))
    assert form.url.endswith("registrieren-angaben")
    assert "Please wait" in form.contents
    assert 'value="Erika"' in form.contents


def test_the_pause_does_not_begin_again_after_an_early_answer(form, clock):
    clock.forward(seconds=15)
    fill_in(form, right_answer(form))
    assert form.url.endswith("registrieren-angaben")
    answer = right_answer(form)
    clock.forward(seconds=6)
    fill_in(form, answer)
    assert form.url.endswith("registrieren-pruefen")


def test_a_wrong_answer_gets_a_new_question(form, clock):
    clock.forward(seconds=21)
    fill_in(form, "99")
    assert "not the right number" in form.contents
    assert QUESTION.search(form.contents)
