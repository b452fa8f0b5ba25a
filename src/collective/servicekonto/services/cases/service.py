"""The staff's door to applications. Each function checks that the user works there.

Two clerks may have the same application open. Whoever comes second is told, and nothing
is changed: a page names the version that it shows, and each change brings it along.
"""

from Acquisition import aq_base
from collections.abc import Mapping
from collective.servicekonto.accounts import audit
from collective.servicekonto.keys import signature
from collective.servicekonto.postbox.desk import service as desk
from collective.servicekonto.postbox.desk.links import name_of
from collective.servicekonto.postbox.desk.service import ChangedMeanwhile
from collective.servicekonto.postbox.desk.service import clerk
from collective.servicekonto.postbox.desk.service import demand
from collective.servicekonto.postbox.desk.service import NotYours
from collective.servicekonto.postbox.desk.service import Thread
from collective.servicekonto.postbox.text import clean_line
from collective.servicekonto.postbox.text import clean_text
from collective.servicekonto.postbox.text import is_blank
from collective.servicekonto.services.applications import notes
from collective.servicekonto.services.applications import scans
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.notes import Note
from collective.servicekonto.services.applications.rules import Actor
from collective.servicekonto.services.applications.rules import ChangeRefused
from collective.servicekonto.services.applications.rules import State
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from functools import cached_property
from typing import Any


__all__ = ["ChangedMeanwhile", "ChangeRefused", "demand", "NotYours"]

LONGEST_NOTE = 5_000

_PURPOSE = "case-versions"


class NoCase(LookupError):
    """The office has no such application (any more)."""


class NoNote(ValueError):
    """A note is empty or too long."""


class NotScanned(PermissionError):
    """The file has still to be scanned for malicious software."""


@dataclass(frozen=True)
class Case:
    """An application as its office works on it.

    ``thread``  what was written to and by the citizen, None where nothing is kept
    """

    application: Any
    thread: Thread | None

    @property
    def id(self) -> str:
        """The id of the application."""
        return str(self.application.id)

    @property
    def state(self) -> str:
        """The state of the application."""
        return applications.state(self.application)

    @property
    def notes(self) -> list[Note]:
        """What the staff noted, the first note first."""
        return notes.notes(self.application)

    @cached_property
    def version(self) -> str:
        """Tells the application as it is from what it was or will be."""
        last = self.thread.last_id if self.thread is not None else ""
        return f"{version(self.application)}{last}"


@dataclass(frozen=True)
class Changes:
    """What became of many applications that were to be changed.

    ``done``     those that are changed now
    ``changed``  those that somebody else has changed meanwhile
    ``refused``  those that cannot get into the state
    """

    done: list[Any]
    changed: list[Any]
    refused: list[Any]


def get_case(office: Any, application_id: str, today: date) -> Case:
    """Return the application to the office. Raises NotYours or NoCase."""
    return case_of(office, _get(office, application_id), today)


def case_of(office: Any, application: Any, today: date) -> Case:
    """Return an application to the office as a case.

    Whoever calls this has checked that it is one of the office, and who asks.
    """
    return Case(application, _thread(office, application, today))


def read_case(office: Any, application_id: str, today: date) -> Case:
    """Return it to somebody who reads it; that is in the audit log.

    Raises NotYours or NoCase.
    """
    case = get_case(office, application_id, today)
    note_access("application-read", office, case.application)
    return case


def query_by_number(office: Any, text: str) -> Any | None:
    """Return the application to the office with this number. Raises NotYours."""
    demand(office)
    found = applications.query_by_number(text)
    return found if found is not None and found.office == office.UID() else None


def possible_changes(case: Case) -> list[str]:
    """Return the states into which the office can bring it without writing.

    A query is always written, so that the citizen knows what is asked.
    """
    found = applications.possible_changes(case.application, Actor.OFFICE)
    return [one for one in found if one != State.QUERIED]


def change(
    office: Any, case: Case, to: str, note: str, seen: str, now: datetime
) -> None:
    """Bring the application into a state; the citizen is told, and reads the note.

    ``seen`` is the version that the clerk has read. Raises NotYours, ChangedMeanwhile
    or ChangeRefused.
    """
    _demand_seen(office, case, seen)
    if to not in possible_changes(case):
        raise ChangeRefused(to)
    applications.change(case.application, to, Actor.OFFICE, note, now)
    note_access("application-changed", office, case.application)


