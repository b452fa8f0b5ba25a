"""What a reading of a card is for."""

from collective.servicekonto.accounts.sessions import Ticket
from typing import NamedTuple
from zope.interface import Attribute
from zope.interface import Interface


class Received(NamedTuple):
    """What follows from a reading.

    ``page``   the page of the portal that comes next
    ``ticket`` of the citizen's session, where it has a new id
    """

    page: str
    ticket: Ticket | None = None


class IPurpose(Interface):
    """Named utility for each Purpose: what is done with what the card said."""

    page = Attribute("The page of the portal on which the citizen can begin anew")

    def receive(request, one, result, now):
        """Take the Result of the EIDSession; return what follows, as Received.

        The card was read in the browser of the request. Raises rules.Refused.
        """
