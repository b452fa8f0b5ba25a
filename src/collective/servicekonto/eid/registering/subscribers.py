"""What is noted when an account is activated that was registered with a card."""

from collective.servicekonto import _
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.accounts.cards import query_card
from collective.servicekonto.accounts.clients import client_of
from collective.servicekonto.accounts.clients import UNKNOWN
from collective.servicekonto.clock import now
from collective.servicekonto.eid.taking import note
from collective.servicekonto.identity.changes import is_locked
from typing import Any
from zope.globalrequest import getRequest


def note_card(event: Any) -> None:
    """Note what was read, and that there is a card now."""
    account, request, moment = event.account, getRequest(), now()
    if query_card(account) is None:
        return
    read = {name: one for name, one in attributes(account).items() if is_locked(one)}
    note(account, _("Read from your Online-Ausweis when you registered"), read, moment)
    client = UNKNOWN if request is None else client_of(request)
    history.record(account, history.Event.CARD_ADDED, client, moment)
