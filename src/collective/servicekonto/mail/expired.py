"""Mails that are useless by now: expired in the queue, or refused for good."""

from datetime import datetime
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from pathlib import Path


def expired_mails(queue: Path, now: datetime) -> list[Path]:
    """Return the files of the queue that need not be kept any longer."""
    files = [path for folder in ("new", "cur") for path in queue.glob(f"{folder}/*")]
    files += queue.glob("*/.rejected-*")
    return sorted({path for path in files if _is_over(path, now)})


def _is_over(path: Path, now: datetime) -> bool:
    if path.name.startswith(".rejected-"):
        return True
    try:
        with path.open("rb") as file:
            expires = BytesHeaderParser().parse(file)["Expires"]
    except FileNotFoundError:
        return False
    return expires is not None and parsedate_to_datetime(expires) <= now
