"""When a citizen is told of news, and what a mail that came back means.

All times are epoch seconds and are passed in.
"""

from collections.abc import Iterable
from collective.servicekonto.postbox.rules import notice_at
from datetime import timedelta
from typing import NamedTuple


# A mail that did not leave by then is not sent any more, and another one takes its place.
LIFE = timedelta(days=1)

# So soon it is looked whether the mail server took the mail.
LOOK_AGAIN = timedelta(minutes=5)

# So long a mail server may try before it reports that it gave up (RFC 5321, chapter
# 4.5.4.1, has 4 to 5 days), and a day more.
BOUNCE_TIME = LIFE + timedelta(days=6)

# A mail that came back is followed by a second attempt after this time.
SECOND_ATTEMPT = timedelta(days=1)

# So long it counts that a mail came back.
BOUNCE_COUNTS = timedelta(days=30)

# Where mails come back for good, news are told so seldom: a full mailbox may be emptied.
PAUSE_UNDELIVERABLE = timedelta(days=7)

# A delivery that began longer ago has come to its end.
LONGEST_DELIVERY = timedelta(hours=1)

# If this attempt comes back as well, the address is taken for undeliverable.
LAST_ATTEMPT = 2


class Notice(NamedTuple):
    """A mail that told a citizen of news.

    ``sent``      when it was queued
    ``receipt``   names its receipt, see mail.receipts
    ``token``     hash of the token in its return address, empty for none
    ``attempt``   1, or LAST_ATTEMPT after a mail came back
    ``messages``  ids of the messages that it told of
    ``told``      when it was seen that the mail server took it, else 0
    ``bounced``   when it was seen that it came back, else 0
    """

    sent: int
    receipt: str
    token: str
    attempt: int
    messages: tuple[str, ...]
    told: int = 0
    bounced: int = 0

    @property
    def is_pending(self) -> bool:
        """Tell whether nothing is known yet of what became of it."""
        return not self.told and not self.bounced

    @property
    def expires(self) -> int:
        """Return when it is useless to send it."""
        return self.sent + _seconds(LIFE)

    @property
    def bounces_until(self) -> int:
        """Return until when it can come back."""
        return self.sent + _seconds(BOUNCE_TIME)

    @property
    def over(self) -> int:
        """Return when nothing depends on it any more."""
        if self.bounced:
            return self.bounced + _seconds(BOUNCE_COUNTS)
        return self.bounces_until


def attempt(notices: Iterable[Notice], undeliverable: int) -> int:
    """Return which attempt the next mail is."""
    came_back = undeliverable or any(one.bounced for one in notices)
    return LAST_ATTEMPT if came_back else 1


def next_mail_at(
    notices: Iterable[Notice], last_notice: int, undeliverable: int
) -> int:
    """Return when the citizen can be told of news at the earliest."""
    if undeliverable:
        return last_notice + _seconds(PAUSE_UNDELIVERABLE)
    known = list(notices)
    last_bounce = max((one.bounced for one in known), default=0)
    second = last_bounce + _seconds(SECOND_ATTEMPT) if last_bounce else 0
    followed = any(one.sent >= second for one in known)
    return notice_at(0 if followed else second, last_notice)


def told_until(now: int) -> int:
    """Return until when, in nanoseconds, a notice tells of all that arrived.

    A delivery that is under way may be older than what was seen.
    """
    return (now - _seconds(LONGEST_DELIVERY)) * 10**9


def look_again_at(now: int) -> int:
    """Return when to look next whether a mail was taken."""
    return now + _seconds(LOOK_AGAIN)


def _seconds(time: timedelta) -> int:
    return int(time.total_seconds())
