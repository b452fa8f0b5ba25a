"""What citizens read in their Postfach, through plone.restapi.

GET changes nothing, so it shows the content of a message only after it was opened
with POST: nobody reads what the receipt does not say was retrieved.
"""

from base64 import b64encode
from collective.servicekonto.clock import now
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.receipts import service as receipts
from collective.servicekonto.postbox.receipts import signing
from collective.servicekonto.postbox.receipts.document import document
from collective.servicekonto.postbox.rest import shown
from collective.servicekonto.postbox.rest.base import day
from collective.servicekonto.postbox.rest.base import OwnPostbox
from collective.servicekonto.postbox.rest.base import word
from collective.servicekonto.postbox.rules import CITIZENS_FOLDERS
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.service import Order
from collective.servicekonto.postbox.service import Search
from enum import Enum
from typing import Any


CitizensFolder = Enum(  # type: ignore[misc]
    "CitizensFolder", {one.name: one.value for one in CITIZENS_FOLDERS}
)


class Listing(OwnPostbox):
    """A service that returns a page of a folder."""

    def page(self, wanted: dict[str, Any], search: Search) -> dict[str, Any]:
        """Return the messages of the folder that the search finds."""
        named = word(CitizensFolder, "folder", wanted.get("folder"), None)
        folder = Folder.INBOX if named is None else Folder(named.value)
        order = word(Order, "order", wanted.get("order"), Order.NEWEST)
        level, today = self.session.level, day_of(now())
        page = service.listing(
            self.account, level, folder, search, order, wanted.get("behind", "")
        )
        return {
            "@id": link(get_portal(), "@servicekonto-postbox"),
            "folder": folder.value,
            "order": order.value,
            "unread": service.unread(self.account.id),
            "items": [shown.summary(one, level, today) for one in page.messages],
            "behind": page.behind or None,
        }


class ListFolder(Listing):
    """GET @servicekonto-postbox: a folder, twenty messages at a time.

    ``folder`` and ``order`` are words, ``behind`` is the id to go on from. Nothing
    that a citizen types is part of the address.
    """

    def act(self):
        """Return the page."""
        self.parts(0)
        wanted = {name: str(text) for name, text in self.request.form.items()}
        return self.page(wanted, Search())


class SearchFolder(Listing):
    """POST @servicekonto-postbox-search: what of a folder fits the words."""

    texts = ("folder", "order", "behind", "text", "sender", "since", "until")
    flags = ("unread",)

    def act(self):
        """Return the page."""
        sent = self.sent()
        search = Search(
            text=sent.get("text", ""),
            sender=sent.get("sender", ""),
            since=day("since", sent.get("since")),
            until=day("until", sent.get("until")),
            unread=sent.get("unread", False),
        )
        return self.page(sent, search)


class Unread(OwnPostbox):
    """GET @servicekonto-postbox-unread: how many messages are unread."""

    def act(self):
        """Return the number."""
        return {"unread": service.unread(self.account.id)}


class Message(OwnPostbox):
    """GET @servicekonto-postbox-message/ID: a message and its thread."""

    def act(self):
        """Return it, with its content where it was opened already."""
        level = self.session.level
        message = service.unlocked(self.account, self.named.id, level)
        return shown.whole(self.account, message, level, day_of(now()))


class Open(OwnPostbox):
    """POST @servicekonto-postbox-open/ID: read a message, which the receipt notes."""

    def act(self):
        """Return the message with its content."""
        account, level = self.account, self.session.level
        message = service.read(account, self.named.id, level, now())
        return shown.whole(account, message, level, day_of(now()))


class Receipt(OwnPostbox):
    """GET @servicekonto-postbox-receipt/ID: the receipt of a message.

    It says nothing of the content, so that no trust level is needed.
    """

    def act(self):
        """Return it as the verifier takes it."""
        return document(self.named.receipt)


class ReceiptKeys(PortalService):
    """GET @servicekonto-receipt-key: the public keys with which receipts are verified."""

    def answer(self):
        """Return the keys of today and of the past."""
        return {
            "@id": link(get_portal(), "@servicekonto-receipt-key"),
            "algorithm": "Ed25519",
            "keys": [
                {
                    "id": signing.key_id(one),
                    "base64": b64encode(one).decode("ascii"),
                    "pem": signing.as_pem(one),
                }
                for one in receipts.public_keys()
            ],
        }
