"""From 1001 to 1002: accounts get a Postfach, and links are found by account."""

from BTrees.OOBTree import OOBTree
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.postbox.messages import query_box
from collective.servicekonto.postbox.system import welcome_account
from collective.servicekonto.store.service import query_store
import transaction


BATCH = 1000

_NEW_TREES = ("postboxes", "office_boxes", "orders")


def add_postboxes(context) -> None:
    """Make room for messages, and welcome those who registered before."""
    store = query_store()
    if store is None:
        return
    for name in _NEW_TREES:
        if not hasattr(store, name):
            setattr(store, name, OOBTree())
    for number, account_id in enumerate(list(store.accounts), start=1):
        account = accounts.query_account(account_id)
        if accounts.is_active(account) and query_box(account_id) is None:
            welcome_account(account)
        if number % BATCH == 0:
            transaction.commit()
            store._p_jar.cacheGC()


def index_tokens(context) -> None:
    """Let the links that were mailed before go with their accounts, too."""
    store = query_store()
    if store is not None:
        store.tokens.index_subjects()
