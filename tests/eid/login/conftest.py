"""Citizens with cards, and the eID-Server of the portal."""

from tests.eid.holders import _nothing_counted_before
from tests.eid.holders import account
from tests.eid.holders import erika
from tests.eid.holders import new_browser
from tests.eid.holders import provider
from tests.eid.holders import site
from tests.eid.holders import stored
from tests.eid.holders import trial


__all__ = [
    "_nothing_counted_before",
    "account",
    "erika",
    "new_browser",
    "provider",
    "site",
    "stored",
    "trial",
]
