"""How long applications are kept, and their end."""

from Acquisition import aq_base
from collective.servicekonto.services.applications import lists
from collective.servicekonto.services.applications import paper
from collective.servicekonto.services.applications import rules
from collective.servicekonto.services.applications import scans
from collective.servicekonto.services.applications import workflow
from collective.servicekonto.store.service import discard_tokens
from collective.servicekonto.store.service import get_store
from datetime import datetime
from datetime import timedelta
from typing import Any


# The due queue of applications whose retention ends.
RETENTION = "applications"


def watch(application: Any, state: str, now: datetime) -> None:
    """Let the application be deleted at the end of its retention in this state."""
    decided = rules.is_decided(state, workflow.possible(state))
    kept = {name: timedelta(days=days) for name, days in application.retentions}
    until = int(rules.keep_until(state, decided, now, kept).timestamp())
    queue = get_store().queue(RETENTION)
    queue.remove(application.id, application.keep_until)
    application.keep_until = until
    queue.add(application.id, until)


def discard(application: Any) -> None:
    """Remove the application with all that is known of it."""
    store = get_store()
    stored = aq_base(application)
    lists.unlist(stored, workflow.state(application))
    store.queue(RETENTION).remove(stored.id, stored.keep_until)
    paper.forget(stored)
    scans.forget(stored)
    discard_tokens(stored.id)
    del store.applications[stored.id]