def change_many(
    office: Any, seen: Mapping[str, str], to: str, now: datetime
) -> Changes:
    """Bring applications into a state, each with the version that the clerk has seen.

    What is gone meanwhile is left out. Raises NotYours.
    """
    demand(office)
    changes = Changes([], [], [])
    for application_id, version_seen in seen.items():
        try:
            application = _get(office, application_id)
        except NoCase:
            continue
        _change_one(office, application, to, version_seen, now, changes)
    return changes


def assign(
    office: Any, case: Case, member: str, due: date | None, seen: str, now: datetime
) -> None:
    """Say who works on it, nobody for an empty id, and until when it is decided.

    Raises NotYours or ChangedMeanwhile.
    """
    _demand_seen(office, case, seen)
    stored = aq_base(case.application)
    stored.assigned = member
    stored.due = due.isoformat() if due is not None else ""
    note_access("application-assigned", office, case.application)


def add_note(office: Any, case: Case, text: str, withheld: str, now: datetime) -> None:
    """Note something for the staff.

    Citizens get it only with all their data, and not where ``withheld`` says why.
    Raises NotYours or NoNote.
    """
    demand(office)
    cleaned, reason = clean_text(text).strip(), clean_line(withheld).strip()
    if is_blank(cleaned) or max(len(cleaned), len(reason)) > LONGEST_NOTE:
        raise NoNote
    note = Note(int(now.timestamp()), clerk(), cleaned, reason)
    notes.add(aq_base(case.application), note)
    note_access("application-note", office, case.application)


def get_file(office: Any, case: Case, file_id: str) -> Any:
    """Return the attachment with this id; that it was handed out is in the audit log.

    Raises NotYours, NoCase or NotScanned.
    """
    demand(office)
    for file in case.application.files:
        if file.attachment.id == file_id:
            if not scans.is_clear(file):
                raise NotScanned
            note_access("application-file-read", office, case.application)
            return file.attachment
    raise NoCase


def get_paper(office: Any, case: Case) -> Any:
    """Return the application as PDF; that it was handed out is in the audit log.

    Raises NotYours, or NoCase where the PDF could not be made yet.
    """
    demand(office)
    if case.application.paper is None:
        raise NoCase
    note_access("application-read", office, case.application)
    return case.application.paper


def demand_version(case: Case, seen: str) -> None:
    """Raise ChangedMeanwhile unless the case is as the clerk has seen it."""
    if case.version != seen:
        raise ChangedMeanwhile


def version(application: Any) -> str:
    """Tells the application as it is from what it was or will be; not its messages."""
    facts = (
        applications.state(application),
        application.timeline,
        application.notes,
        application.assigned,
        application.due,
        [file.attachment.id for file in application.files],
    )
    return signature(_PURPOSE, repr(facts))[:16]


def note_access(event: str, office: Any, application: Any) -> None:
    """Write into the audit log what the present user did with an application."""
    note_work(event, office, application, clerk())


def note_work(event: str, office: Any, application: Any, member: str) -> None:
    """Write into the audit log what the member with this id did with an application."""
    account = application.account_id or "-"
    audit.record_for_office(
        event, office.UID(), member, account, application=application.id
    )


def _get(office: Any, application_id: str) -> Any:
    demand(office)
    found = applications.query(application_id)
    if found is None or found.office != office.UID():
        raise NoCase
    return found


def _thread(office: Any, application: Any, today: date) -> Thread | None:
    if not (application.thread and application.account_id):
        return None
    name = name_of(application.account_id, application.thread)
    return desk.query_thread(office, name, today)


def _demand_seen(office: Any, case: Case, seen: str) -> None:
    demand(office)
    demand_version(case, seen)


def _change_one(
    office: Any, application: Any, to: str, seen: str, now: datetime, changes: Changes
) -> None:
    case = Case(application, None)
    if version(application) != seen:
        changes.changed.append(application)
    elif to not in possible_changes(case):
        changes.refused.append(application)
    else:
        change(office, case, to, "", case.version, now)
        changes.done.append(application)
