"""What the accounts do when something happened to one of them."""

from collective.servicekonto.accounts import history
from collective.servicekonto.accounts.clients import client_of
from collective.servicekonto.accounts.clients import UNKNOWN
from collective.servicekonto.accounts.service import note_use
from collective.servicekonto.clock import now
from typing import Any
from zope.globalrequest import getRequest


def note_new_password(event) -> None:
    """Let the citizen find the change in the history."""
    _note(event.account, history.Event.PASSWORD_CHANGED)


def note_new_address(event) -> None:
    """Let the citizen find the change in the history."""
    _note(event.account, history.Event.ADDRESS_CHANGED)


def _note(account: Any, event: history.Event) -> None:
    note_use(account, now())
    request = getRequest()
    client = UNKNOWN if request is None else client_of(request)
    history.record(account, event, client, now())
