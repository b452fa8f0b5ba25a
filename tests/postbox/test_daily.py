"""Nobody can flood an office with answers."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.limits import for_citizens
from collective.servicekonto.postbox.daily import TooManyAnswers
from collective.servicekonto.postbox.service import Action
from io import BytesIO
import pytest


pytestmark = pytest.mark.usefixtures("integration")


@pytest.fixture
def answer(account, session, send, clock):
    """Returns what sends an answer to a question."""
    question = send()

    def answer(*files):
        clock.forward(seconds=1)
        return service.reply(account, session, question, "Ja", files, clock())

    return answer


def test_a_number_of_answers_can_be_sent_within_a_day(answer, clock):
    settings().answers_per_day = 3
    for _time in range(3):
        answer()
    with pytest.raises(TooManyAnswers):
        answer()
    clock.forward(hours=24)
    assert answer()


def test_it_is_said_when_there_is_room_again(answer, clock):
    settings().answers_per_day = 2
    answer()
    clock.forward(hours=2)
    answer()
    clock.forward(hours=1)
    with pytest.raises(TooManyAnswers) as refused:
        answer()
    clock.forward(seconds=refused.value.seconds - 2)
    with pytest.raises(TooManyAnswers):
        answer()
    assert answer()


def test_deleting_an_answer_makes_no_room(answer, account, clock):
    settings().answers_per_day = 1
    sent = answer()
    for action in (Action.BIN, Action.DESTROY):
        message = messages.query_message(account.id, sent.id)
        service.act(account, message, action, TrustLevel.HIGH, clock())
    with pytest.raises(TooManyAnswers):
        answer()


def test_so_many_megabytes_can_be_sent_within_a_day(answer, clock):
    settings().answers_mb_per_day = 1

    def file():
        return take_in(BytesIO(b"x" * 600_000), "a.txt", for_citizens())

    answer(file())
    with pytest.raises(TooManyAnswers) as refused:
        answer(file())
    assert answer()
    clock.forward(seconds=refused.value.seconds)
    assert answer(file())


def test_what_is_too_much_for_a_whole_day_stays_so(answer, clock):
    settings().answers_mb_per_day = 1
    file = take_in(BytesIO(b"x" * 1_500_000), "a.txt", for_citizens())
    with pytest.raises(TooManyAnswers) as refused:
        answer(file)
    assert refused.value.seconds == 24 * 60 * 60
