"""The lists of threads of the offices: whose turn it is, and what is found by reference."""

from Acquisition import aq_base
from collective.servicekonto.postbox.box import OfficeBox
from collective.servicekonto.postbox.box import ThreadKey
from collective.servicekonto.postbox.rules import Turn
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import query_store
from datetime import datetime
from typing import Any


def set_turn(account: Any, first: Any, turn: Turn, now: datetime) -> None:
    """Note who has to answer next in the thread, and that something happened."""
    stored = aq_base(first)
    _take_off(account, stored)
    stored.turn = turn.value
    stored.last = int(now.timestamp())
    if stored.office:
        office_box(stored.office).put(thread_key(account, stored), turn is Turn.OFFICE)


def unlist(account: Any, first: Any) -> None:
    """Take the thread off the lists of its office for good."""
    _take_off(account, first)
    forget_reference(first)


def thread_key(account: Any, first: Any) -> ThreadKey:
    """Return what names the thread in the list of its office."""
    return ThreadKey(first.last // 60, first.id, account.id)


def query_office_box(office: str) -> OfficeBox | None:
    """Return the list of threads of the office, or None where it never had one."""
    store = query_store()
    return None if store is None else store.office_boxes.get(office)


def office_box(office: str) -> OfficeBox:
    """Return the list of threads of the office, a new one the first time."""
    boxes = get_store().office_boxes
    if office not in boxes:
        boxes[office] = OfficeBox()
    box: OfficeBox = boxes[office]
    return box


def note_reference(account: Any, first: Any) -> None:
    """Let the office find the thread by its own number."""
    if first.office and first.reference:
        box = office_box(first.office)
        box.note_reference(first.reference, first.id, account.id)


def forget_reference(first: Any) -> None:
    """Let the office find the thread no longer by its own number."""
    if first.office and first.reference:
        office_box(first.office).forget_reference(first.reference, first.id)


def _take_off(account: Any, first: Any) -> None:
    if first.office and first.last:
        office_box(first.office).take(thread_key(account, first))
