"""What other modules can subscribe to."""

from datetime import datetime
from typing import Any
from zope.interface import Attribute
from zope.interface import implementer
from zope.interface import Interface


class IApplicationEvent(Interface):
    """Something happened to an application."""

    application = Attribute("The application, wrapped in the portal")
    now = Attribute("When it happened")


class IApplicationSubmitted(IApplicationEvent):
    """A citizen has applied for something."""


class IApplicationChanged(IApplicationEvent):
    """An application got into another state."""

    before = Attribute("The state it was in")
    state = Attribute("The state it is in")
    by = Attribute("Actor; who changed it")


class IDocumentsAdded(IApplicationEvent):
    """The citizen added documents."""


class IApplicationRemoved(IApplicationEvent):
    """The retention of an application is over; it is removed for good."""


class ApplicationEvent:
    """Base of the events."""

    def __init__(self, application: Any, now: datetime) -> None:
        self.application = application
        self.now = now


@implementer(IApplicationSubmitted)
class ApplicationSubmitted(ApplicationEvent):
    """A citizen has applied for something."""


@implementer(IApplicationChanged)
class ApplicationChanged(ApplicationEvent):
    """An application got into another state."""

    def __init__(
        self, application: Any, before: str, state: str, by: str, now: datetime
    ) -> None:
        super().__init__(application, now)
        self.before = before
        self.state = state
        self.by = by


@implementer(IDocumentsAdded)
class DocumentsAdded(ApplicationEvent):
    """The citizen added documents."""


@implementer(IApplicationRemoved)
class ApplicationRemoved(ApplicationEvent):
    """The retention of an application is over; it is removed for good."""
