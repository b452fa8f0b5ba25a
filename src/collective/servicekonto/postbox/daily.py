"""How much a citizen can send to the offices within a day.

It is counted in the Postfach itself, so that neither a restart nor another process
forgets it, and deleting an answer does not help.
"""

from collections.abc import Iterator
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.attachments.checks import MEGABYTE
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.box import time_of
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from datetime import datetime
from datetime import timedelta
from itertools import takewhile
from math import ceil
from typing import Any


PER = timedelta(days=1)
_DAY = int(PER.total_seconds())


class TooManyAnswers(PermissionError):
    """No more can be sent now, neither answers nor files in MB than these.

    After ``seconds`` there is room again, after a day at the latest.
    """

    def __init__(self, answers: int, megabytes: int, seconds: int = _DAY) -> None:
        super().__init__(answers, megabytes)
        self.answers = answers
        self.megabytes = megabytes
        self.seconds = seconds


def check(account_id: str, attachments: tuple[Attachment, ...], now: datetime) -> None:
    """Raise TooManyAnswers where one more answer with these files is too much."""
    found = settings()
    answers, megabytes = found.answers_per_day, found.answers_mb_per_day
    left = megabytes * MEGABYTE - _size(attachments)
    newest = sorted(_answers(account_id, now), key=lambda one: -time_of(one.id))
    for number, one in enumerate(newest, start=1):
        left -= _size(one.attachments)
        if number >= answers or left < 0:
            raise TooManyAnswers(answers, megabytes, _over(one, now))
    if left < 0:
        raise TooManyAnswers(answers, megabytes)


def _size(attachments: tuple[Attachment, ...]) -> int:
    return sum(one.size for one in attachments)


def _over(answer: Any, now: datetime) -> int:
    """Return the seconds until the answer does not count any more."""
    return ceil(time_of(answer.id) / 1e9 + _DAY - now.timestamp())


def _answers(account_id: str, now: datetime) -> Iterator[Any]:
    box = messages.query_box(account_id)
    since = int((now - PER).timestamp() * 1e9)
    for folder in Folder if box is not None else ():
        newest = takewhile(lambda one: time_of(one.id) > since, box.newest(folder))
        yield from (one for one in newest if messages.kind(one) is Kind.REPLY)
