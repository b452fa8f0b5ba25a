"""What modules that prove things about a citizen offer to those who register."""

from zope.interface import Attribute
from zope.interface import Interface


class IAccountOffer(Interface):
    """Named utility for an account beside the plain one; its name is what is chosen.

    What is proven is put into the registration with registration.service.prove.
    """

    title = Attribute("What the citizen chooses")
    page = Attribute("The page of the portal on which the proof is brought")
    deletion = Attribute("What is needed to delete such an account, for the citizen")

    def is_possible():
        """Tell whether it can be chosen at present."""

    def entries(values, translate):
        """Return what was proven, to read: pairs of a title and lines.

        ``values`` are those of attributes by name.
        """
