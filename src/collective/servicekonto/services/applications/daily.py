"""How much a citizen can apply for, and add to an application, within a day."""

from collections.abc import Sequence
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox.attachments.checks import MEGABYTE
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.box import time_of
from collective.servicekonto.postbox.daily import PER
from collective.servicekonto.postbox.daily import TooManyAnswers
from collective.servicekonto.services.applications import lists
from collective.servicekonto.services.applications.timeline import steps
from datetime import datetime
from typing import Any


# More than anybody has to do with a town within a day; parents and clubs apply for
# several people.
APPLICATIONS_PER_DAY = 50


class TooManyApplications(PermissionError):
    """The account has sent so many applications that no more are taken today."""


def check_number(account: Any, now: datetime) -> None:
    """Raise TooManyApplications where one more is too much. Their ids are enough."""
    since = int((now - PER).timestamp() * 1e9)
    sent = lists.ids_of_account(account.id)
    if sum(time_of(one) > since for one in sent) >= APPLICATIONS_PER_DAY:
        raise TooManyApplications


def check(application: Any, added: Sequence[Attachment], now: datetime) -> None:
    """Raise TooManyAnswers where one more addition with these files is too much.

    As much is allowed as for answers in the Postfach.
    """
    found = settings()
    since = (now - PER).timestamp()
    times = sum(bool(one.documents) and one.at > since for one in steps(application))
    before = (one for one in application.files if not one.field and one.at > since)
    size = sum(one.attachment.size for one in before) + sum(one.size for one in added)
    megabytes = found.answers_mb_per_day
    if times >= found.answers_per_day or size > megabytes * MEGABYTE:
        raise TooManyAnswers(found.answers_per_day, megabytes)
