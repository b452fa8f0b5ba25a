"""Files are scanned before a message is provided, where a scanner is configured."""

from collections.abc import Iterable
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.attachments.scanner import is_configured
from collective.servicekonto.postbox.attachments.scanner import scan
from collective.servicekonto.postbox.attachments.scanner import SCAN_SECONDS
from collective.servicekonto.postbox.attachments.scanner import Verdict


class NotScanned(RuntimeError):
    """The scanner could not be asked; the message waits and is tried again."""


class Infected(ValueError):
    """A file holds malicious software; ``name`` is the file's."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def has_to_wait(attachments: Iterable[Attachment]) -> bool:
    """Tell whether a file has still to be scanned."""
    return is_configured() and not all(one.is_clean for one in attachments)


def clear(attachments: Iterable[Attachment], seconds: float = SCAN_SECONDS) -> None:
    """Scan what was not scanned yet, each within so many seconds.

    Raises Infected, or NotScanned where it is not known.
    """
    for one in attachments:
        if one.is_clean:
            continue
        verdict = scan(one, seconds)
        if verdict is Verdict.INFECTED:
            raise Infected(one.name)
        if verdict is Verdict.NOT_POSSIBLE:
            raise NotScanned
        one.is_clean = verdict is Verdict.CLEAN
