"""How much a message may carry, as the town set it."""

from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox.attachments.checks import Limits
from collective.servicekonto.postbox.attachments.checks import MEGABYTE


def for_citizens() -> Limits:
    """Return the limits for messages that citizens write."""
    return _limits(settings().attachment_mb)


def for_staff() -> Limits:
    """Return the limits for messages of an office."""
    return _limits(settings().attachment_mb_staff)


def _limits(megabytes: int) -> Limits:
    found = settings()
    return Limits(
        extensions=frozenset(found.attachment_types or ()),
        file_bytes=megabytes * MEGABYTE,
        files=found.attachments_per_message,
        total_bytes=found.attachments_mb * MEGABYTE,
    )
