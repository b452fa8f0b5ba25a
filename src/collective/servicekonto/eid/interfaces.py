"""What a reading of a card is for."""

from zope.interface import Attribute
from zope.interface import Interface


class IPurpose(Interface):
    """Named utility for each Purpose: what is done with what the card said."""

    page = Attribute("The page of the portal on which the citizen can begin anew")

    def receive(request, one, result, now):
        """Take the Result of the EIDSession; return the page that comes next.

        The card was read in the browser of the request. Raises rules.Refused.
        """
