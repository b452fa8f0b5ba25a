"""The door to the citizens' data."""

from Acquisition import aq_base
from collective.servicekonto.store.root import Store
from collective.servicekonto.store.tokens import digest
from collective.servicekonto.store.tokens import KEPT_AFTER_EXPIRY
from collective.servicekonto.store.tokens import Token
from typing import Any
from zope.annotation.attribute import AttributeAnnotations
from zope.annotation.interfaces import IAnnotations
from zope.component.hooks import getSite


ANNOTATION = "collective.servicekonto"

# The due queue of tokens.
TOKENS = "tokens"


class NoStore(LookupError):
    """No Bürgerportal was ever added to this site."""


def query_store(site: Any = None) -> Store | None:
    """Return the store of the site (default: the present one), or None."""
    site = getSite() if site is None else site
    # What IAnnotations finds; a page asks dozens of times, and searching takes longer.
    store: Store | None = AttributeAnnotations(aq_base(site)).get(ANNOTATION)
    return store


def get_store(site: Any = None) -> Store:
    """Return the store of the site (default: the present one).

    Raises NoStore where no Bürgerportal was ever added.
    """
    store = query_store(site)
    if store is None:
        raise NoStore
    return store


def create_store(site: Any) -> Store:
    """Return the site's store, which is made when it is not there yet."""
    annotations = IAnnotations(site)
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = Store()
    return get_store(site)


def erase_store(site: Any) -> None:
    """Remove the citizens' data of the site for good."""
    annotations = IAnnotations(site)
    if ANNOTATION in annotations:
        del annotations[ANNOTATION]


def issue_token(token: Token) -> str:
    """Store the token, let it become due for removal, and return its secret."""
    store = get_store()
    raw = store.tokens.issue(token)
    store.queue(TOKENS).add(digest(raw), _removal(token.expires))
    return raw


def keep_token(raw: str, token: Token) -> str:
    """Store the token under a secret of the caller, and return the secret's hash."""
    store = get_store()
    store.tokens.keep(raw, token)
    store.queue(TOKENS).add(digest(raw), _removal(token.expires))
    return digest(raw)


def forget_token(hashed: str, expires: int) -> None:
    """Remove the token with this hash, if it is there, before its time."""
    store = get_store()
    store.tokens.discard(hashed)
    store.queue(TOKENS).remove(hashed, _removal(expires))


def discard_tokens(subject: str) -> None:
    """Remove all tokens that were issued for the subject, used and expired ones too."""
    for hashed, token in get_store().tokens.of(subject):
        forget_token(hashed, token.expires)


def _removal(expires: int) -> int:
    return expires + int(KEPT_AFTER_EXPIRY.total_seconds())
