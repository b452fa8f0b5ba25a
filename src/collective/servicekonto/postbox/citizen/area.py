"""Where citizens find the Postfach: in Mein Bereich, and beside it on every page."""

from collective.servicekonto import _
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.portal.viewlets import HeaderLink
from collective.servicekonto.portal.viewlets import IHeaderLink
from collective.servicekonto.postbox import service
from collective.servicekonto.selfservice.area import AreaEntry
from zope.interface import provider


POSTFACH = AreaEntry(
    "postfach",
    _("Postfach"),
    _("What the town writes to you, and what you answered."),
    0,
)


@provider(IHeaderLink)
def header_link() -> HeaderLink:
    """Return the link to the Postfach with the number of unread messages."""
    session = current_session()
    number = 0 if session is None else service.unread(session.account_id)
    return HeaderLink("postfach", _("Postfach"), number, _unread(number))


def _unread(number: int):
    if number == 1:
        return _("unread message")
    return _("unread messages")
