"""From 1003 to 1004: citizens upgrade their account with the Online-Ausweis."""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from collective.servicekonto.store.service import query_store


_NEW_TREES = {
    "cards": OOBTree,
    "card_holders": OOTreeSet,
    "eid_sessions": OOBTree,
    "counter_cases": OOBTree,
}


def make_room_for_cards(context) -> None:
    """Let the store know cards, readings under way, and what waits at counters."""
    store = query_store()
    if store is None:
        return
    for name, tree in _NEW_TREES.items():
        if not hasattr(store, name):
            setattr(store, name, tree())
