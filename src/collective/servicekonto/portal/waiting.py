"""What waits for whoever uses this browser, without an account."""

from dataclasses import dataclass
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.component import getUtilitiesFor
from zope.interface import Interface


class IWaiting(Interface):
    """Named utility of each module in which something can wait."""

    def __call__():
        """Yield a Waiting for each thing."""


@dataclass(frozen=True)
class Waiting:
    """A thing that waits; ``page`` is below the portal, and goes on with it, if any.

    ``id``      what it is about, such as the UID of a service
    ``behind``  where a log-in is to lead that takes it along, empty where none can
    """

    id: str
    text: Any
    page: str
    link_text: Any
    behind: str = ""


def waiting() -> list[Waiting]:
    """Return what waits in this browser."""
    return [one for _name, each in getUtilitiesFor(IWaiting) for one in each()]


class WaitingShown:
    """Part of a page that says what waits, and leads there."""

    waiting_template = ViewPageTemplateFile("waiting.pt")

    def waiting_here(self) -> list[Waiting]:
        """Return what the page tells of."""
        return waiting()

    def waiting(self) -> str:
        """Return HTML, or nothing."""
        found = self.waiting_here()
        return self.waiting_template(found=found) if found else ""
