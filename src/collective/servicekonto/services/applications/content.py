"""The content type Antrag. It is kept in the store, never in the catalog."""

from collective.servicekonto import _
from collective.servicekonto.accounts.content import Uncatalogued
from collective.servicekonto.identity.levels import TrustLevel
from persistent import Persistent
from plone.supermodel import model
from typing import Any
from typing import NamedTuple
from zope import schema
from zope.interface import implementer


class Answer(NamedTuple):
    """What was entered into one field of the form.

    ``text``   as a person reads it
    ``value``  as JSON can hold it, for programs of the office
    ``origin`` empty where it was typed, else trust level and source of the attribute,
               with a colon between them
    """

    field: str
    label: str
    page: str
    text: str
    value: Any
    origin: str = ""


class File(NamedTuple):
    """A file of the citizen.

    ``field``      of the form; empty for what was added later
    ``at``         epoch seconds
    ``attachment`` see postbox.attachments
    """

    field: str
    at: int
    attachment: Any


class Content(Persistent):
    """What was entered, apart from what changes: nobody reads it who only lists."""

    def __init__(self, answers: tuple[Answer, ...]) -> None:
        self.answers = tuple(map(tuple, answers))


class IAntrag(model.Schema):
    """What an application says. A webmaster adds fields in the site's type editor."""

    title = schema.TextLine(title=_("Service"))


@implementer(IAntrag)
class Antrag(Uncatalogued):
    """An application to an Online-Dienst; its state is that of the site's workflow.

    ``number``      for people, see applications.numbers
    ``account_id``  empty where it was sent without an account, or that is gone
    ``email``       of a citizen without an account, or empty
    ``mails_changes`` whether the citizen wants to be mailed when it changes
    ``link_uses``   how often it was opened by a link of a mail
    ``language``    in which the form was filled in
    ``level``       value of TrustLevel: what a session of the citizen needs to see it
    ``service``     UID of the Online-Dienst; ``title`` is its title at that time
    ``office``      UID of the office
    ``office_name`` its name at that time
    ``submitted``   epoch seconds
    ``purpose``, ``legal_basis``  for which the office got the data
    ``content``     the answers, see ``answers``
    ``stored_files`` plain tuples, see ``files``
    ``paper``       all of it as PDF, an Attachment; None while it could not be made
    ``paper_at``    epoch seconds; when making the PDF is tried again, else 0
    ``scan_at``     epoch seconds; when the files were to be scanned last, else 0
    ``timeline``    plain tuples, see applications.timeline
    ``thread``      id of the first message in the Postfach, or empty
    ``due``         day until which the office decides as an ISO text, empty for none
    ``assigned``    id of the clerk who works on it, or empty
    ``notes``       of the staff, plain tuples, see applications.notes
    ``open_for_documents`` whether the service takes further documents
    ``retentions``  pairs of state and days
    ``keep_until``  epoch seconds; end of its retention
    """

    number = ""
    account_id = ""
    email = ""
    mails_changes = False
    link_uses = 0
    language = "de"
    level = TrustLevel.LOW.value
    service = ""
    office = ""
    office_name = ""
    submitted = 0
    purpose = ""
    legal_basis = ""
    content: Content
    stored_files: tuple[tuple[Any, ...], ...] = ()
    paper: Any = None
    paper_at = 0
    scan_at = 0
    timeline: tuple[tuple[Any, ...], ...] = ()
    thread = ""
    due = ""
    assigned = ""
    notes: tuple[tuple[Any, ...], ...] = ()
    open_for_documents = False
    retentions: tuple[tuple[str, int], ...] = ()
    keep_until = 0

    def addCreator(self, creator=None) -> None:
        """Say nowhere but in ``account_id`` whose it is: that can be taken away."""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What was entered into the form, in its order."""
        return tuple(Answer(*one) for one in self.content.answers)

    @property
    def files(self) -> tuple[File, ...]:
        """The citizen's files, those of the form first."""
        return tuple(File(*one) for one in self.stored_files)
