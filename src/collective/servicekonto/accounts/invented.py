"""Test identities: invented persons, whose cards prove something on a trial site only.

A setting and the environment of the process have to agree on that, so that no browser
alone can let them in. The name under which a card is known says whether it is one; where
they are not allowed any more, nothing that they proved counts.
"""

from plone import api
from typing import Any
import os


ENVIRONMENT = "SERVICEKONTO_EID_TEST_IDENTITIES"
SETTING = "collective.servicekonto.eid.allow_test_identities"

_ALLOWED = "1"
_MARK = "test:"
_AFTER = "test;"


def are_allowed() -> bool:
    """Tell whether setting and environment let test identities in.

    A site whose profile was not upgraded yet knows no such setting.
    """
    if os.environ.get(ENVIRONMENT) != _ALLOWED:
        return False
    return bool(api.portal.get_registry_record(SETTING, default=False))


def marked(pseudonym: str) -> str:
    """Return the keyed hash of a card as that of a test identity."""
    return _MARK + pseudonym


def is_test(pseudonym: str) -> bool:
    """Tell whether the keyed hash is that of a test identity's card."""
    return pseudonym.startswith(_MARK)


def counts(pseudonym: str) -> bool:
    """Tell whether the card with this keyed hash proves anything here."""
    return not is_test(pseudonym) or are_allowed()


def is_void(account: Any) -> bool:
    """Tell whether the account has a card that proves nothing here."""
    _id, pseudonym, *_rest = account.card or ("", account.pending_card)
    return not counts(pseudonym)


def number(cards: Any) -> int:
    """Return how many of the accounts in the tree of cards have a test identity's."""
    return len(set(cards.values(_MARK, _AFTER)))
