"""What the accounts do when something happened to one of them."""

from collective.servicekonto.accounts import history
from collective.servicekonto.accounts.clients import client_of
from collective.servicekonto.accounts.clients import UNKNOWN
from collective.servicekonto.clock import now
from zope.globalrequest import getRequest


def note_new_password(event) -> None:
    """Let the citizen find the change in the history."""
    request = getRequest()
    client = UNKNOWN if request is None else client_of(request)
    history.record(event.account, history.Event.PASSWORD_CHANGED, client, now())
