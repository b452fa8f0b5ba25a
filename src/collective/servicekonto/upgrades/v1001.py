"""From 1000 to 1001: accounts can be locked, and their use is watched."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.selfservice.deletion import inactivity
from collective.servicekonto.store.service import query_store
import transaction


BATCH = 1000


def watch_accounts(context) -> None:
    """See from now on whether the accounts are used that were activated before."""
    store = query_store()
    if store is None:
        return
    for number, account_id in enumerate(list(store.accounts), start=1):
        account = accounts.query_account(account_id)
        if accounts.is_active(account) and not account.look_at:
            inactivity.watch_new(account)
        if number % BATCH == 0:
            transaction.commit()
            store._p_jar.cacheGC()
