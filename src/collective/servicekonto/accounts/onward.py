"""Where a log-in leads afterwards: pages of the portal, and nothing else."""

from urllib.parse import quote
import re


FIRST_PAGE = "mein-bereich"

# Where a log-in is confirmed with a passkey.
SECOND_STEP = "anmelden-passkey"

# Also messages, services and applications there.
_PAGE = re.compile(r"[a-z][a-z-]{0,40}(\?(nachricht|dienst|antrag)=[0-9a-f]{32})?")


def wanted_page(sent: object) -> str:
    """Return the page that the entry of an address names, empty for anything else."""
    page = str(sent)
    return page if _PAGE.fullmatch(page) and page != SECOND_STEP else ""


def onward(page: str, wanted: str) -> str:
    """Return the address of a page from which one goes on to the page that is wanted.

    Both are pages of the portal; an empty one is none in particular.
    """
    if not wanted:
        return page
    return f"{page}{'&' if '?' in page else '?'}weiter={quote(wanted)}"
