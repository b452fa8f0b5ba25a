"""Which accounts can be registered: the plain one, and what other modules offer."""

from collective.servicekonto.registration.interfaces import IAccountOffer
from collective.servicekonto.registration.rules import ACCOUNTS
from typing import Any
from zope.component import getUtilitiesFor
from zope.component import queryUtility


def accounts() -> dict[str, Any]:
    """Return the title of each account that can be chosen at present, by its name."""
    more = {
        name: offer.title
        for name, offer in getUtilitiesFor(IAccountOffer)
        if offer.is_possible()
    }
    return ACCOUNTS | more


def query_offer(account: str) -> Any | None:
    """Return the IAccountOffer of the account, None for one that needs no proof."""
    return queryUtility(IAccountOffer, name=account) if account else None
