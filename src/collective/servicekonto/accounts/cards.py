"""The Online-Ausweis of an account, and which account a card belongs to.

The pseudonym that a card has for this portal (BSI TR-03110, Restricted Identification)
is kept as a keyed hash only: whoever reads the database cannot compare it with other
services, nor find out whose card it is. The same is true of the minimum data, by which
the account is found with a new card.
"""

from collections.abc import Mapping
from collective.servicekonto.accounts import invented
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.changes import is_locked
from collective.servicekonto.identity.changes import MINIMUM_DATA
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.identity.means import Means
from collective.servicekonto.identity.means import MeansRefused
from collective.servicekonto.keys import signature
from collective.servicekonto.store.service import get_store
from datetime import datetime
from typing import Any
from typing import NamedTuple
import json
import secrets


_PURPOSE = "online-ausweis"
_HOLDER = "minimum-data"


class CardTaken(MeansRefused):
    """The card belongs to another account; nobody is told to which."""


class CardUnknown(LookupError):
    """The account has no Online-Ausweis."""


class Card(NamedTuple):
    """The Online-Ausweis as the account keeps it. Times in epoch seconds, 0 for never.

    ``pseudonym`` is the keyed hash (see ``hidden``), ``holder`` that of the minimum data
    (see ``holder_of``).
    """

    id: str
    pseudonym: str
    registered: int
    blocked: int = 0
    last_used: int = 0
    holder: str = ""

    @property
    def means(self) -> Means:
        """Return what the rules need to know of it.

        It is not confirmed where it is a test identity's, and none are allowed.
        """
        return Means(
            self.id,
            Kind.ONLINE_AUSWEIS,
            "",
            self.registered,
            confirmed=invented.counts(self.pseudonym),
            blocked=self.blocked,
        )


def hidden(pseudonym: str) -> str:
    """Return the keyed hash under which the card with this pseudonym is known.

    Of a test identity it is marked (see accounts.invented).
    """
    return signature(_PURPOSE, pseudonym)


def query_card(account: Any) -> Card | None:
    """Return the Online-Ausweis of the account, or None."""
    return Card(*account.card) if account.card else None


def get_card(account: Any) -> Card:
    """Return the Online-Ausweis of the account. Raises CardUnknown."""
    card = query_card(account)
    if card is None:
        raise CardUnknown
    return card


def owner(pseudonym: str) -> str | None:
    """Return the id of the account that has the card with this keyed hash, or None."""
    found: str | None = get_store().cards.get(pseudonym)
    return found


def number_of_invented() -> int:
    """Return how many accounts have, or had, the card of a test identity."""
    return invented.number(get_store().cards)


def check_free(account: Any, pseudonym: str) -> None:
    """Raise CardTaken where the card belongs to another account."""
    if owner(pseudonym) not in (None, account.id):
        raise CardTaken


def keep(account: Any, pseudonym: str, now: datetime) -> Card:
    """Let the card belong to the account.

    Raises CardTaken. Of two accounts at the same time the database refuses one, which
    is tried again and then meets that.
    """
    check_free(account, pseudonym)
    moment = int(now.timestamp())
    forget(account)
    card = Card(secrets.token_hex(8), pseudonym, moment, last_used=moment)
    get_store().cards[pseudonym] = account.id
    return put(account, card)


def replace(account: Any, pseudonym: str, now: datetime) -> Card:
    """Let a new card take the place of the account's.

    One that is blocked stays known, and leads to no session: whoever has stolen it must
    not take it for a new card once more. Raises CardTaken or CardUnknown.
    """
    former = get_card(account)
    card = keep(account, pseudonym, now)
    if former.blocked:
        get_store().cards[former.pseudonym] = account.id
        account.refused_cards = (*account.refused_cards, former.pseudonym)
    return card


def put(account: Any, card: Card) -> Card:
    """Store the card as it is. The rules were asked before."""
    account.card = tuple(card)
    return card


def forget(account: Any) -> None:
    """Let the account have no card any more; the card can be used elsewhere."""
    card = query_card(account)
    if card is not None:
        get_store().cards.pop(card.pseudonym, None)
        _forget_holder(account, card)
        account.card = ()


def erase(account: Any) -> None:
    """Forget the card, and those that were refused for ever."""
    forget(account)
    for pseudonym in account.refused_cards:
        get_store().cards.pop(pseudonym, None)
    account.refused_cards = ()


def note_holder(account: Any) -> None:
    """Let the account be found by the minimum data that its card has proven.

    To be called after they changed. Raises CardUnknown.
    """
    card = get_card(account)
    holder = holder_of(attributes(account))
    if holder == card.holder:
        return
    _forget_holder(account, card)
    if holder:
        get_store().card_holders.insert(_entry(holder, account))
    put(account, card._replace(holder=holder))


def holder_of(known: Mapping[str, Attribute]) -> str:
    """Return the keyed hash of the minimum data (BSI TR-03160-1, chapter 2.2).

    It is "" unless an Online-Ausweis has proven every one of them.
    """
    data = [known.get(name) for name in MINIMUM_DATA]
    if not all(map(is_locked, data)):
        return ""
    values = [one.value for one in data if one is not None]
    return signature(_HOLDER, json.dumps(values, sort_keys=True))


def held_by(holder: str) -> list[str]:
    """Return the ids of the accounts whose cards have proven these minimum data."""
    found = get_store().card_holders.keys(f"{holder}:", f"{holder};")
    return [entry.partition(":")[2] for entry in found]


def _forget_holder(account: Any, card: Card) -> None:
    entry = _entry(card.holder, account)
    if entry in get_store().card_holders:
        get_store().card_holders.remove(entry)


def _entry(holder: str, account: Any) -> str:
    return f"{holder}:{account.id}"
