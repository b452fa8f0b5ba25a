"""What a module offers to the cleanup."""

from dataclasses import dataclass
from zope.interface import Attribute
from zope.interface import Interface


class LeftForNextRun(Exception):
    """Raised by ``process``: the item stays due, since this run has done enough."""


@dataclass
class Plan:
    """What a run would do: how many items it would delete, and so on.

    ``warn``  citizens who would get a warning
    ``left``  what would be left for the next run
    """

    delete: int = 0
    warn: int = 0
    left: int = 0


class ICleanupProvider(Interface):
    """Named utility that knows what is due in one module.

    Items are texts. All methods work in the present transaction.
    """

    title = Attribute("What is deleted, as a message for people.")

    def due(now, after):
        """Yield the DueItems that are due, earliest first, behind ``after``."""

    def start():
        """A run begins, in the present thread."""

    def process(entry, now):
        """Delete the item, or put it back with a later deadline.

        Raises LeftForNextRun.
        """

    def postpone(entry, now):
        """The item failed; let it become due again after a growing pause."""

    def count(now):
        """Return how many items are due."""

    def plan(now):
        """Return the Plan of a run. Changes nothing."""

    def notes():
        """Return messages for people about what the cleanup cannot do by itself."""
