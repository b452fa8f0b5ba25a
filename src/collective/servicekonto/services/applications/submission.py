"""What is submitted, and how an application is made of it."""

from collections.abc import Mapping
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.attachments.content import keep
from collective.servicekonto.postbox.box import new_id
from collective.servicekonto.postbox.text import clean_line
from collective.servicekonto.services.applications import workflow
from collective.servicekonto.services.applications.content import Answer
from collective.servicekonto.services.applications.content import Antrag
from collective.servicekonto.services.applications.content import Content
from collective.servicekonto.services.applications.content import File
from collective.servicekonto.services.applications.numbers import application_number
from collective.servicekonto.services.applications.rules import Actor
from collective.servicekonto.services.applications.rules import due_on
from collective.servicekonto.services.applications.timeline import add
from collective.servicekonto.services.applications.timeline import Step
from collective.servicekonto.store.service import get_store
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from plone.dexterity.utils import createContent
from typing import Any
from typing import NamedTuple


# The due queue of brochures. One that is still in use is stored anew then; so nothing
# has to be written whenever it is handed out.
BROCHURES = "brochures"
BROCHURE_KEPT = timedelta(days=30)

# So many digits of the id are its number.
_NUMBER = 12


class Brochure(NamedTuple):
    """A file that the town hands out with the copy."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class NewApplication:
    """What a citizen submits; all of it was checked before.

    ``account`` and ``session`` are None for a citizen without an account; ``email`` is
    where the copy goes then, or empty. ``mails_changes`` whether changes are mailed
    there, too.
    ``level``       that the service required: nobody sees the application below it
    ``files``       pairs of the field's name and an Attachment
    ``attributes``  names of those that are handed over, see dataaccess
    ``retentions``  how long it is kept in each state after it got there
    ``decision_days`` in which the office wants to decide, None for no such time
    ``takes_documents`` whether further ones can be added later
    """

    service_uid: str
    service_title: str
    office_uid: str
    office_name: str
    account: Any = None
    session: Session | None = None
    email: str = ""
    mails_changes: bool = False
    level: TrustLevel = TrustLevel.LOW
    answers: tuple[Answer, ...] = ()
    files: tuple[tuple[str, Attachment], ...] = ()
    attributes: tuple[str, ...] = ()
    purpose: str = ""
    legal_basis: str = ""
    retentions: Mapping[str, timedelta] = field(default_factory=dict)
    decision_days: int | None = None
    takes_documents: bool = True
    brochures: tuple[Brochure, ...] = ()
    language: str = "de"


def make(new: NewApplication, now: datetime) -> Any:
    """Store the application in its first state and return it, wrapped in the portal."""
    application: Antrag = createContent(
        workflow.TYPE_NAME, title=clean_line(new.service_title)
    )
    application.id = _free_id(now)
    application.number = application_number(application.id)
    application.account_id = "" if new.account is None else new.account.id
    application.email = new.email
    application.mails_changes = new.mails_changes
    application.language = new.language
    application.level = new.level.value
    application.service = new.service_uid
    application.office = new.office_uid
    application.office_name = clean_line(new.office_name)
    application.submitted = int(now.timestamp())
    application.purpose = new.purpose
    application.legal_basis = new.legal_basis
    application.content = Content(new.answers)
    application.stored_files = tuple(
        tuple(File(name, application.submitted, one)) for name, one in new.files
    )
    due = due_on(day_of(now), new.decision_days)
    application.due = "" if due is None else due.isoformat()
    application.open_for_documents = new.takes_documents
    application.retentions = tuple(
        (str(state), time.days) for state, time in new.retentions.items()
    )
    get_store().applications[application.id] = application
    wrapped = application.__of__(get_portal())
    workflow.begin(wrapped)
    state = workflow.state(wrapped)
    add(wrapped, Step(application.submitted, state, Actor.CITIZEN.value))
    return wrapped


def handed_out(
    brochures: tuple[Brochure, ...], now: datetime
) -> tuple[Attachment, ...]:
    """Return the brochures as attachments. Each is stored once for many citizens."""
    return tuple(_stored(one, now) for one in brochures)


def forget_brochure(key: str) -> None:
    """Hand the file out no more; it stays in the messages that it came with."""
    get_store().brochures.pop(key, None)


def _stored(brochure: Brochure, now: datetime) -> Attachment:
    store = get_store()
    key = sha256(repr(brochure[:2]).encode() + brochure.content).hexdigest()
    if key not in store.brochures:
        file = keep(brochure.content, brochure.name, brochure.media_type)
        store.brochures[key] = file
        store.queue(BROCHURES).add(key, int((now + BROCHURE_KEPT).timestamp()))
    stored: Attachment = store.brochures[key]
    return stored


def _free_id(now: datetime) -> str:
    """Return a new id whose number no other application has."""
    known = get_store().applications
    while True:
        new = new_id(int(now.timestamp() * 1e9))
        start = new[:_NUMBER]
        # “g” comes behind all hexadecimal digits.
        if not any(True for _one in known.keys(start, f"{start}g")):
            return new
