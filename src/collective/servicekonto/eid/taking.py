"""What a card said becomes part of an account that has this card already."""

from collective.servicekonto.accounts import cards
from collective.servicekonto.accounts import invented
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.accounts.attributes import put
from collective.servicekonto.dataaccess.service import note_reading
from collective.servicekonto.eid import letters
from collective.servicekonto.eid.port import Result
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.changes import updates
from collective.servicekonto.identity.means import Kind
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zope.i18nmessageid import Message


MOVED_PAGE = "anschrift-uebernommen"

_LEVEL = Kind.ONLINE_AUSWEIS.level


def known_as(result: Result) -> str:
    """Return the keyed hash under which the card is known, marked for a test identity."""
    hidden = cards.hidden(result.pseudonym)
    return invented.marked(hidden) if result.is_test else hidden


def take_over(account: Any, read: dict[str, Attribute], now: datetime) -> bool:
    """Keep what differs from the account; return whether something did.

    At a log-in this is the address after a move (BSI TR-03160-1, chapter 2.7), of which
    the citizen is told by mail.
    """
    changed = updates(attributes(account), read, _LEVEL, _LEVEL)
    for name, new in changed.items():
        put(account, name, new)
    if changed:
        cards.note_holder(account)
        letters.tell(account, letters.changed, now)
    return bool(changed)


def page_after(back: str, changed: bool) -> str:
    """Return the page that comes next: first the one that tells what was changed."""
    return f"{MOVED_PAGE}?weiter={quote(back)}" if changed else back


def note(
    account: Any, purpose: Message, read: dict[str, Attribute], now: datetime
) -> None:
    """Note in the citizen's log of data transfers what was read. Raises NotActive."""
    note_reading(account, letters.in_words(purpose, account), _LEVEL, read, now)
