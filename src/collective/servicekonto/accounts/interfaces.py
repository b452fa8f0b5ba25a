"""What modules that keep personal data offer."""

from collections.abc import Callable
from collections.abc import Iterable
from collective.servicekonto.portal.web import IPortalPage
from dataclasses import dataclass
from typing import Any
from zope.interface import Attribute
from zope.interface import Interface


class IOwnPage(IPortalPage):
    """A page that shows something of the citizen who is logged in."""

    way_back = Attribute("Where the log-in leads afterwards")


@dataclass(frozen=True)
class PersonalFile:
    """A file of the citizen: its path in the export, and how to read it in parts.

    ``size`` is in bytes. ``read`` is called after the transaction, without database.
    """

    path: str
    size: int
    read: Callable[[], Iterable[bytes]]


@dataclass(frozen=True)
class HandedOut:
    """What a session gets of personal data: JSON data, and files.

    ``missing`` are messages that say what it does not get, and what to do.
    """

    data: Any
    files: Iterable[PersonalFile]
    missing: tuple[Any, ...] = ()


@dataclass(frozen=True)
class LogInWay:
    """Another way to log in than with the password; ``page`` is below the portal."""

    page: str
    text: Any


class ILogInWay(Interface):
    """Named utility of each module that offers another way to log in."""

    def __call__():
        """Return a LogInWay, None where it is not possible at present."""


class IPersonalData(Interface):
    """Named utility of each module that keeps something about a citizen.

    Whoever stores personal data registers one: deletion and export only iterate
    over them. ``account`` is wrapped in the portal.
    """

    def contents(account):
        """Return messages that say what would be deleted, in the words of a citizen.

        Nothing is said about what the citizen need not know, such as tokens.
        """

    def warnings(account):
        """Return messages about what is open or unread, read before a deletion."""

    def data(account):
        """Return the data as JSON can hold them, for the citizen's export."""

    def files(account):
        """Return the PersonalFiles of the citizen, for the export."""

    def erase(account):
        """Remove everything for good."""


class IProtectedData(IPersonalData):
    """Of a module that does not give everything to every session.

    ``data`` and ``files`` give what each session gets.
    """

    def hand_out(account, level, now):
        """Return what a session of this trust level gets, as HandedOut.

        Whatever has to be noted when it is read is noted.
        """
