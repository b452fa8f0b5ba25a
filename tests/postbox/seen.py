"""What a citizen sees in the box."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.service import Order
from collective.servicekonto.postbox.service import Search


LOW = TrustLevel.LOW


def titles(account, folder=Folder.INBOX, search=None, order=Order.NEWEST, level=LOW):
    """Return the subjects of a page of the folder."""
    page = service.listing(account, level, folder, search or Search(), order)
    return [one.title for one in page.messages]


def happened(message):
    """Return the events of the receipt."""
    return [entry.event for entry in chain.events(message.receipt)]
