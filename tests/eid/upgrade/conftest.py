"""Citizens with cards, and the eID-Server of the portal."""

from tests.eid.holders import account
from tests.eid.holders import erika
from tests.eid.holders import new_browser
from tests.eid.holders import provider
from tests.eid.holders import site
from tests.eid.holders import stored
from tests.eid.holders import trial


__all__ = [
    "account",
    "erika",
    "new_browser",
    "provider",
    "site",
    "stored",
    "trial",
]
