"""The content type Postfachnachricht. It is kept in the store, never in the catalog."""

from collective.servicekonto import _
from collective.servicekonto.accounts.content import Uncatalogued
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import Turn
from plone.supermodel import model
from typing import Any
from zope import schema
from zope.interface import implementer


LONGEST_SUBJECT = 200


class IPostfachnachricht(model.Schema):
    """What a message says. A webmaster adds fields in the site's type editor."""

    title = schema.TextLine(title=_("Subject"), max_length=LONGEST_SUBJECT)
    body = schema.Text(title=_("Text"))
    sender = schema.TextLine(title=_("Sender"))
    reference = schema.TextLine(title=_("Reference"), required=False)


@implementer(IPostfachnachricht)
class Postfachnachricht(Uncatalogued):
    """A message in the box of an account.

    ``body``        clean HTML
    ``sender``      who wrote it, as the citizen and the office read it
    ``office``      id of the office, empty for the system
    ``reference``   application or file number, as the office calls it
    ``kind``        value of Kind
    ``level``       value of TrustLevel; what a session needs for reading it
    ``reply_until`` last day for an answer as an ISO text, empty for none
    ``thread``      id of the first message of the thread
    ``provided``    epoch seconds; since when the citizen sees it, 0 while it waits
    ``provide_at``  epoch seconds; it waits until then
    ``opened``      epoch seconds; when it was opened first by whom it is for
    ``binned``      epoch seconds; since when it is in the bin, else 0
    ``before_bin``  value of State
    ``keep_until``  epoch seconds; end of its retention
    ``attachments`` see postbox.attachments
    ``receipt``     see postbox.receipts
    ``salt``        goes into the digest of the receipt, see postbox.receipts.digest
    ``refused``     name of a file with malicious software; it was never provided then
    ``legal_basis`` see postbox.deadlines; empty where nothing depends on the delivery
    ``last``        of the first message of a thread: the latest activity
    ``turn``        of the first message of a thread: value of Turn
    """

    body = ""
    sender = ""
    office = ""
    reference = ""
    kind = Kind.SYSTEM.value
    level = TrustLevel.BASIS.value
    reply_until = ""
    thread = ""
    provided = 0
    provide_at = 0
    opened = 0
    binned = 0
    before_bin = ""
    keep_until = 0
    attachments: tuple[Any, ...] = ()
    receipt: tuple[Any, ...] = ()
    salt = b""
    refused = ""
    legal_basis = ""
    last = 0
    turn = Turn.NOBODY.value
