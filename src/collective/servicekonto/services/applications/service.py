"""The door to applications: how forms, offices and citizens come to them.

An application is wrapped in the portal. Whoever calls these functions with one has
checked whose it is: the account's own, or one of the office that the user works for.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts.service import is_active
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.dataaccess.service import NotYourSession
from collective.servicekonto.dataaccess.service import Recipient
from collective.servicekonto.dataaccess.service import transmit
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.text import clean_text
from collective.servicekonto.services.applications import copies
from collective.servicekonto.services.applications import daily
from collective.servicekonto.services.applications import links
from collective.servicekonto.services.applications import lists
from collective.servicekonto.services.applications import numbers
from collective.servicekonto.services.applications import paper
from collective.servicekonto.services.applications import retention
from collective.servicekonto.services.applications import rules
from collective.servicekonto.services.applications import scans
from collective.servicekonto.services.applications import submission
from collective.servicekonto.services.applications import timeline
from collective.servicekonto.services.applications import workflow
from collective.servicekonto.services.applications.content import Answer
from collective.servicekonto.services.applications.content import File
from collective.servicekonto.services.applications.daily import TooManyApplications
from collective.servicekonto.services.applications.events import ApplicationChanged
from collective.servicekonto.services.applications.events import ApplicationRemoved
from collective.servicekonto.services.applications.events import ApplicationSubmitted
from collective.servicekonto.services.applications.events import DocumentsAdded
from collective.servicekonto.services.applications.rules import Actor
from collective.servicekonto.services.applications.rules import ChangeRefused
from collective.servicekonto.services.applications.rules import State
from collective.servicekonto.services.applications.submission import Brochure
from collective.servicekonto.services.applications.submission import NewApplication
from collective.servicekonto.services.applications.timeline import Step
from collective.servicekonto.store.service import query_store
from datetime import datetime
from typing import Any
from zope.event import notify


__all__ = [
    "Actor",
    "Answer",
    "Brochure",
    "ChangeRefused",
    "File",
    "NewApplication",
    "State",
    "Step",
    "TooManyApplications",
]


class NoApplication(LookupError):
    """There is no such application (any more), or it is somebody else's."""


class Locked(PermissionError):
    """The application needs a log-in of a higher trust level."""

    def __init__(self, required: TrustLevel) -> None:
        super().__init__(required.value)
        self.required = required


class NoDocuments(PermissionError):
    """No documents can be added (any more)."""


def submit(new: NewApplication, now: datetime) -> Any:
    """Store the application, with all that belongs to it, and return it.

    Its data leave the account, which is noted there; a copy goes into the Postfach, or
    by mail where there is no account. Raises NotActive or NotYourSession; nothing was
    changed then.
    """
    if new.account is not None:
        _hand_over(new, now)
    application = submission.make(new, now)
    state = workflow.state(application)
    lists.enlist(application, state)
    retention.watch(application, state, now)
    scans.expect(application, now)
    paper.add(application, now)
    if new.account is not None:
        brochures = submission.handed_out(new.brochures, now)
        copies.send_copy(new.account, application, brochures, now)
    elif new.email:
        links.mail(application, now)
    _note("application-sent", application)
    notify(ApplicationSubmitted(application, now))
    return application


def demand_room(account: Any, now: datetime) -> None:
    """Raise TooManyApplications where the citizen has sent very many lately."""
    daily.check_number(account, now)


def query(application_id: str) -> Any | None:
    """Return the application with this id, or None."""
    store = query_store()
    found = None if store is None else store.applications.get(application_id)
    return None if found is None else found.__of__(get_portal())


def query_by_number(text: str) -> Any | None:
    """Return the application with this number, None for an unknown or no number."""
    store = query_store()
    try:
        beginning = numbers.parse(text)
    except numbers.NumberProblem:
        return None
    # “g” comes behind all hexadecimal digits.
    ids = () if store is None else store.applications.keys(beginning, f"{beginning}g")
    return next((query(one) for one in ids), None)


def of_account(account: Any) -> list[Any]:
    """Return the applications of the account, the newest first."""
    found = [query(one) for one in lists.ids_of_account(account.id)]
    return sorted(
        (one for one in found if one is not None),
        key=lambda one: (one.submitted, one.id),
        reverse=True,
    )


def get_own(account: Any, application_id: str, level: TrustLevel) -> Any:
    """Return an application of the account, for a session of this level.

    Raises NoApplication, or Locked.
    """
    found = query(application_id)
    if found is None or not account.id or found.account_id != account.id:
        raise NoApplication
    if is_locked(found, level):
        raise Locked(TrustLevel(found.level))
    return found


def is_locked(application: Any, level: TrustLevel) -> bool:
    """Tell whether the citizen needs a session of a higher level to see it."""
    return level < TrustLevel(application.level)


def of_office(
    office_uid: str, states: Iterable[str], behind: str = ""
) -> Iterator[lists.Place]:
    """Yield the applications to the office in these states, the newest first.

    Of each only its place: ``query`` finds the application. ``behind`` is the text of a
    place to go on from.
    """
    found = lists.query_office(office_uid)
    if found is not None:
        yield from found.newest(states, behind)


