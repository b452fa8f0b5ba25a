"""From 1003 to 1004: citizens upgrade their account with the Online-Ausweis."""

from BTrees.OOBTree import OOBTree
from collective.servicekonto.store.service import query_store


_NEW_TREES = ("cards", "eid_sessions", "counter_cases")


def make_room_for_cards(context) -> None:
    """Let the store know cards, readings under way, and what waits at counters."""
    store = query_store()
    if store is None:
        return
    for name in _NEW_TREES:
        if not hasattr(store, name):
            setattr(store, name, OOBTree())
