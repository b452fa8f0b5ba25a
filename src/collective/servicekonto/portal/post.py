"""Letters from the portal to its citizens."""

from collective.servicekonto.mail.compose import compose
from collective.servicekonto.mail.compose import Letter
from collective.servicekonto.mail.compose import Sender
from collective.servicekonto.mail.outbox import put
from collective.servicekonto.mail.outbox import queue_directory
from collective.servicekonto.mail.outbox import send_queued
from collective.servicekonto.portal.service import get_portal
from datetime import datetime
from plone import api
from zope.component.hooks import getSite
from zope.component.hooks import setSite


def send_letter(
    letter: Letter,
    recipient: str,
    language: str,
    now: datetime,
    expires: datetime | None,
    receipt: str = "",
    returns_to: str = "",
) -> None:
    """Mail the letter once the present transaction is committed.

    Without ``expires`` it waits for the mail server as long as it takes. ``receipt``
    names a receipt (see mail.receipts). Mail servers report to ``returns_to`` that they
    cannot deliver it, by default to the sender's address.
    """
    portal = get_portal()
    sender = Sender(portal.sender_name, portal.sender_address, portal.contact or "")
    message = compose(letter, sender, recipient, language, now, expires, receipt)
    queue = queue_directory(getSite())
    put(message, returns_to or sender.address, recipient, queue)
    send_queued(api.portal.get_tool("MailHost"), queue)


def resume_sending(event) -> None:
    """Send what an earlier process left in the queues."""
    connection = event.database.open()
    before = getSite()
    try:
        root = connection.root().get("Application")
        for site in [] if root is None else root.objectValues("Plone Site"):
            queue = queue_directory(site)
            if queue.is_dir():
                # Plone reads the mail settings from the registry of the site.
                setSite(site)
                send_queued(site.MailHost, queue)
    finally:
        setSite(before)
        connection.close()
