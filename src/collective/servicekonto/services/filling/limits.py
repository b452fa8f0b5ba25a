"""How much may be saved and uploaded before a form is sent.

A file that another takes the place of is still on the disk for a while, so all that
ever came is counted: for the draft in the draft itself, and for the account or, without
one, for the network in memory (see accounts.throttle).
"""

from collective.servicekonto import _
from collective.servicekonto.accounts.guesses import network_of
from collective.servicekonto.accounts.throttle import Rate
from collective.servicekonto.accounts.throttle import Volume
from collective.servicekonto.accounts.undo import unless_committed
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox.attachments.checks import MEGABYTE
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from collective.servicekonto.services.filling.entries import TooMuch
from collective.servicekonto.services.filling.filling import Filling
from datetime import datetime
from datetime import timedelta
from typing import Any


# Whoever types without a pause for hours is saved less often.
SAVES_OF_DRAFT = 3_000

# An account types on a few devices; a network can be a whole library.
SAVES_PER_HOUR = 2_000
SAVES_OF_NETWORK_PER_HOUR = 8_000

# A network without accounts uploads as much as so many citizens with one.
_CITIZENS_IN_NETWORK = 5

_DAY = timedelta(days=1)

_of_account = Rate(SAVES_PER_HOUR, timedelta(hours=1))
_of_network = Rate(SAVES_OF_NETWORK_PER_HOUR, timedelta(hours=1))
_bytes = Volume(_DAY)


class TooOften(TooMuch):
    """It was saved too often lately."""

    message = _(
        "This was saved very often within the last hour, so your last entries are not "
        "saved yet. What was saved before is kept. Please wait a few minutes and try "
        "again."
    )


class DraftUsedUp(TooMuch):
    """This draft was saved too often."""

    message = _(
        "This form was saved so often that no more can be saved. What was saved before "
        "is kept: you can check and send it, or discard the draft and begin anew."
    )


def count_save(filling: Filling, now: datetime) -> None:
    """Note that the draft is saved. Raises TooOften or DraftUsedUp."""
    if filling.draft.saves >= SAVES_OF_DRAFT:
        raise DraftUsedUp
    count_writing(filling, now)
    filling.draft.saves += 1


def count_writing(filling: Filling, now: datetime) -> None:
    """Note that something is written for account or network. Raises TooOften."""
    key = _key(filling)
    rate = _of_network if filling.applicant.account is None else _of_account
    if not rate.allow(key, now):
        raise TooOften
    unless_committed(lambda: rate.take_back(key))


def check_upload(filling: Filling, size: int, now: datetime) -> None:
    """Raise AttachmentRefused where a file of so many bytes is too much."""
    allowed = settings().answers_mb_per_day * MEGABYTE
    if filling.draft.uploaded + size > allowed:
        raise AttachmentRefused(
            _(
                "For this form you have chosen files of more than ${maximum} MB by "
                "now, those that were replaced among them. What is attached stays. If "
                "you need other files, please discard the draft and begin anew.",
                mapping={"maximum": allowed // MEGABYTE},
            )
        )
    is_network = filling.applicant.account is None
    shared = allowed * _CITIZENS_IN_NETWORK if is_network else allowed
    if _bytes.sum(_key(filling), now) + size > shared:
        raise AttachmentRefused(_OF_NETWORK if is_network else _of_citizen(allowed))


def note_upload(filling: Filling, size: int, now: datetime) -> None:
    """Note that a file of so many bytes was taken."""
    key = _key(filling)
    _bytes.add(key, size, now)
    unless_committed(lambda: _bytes.add(key, -size, now))
    filling.draft.uploaded += size


_OF_NETWORK = _(
    "Very many files came from your network today. Please try again tomorrow, or log "
    "in with a Servicekonto. What is attached stays."
)


def _of_citizen(allowed: int) -> Any:
    return _(
        "Within a day you can choose files of ${maximum} MB together. Please try again "
        "tomorrow. What is attached stays.",
        mapping={"maximum": allowed // MEGABYTE},
    )


def _key(filling: Filling) -> str:
    applicant = filling.applicant
    if applicant.account is not None:
        return applicant.owner
    return f"network {network_of(filling.request.getClientAddr())}"
