"""Files of applications are scanned before an office gets them, where that is set up.

Unlike a message, an application does not wait for it: it has arrived.
"""

from collective.servicekonto.postbox.scanning import clear
from collective.servicekonto.postbox.scanning import has_to_wait
from collective.servicekonto.postbox.scanning import Infected
from collective.servicekonto.services.applications.content import File
from collective.servicekonto.store.service import get_store
from datetime import datetime
from typing import Any


# The due queue of applications with files that have still to be scanned.
SCANS = "application-files"


def expect(application: Any, now: datetime) -> None:
    """Let the files be scanned that were not."""
    if has_to_wait(one.attachment for one in application.files):
        _forget(application)
        application.scan_at = int(now.timestamp())
        get_store().queue(SCANS).add(application.id, application.scan_at)


def is_clear(file: File) -> bool:
    """Tell whether the file can be handed out."""
    return not has_to_wait([file.attachment])


def scan(application: Any) -> list[str]:
    """Scan the files; return the names of those with malicious software.

    These are removed. Raises NotScanned where it is not known.
    """
    infected = []
    for file in application.files:
        try:
            clear([file.attachment])
        except Infected as found:
            infected.append(found.name)
            _remove(application, file)
    return infected


def forget(application: Any) -> None:
    """Let nothing be scanned any more."""
    _forget(application)


def _forget(application: Any) -> None:
    get_store().queue(SCANS).remove(application.id, application.scan_at)


def _remove(application: Any, file: File) -> None:
    application.stored_files = tuple(
        tuple(one)
        for one in application.files
        if one.attachment.id != file.attachment.id
    )