def count(office_uid: str, state: str) -> int:
    """Return how many applications to the office are in the state.

    It takes longer the more there are: ask for what is open only.
    """
    found = lists.query_office(office_uid)
    return 0 if found is None else found.count(state)


def states() -> list[str]:
    """Return all states that the site's workflow knows."""
    return workflow.states()


def state(application: Any) -> str:
    """Return the state of the application."""
    return workflow.state(application)


def is_decided(state: str) -> bool:
    """Tell whether nothing has to be done any more in this state."""
    return rules.is_decided(state, workflow.possible(state))


def title(state: str) -> Any:
    """Return what the site calls the state, to be translated."""
    return workflow.title(state)


def steps(application: Any) -> list[Step]:
    """Return what happened to the application, the first step first."""
    return timeline.steps(application)


def possible_changes(application: Any, by: Actor) -> list[str]:
    """Return the states into which somebody can bring the application."""
    before = state(application)
    possible = workflow.possible(before)
    return [one for one in possible if _is_allowed(before, one, by, possible)]


def move(application: Any, to: str, by: Actor, note: str, now: datetime) -> Step:
    """Bring the application into the state, and return the step of its timeline.

    The citizen reads ``note`` there, and is not told otherwise: that is for those who
    write to the citizen themselves, such as a query or a decision. Raises ChangeRefused.
    """
    before = state(application)
    rules.check_change(before, to, by, workflow.possible(before))
    workflow.transition(application, to)
    # A workflow of the webmaster may go on by itself.
    after = state(application)
    lists.moved(application, before, after)
    step = Step(int(now.timestamp()), str(after), by.value, clean_text(note).strip())
    timeline.add(application, step)
    retention.watch(application, after, now)
    notify(ApplicationChanged(application, before, after, by.value, now))
    return step


def change(application: Any, to: str, by: Actor, note: str, now: datetime) -> None:
    """Bring the application into the state, and tell the citizen in the Postfach.

    Who has no account is told by mail, where that is wanted. Raises ChangeRefused.
    """
    step = move(application, to, by, note, now)
    account = query_citizen(application)
    if account is None:
        links.mail_change(application, now)
    else:
        copies.tell_change(account, application, step, now)


def query_citizen(application: Any) -> Any | None:
    """Return the account to which one can write about it, None where there is none."""
    account = query_account(application.account_id) if application.account_id else None
    return account if account is not None and is_active(account) else None


def is_told_by_mail(application: Any) -> bool:
    """Tell whether a change is mailed to somebody without account, who wanted that."""
    return query_citizen(application) is None and links.is_told(application)


def can_be_withdrawn(application: Any) -> bool:
    """Tell whether the citizen can take the application back."""
    present = state(application)
    return rules.can_be_withdrawn(is_decided(present), workflow.possible(present))


def withdraw(application: Any, now: datetime) -> None:
    """Let the citizen take the application back. Raises ChangeRefused."""
    if not can_be_withdrawn(application):
        raise ChangeRefused(state(application))
    change(application, State.WITHDRAWN, Actor.CITIZEN, "", now)
    _note("application-withdrawn", application)


def takes_documents(application: Any) -> bool:
    """Tell whether the citizen can add documents."""
    decided = is_decided(state(application))
    return rules.takes_documents(decided, application.open_for_documents)


def add_documents(
    application: Any, attachments: Sequence[Attachment], now: datetime
) -> None:
    """Add documents of the citizen. A query of the office counts as answered then.

    Raises NoDocuments, or daily.TooManyAnswers where it was too much today.
    """
    if not takes_documents(application):
        raise NoDocuments
    daily.check(application, attachments, now)
    at = int(now.timestamp())
    added = tuple(tuple(File("", at, one)) for one in attachments)
    application.stored_files = (*application.stored_files, *added)
    present = state(application)
    step = Step(at, present, Actor.CITIZEN.value, documents=len(added))
    timeline.add(application, step)
    scans.expect(application, now)
    account = query_citizen(application)
    if account is not None:
        copies.tell_documents(account, application, attachments, now)
    _note("application-documents-added", application)
    notify(DocumentsAdded(application, now))
    answer(application, now)


def answer(application: Any, now: datetime) -> None:
    """Note that the citizen answered, where the office waits for that."""
    if State.ANSWERED in possible_changes(application, Actor.CITIZEN):
        move(application, State.ANSWERED, Actor.CITIZEN, "", now)


def discard(application: Any, now: datetime) -> None:
    """Remove the application for good."""
    notify(ApplicationRemoved(application, now))
    retention.discard(application)


def _note(event: str, application: Any) -> None:
    """Write into the audit log what the citizen did."""
    audit.record(event, application.account_id or "-", application=application.id)


def _hand_over(new: NewApplication, now: datetime) -> None:
    if new.session is None:
        raise NotYourSession
    recipient = Recipient(new.office_name, new.purpose, new.legal_basis)
    transmit(new.account, new.session, recipient, new.attributes, now)


def _is_allowed(before: str, after: str, by: Actor, possible: dict[str, str]) -> bool:
    try:
        rules.check_change(before, after, by, possible)
    except ChangeRefused:
        return False
    return True
