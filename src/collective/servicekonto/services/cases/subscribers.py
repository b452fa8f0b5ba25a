"""What happens to applications is noted for programs of the office."""

from collective.servicekonto.postbox.webhooks.outbox import Told
from collective.servicekonto.services.cases import feed
from typing import Any


def submitted(event: Any) -> None:
    """An application came."""
    feed.note(event.application, Told.APPLICATION_SUBMITTED, event.now)


def changed(event: Any) -> None:
    """An application got into another state."""
    feed.note(event.application, Told.APPLICATION_CHANGED, event.now)


def documents_added(event: Any) -> None:
    """The citizen added documents."""
    feed.note(event.application, Told.APPLICATION_DOCUMENTS, event.now)


def removed(event: Any) -> None:
    """The time of an application is over."""
    feed.forget(event.application)
