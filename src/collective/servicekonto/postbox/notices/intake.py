"""What came back is taken in: from a Maildir, or from a mail server over HTTP.

Nothing of such a mail is stored or logged. Whoever knows a token can say that a mail
came back, so nothing more than that is believed.
"""

from collective.servicekonto.postbox.notices import returns
from collective.servicekonto.postbox.notices import service
from collective.servicekonto.postbox.notices.reports import LONGEST
from collective.servicekonto.postbox.notices.reports import recipients_of_failure
from datetime import datetime
from pathlib import Path
import os


ENVIRONMENT = "SERVICEKONTO_BOUNCES"


def take_in(raw: bytes, now: datetime) -> bool:
    """Take in a mail that arrived where mails come back.

    Tells whether it reports that a notice of ours was given up. To take in the same
    mail twice does nothing more.
    """
    found = dict.fromkeys(returns.tokens(recipients_of_failure(raw)))
    owners = [owner for token in found if (owner := returns.owner(token, now))]
    taken = [service.take_back(account, token, now) for account, token in owners]
    return any(taken)


def maildir() -> Path | None:
    """Return the Maildir that is configured, or None."""
    configured = os.environ.get(ENVIRONMENT)
    return Path(configured) if configured else None


def waiting() -> list[Path]:
    """Return the files of the Maildir, in the order of their names."""
    directory = maildir()
    if directory is None:
        return []
    files = [path for name in ("new", "cur") for path in directory.glob(f"{name}/*")]
    return sorted(path for path in files if path.is_file() and not path.is_symlink())


def read(path: Path) -> bytes:
    """Return as much of the file as matters; nothing where it is gone."""
    try:
        with path.open("rb") as file:
            return file.read(LONGEST)
    except FileNotFoundError:
        return b""
