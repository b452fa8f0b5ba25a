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
from typing import Any


PER = timedelta(days=1)


class TooManyAnswers(PermissionError):
    """No more can be sent today, neither answers nor files in MB than these."""

    def __init__(self, answers: int, megabytes: int) -> None:
        super().__init__(answers, megabytes)
        self.answers = answers
        self.megabytes = megabytes


def check(account_id: str, attachments: tuple[Attachment, ...], now: datetime) -> None:
    """Raise TooManyAnswers where one more answer with these files is too much."""
    found = settings()
    answers, megabytes = found.answers_per_day, found.answers_mb_per_day
    sent = list(_answers(account_id, now))
    files = [*attachments, *(file for one in sent for file in one.attachments)]
    size = sum(file.size for file in files)
    if len(sent) >= answers or size > megabytes * MEGABYTE:
        raise TooManyAnswers(answers, megabytes)


def _answers(account_id: str, now: datetime) -> Iterator[Any]:
    box = messages.query_box(account_id)
    since = int((now - PER).timestamp() * 1e9)
    for folder in Folder if box is not None else ():
        newest = takewhile(lambda one: time_of(one.id) > since, box.newest(folder))
        yield from (one for one in newest if messages.kind(one) is Kind.REPLY)
