"""Questions to an eID-Server, and its answers."""

from collective.servicekonto.eid import port
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.port import Result
from datetime import date
from zope.i18nmessageid import Message
import pytest


PROBLEMS = [
    value
    for value in vars(port).values()
    if isinstance(value, type) and issubclass(value, port.EIDProblem)
]

NAMES = frozenset({Operation.GIVEN_NAMES})


@pytest.mark.parametrize(
    "asked",
    [
        {"required": NAMES, "optional": NAMES},
        {"required": NAMES, "minimum_age": 16},
        {"required": frozenset({Operation.AGE_VERIFICATION})},
        {"required": NAMES, "community": "027605"},
        {"required": NAMES, "optional": frozenset({Operation.PLACE_VERIFICATION})},
    ],
)
def test_a_question_contradicts_itself_in_nothing(asked):
    with pytest.raises(ValueError, match="operation|verification"):
        Question(**asked)


def test_age_and_community_are_asked_together_with_their_operations():
    question = Question(
        NAMES | {Operation.AGE_VERIFICATION},
        frozenset({Operation.PLACE_VERIFICATION}),
        minimum_age=16,
        community="027605",
    )
    assert question.minimum_age == 16


def test_what_was_not_read_is_not_known():
    assert Result().document_type == ""
    assert Result().expires is None


def test_the_document_and_its_expiry_are_among_the_values():
    result = Result(
        {Operation.DOCUMENT_TYPE: "ID", Operation.DATE_OF_EXPIRY: "2029-10-31"}
    )
    assert result.document_type == "ID"
    assert result.expires == date(2029, 10, 31)


def test_nothing_is_a_test_unless_it_says_so():
    assert Result().is_test is False


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_problem_tells_the_citizen_something_of_its_own(problem):
    assert isinstance(problem.message, Message)
    others = {str(other.message) for other in PROBLEMS if other is not problem}
    assert str(problem.message) not in others


def test_a_problem_carries_its_code_for_the_log():
    assert port.Unreachable("timeout").code == "timeout"
    assert str(port.Unreachable("timeout")) == "timeout"
