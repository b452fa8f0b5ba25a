"""From 1002 to 1003: citizens apply with Online-Dienste."""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from collective.servicekonto.store.service import query_store


_NEW_TREES = {
    "applications": OOBTree,
    "account_applications": OOTreeSet,
    "office_applications": OOBTree,
    "brochures": OOBTree,
    "statistics": OOBTree,
    "case_feeds": OOBTree,
    "circulars": OOBTree,
}


def add_applications(context) -> None:
    """Make room for applications."""
    store = query_store()
    if store is None:
        return
    for name, tree in _NEW_TREES.items():
        if not hasattr(store, name):
            setattr(store, name, tree())
