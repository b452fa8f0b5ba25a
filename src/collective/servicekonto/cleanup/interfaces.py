"""What a module offers to the cleanup."""

from zope.interface import Attribute
from zope.interface import Interface


class ICleanupProvider(Interface):
    """Named utility that knows what is due in one module.

    Items are texts. All methods work in the present transaction.
    """

    title = Attribute("What is deleted, as a message for people.")

    def due(now, after):
        """Yield the DueItems that are due, earliest first, behind ``after``."""

    def process(entry, now):
        """Delete the item, or put it back with a later deadline."""

    def postpone(entry, now):
        """The item failed; let it become due again after a growing pause."""

    def count(now):
        """Return how many items are due."""
