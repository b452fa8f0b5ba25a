"""The door to exports: what is chosen leaves as a file, and the audit log says so."""

from collections.abc import Callable
from collections.abc import Iterable
from collective.servicekonto.accounts import audit
from collective.servicekonto.portal.dates import portal_zone
from collective.servicekonto.postbox.desk.service import clerk
from collective.servicekonto.postbox.desk.service import demand
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.cases import inbox
from collective.servicekonto.services.cases.exports import as_csv
from collective.servicekonto.services.cases.exports import as_json
from collective.servicekonto.services.cases.exports import as_xlsx
from collective.servicekonto.services.cases.exports import as_xml
from collective.servicekonto.services.cases.exports.records import File
from collective.servicekonto.services.cases.exports.records import Record
from collective.servicekonto.services.cases.exports.records import table
from collective.servicekonto.services.cases.rules import Filter
from collective.servicekonto.services.cases.service import note_access
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import UTC
from enum import Enum
from typing import Any


# More at once would keep a server busy for too long: one chooses less then.
MOST = 5_000

Translate = Callable[[Any], str]

# Characters that were entered. A file is made in the memory, of a few times as much.
LARGEST = 10_000_000


class TooMany(ValueError):
    """More is chosen than fits into a file."""


class Format(Enum):
    """The formats. The values are endings of file names."""

    XLSX = "xlsx"
    CSV = "csv"
    XML = "xml"
    JSON = "json"


@dataclass(frozen=True)
class Export:
    """A file with applications."""

    name: str
    media_type: str
    content: bytes


def export(
    office: Any, chosen: Filter, wanted: Format, today: date, translate: Translate
) -> Export:
    """Return the chosen applications as a file; each is noted in the audit log.

    Raises NotYours, or TooMany for more than MOST, or more text than LARGEST.
    """
    demand(office)
    found = _limited(inbox.everything(office, chosen, today, MOST + 1))
    records = [record_of(one, translate) for one in found]
    media_type, content = _written(wanted, records, translate)
    what = {"applications": str(len(found)), "format": wanted.value}
    audit.record_for_office("applications-exported", office.UID(), clerk(), **what)
    for application in found:
        note_access("application-exported", office, application)
    return Export(f"antraege-{today}.{wanted.value}", media_type, content)


def record_of(application: Any, translate: Translate) -> Record:
    """Return what leaves of an application."""
    state = applications.state(application)
    due = application.due
    return Record(
        id=application.id,
        number=application.number,
        service_id=application.service,
        service=application.title,
        state=state,
        state_title=translate(applications.title(state)),
        submitted=datetime.fromtimestamp(application.submitted, UTC),
        due=date.fromisoformat(due) if due else None,
        email=application.email,
        answers=application.answers,
        files=tuple(_file(one.attachment) for one in application.files),
    )


def _limited(applications: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    size = 0
    for application in applications:
        size += sum(len(answer.text) for answer in application.answers)
        if len(found) == MOST or size > LARGEST:
            raise TooMany
        found.append(application)
    return found


def _written(
    wanted: Format, records: list[Record], translate: Translate
) -> tuple[str, bytes]:
    if wanted is Format.XML:
        return as_xml.MEDIA_TYPE, as_xml.written(records)
    if wanted is Format.JSON:
        return as_json.MEDIA_TYPE, as_json.written(records)
    rows = table(records, portal_zone(), translate)
    if wanted is Format.XLSX:
        return as_xlsx.MEDIA_TYPE, as_xlsx.written(rows)
    return as_csv.MEDIA_TYPE, as_csv.written(rows)


def _file(attachment: Any) -> File:
    return File(
        attachment.id,
        attachment.name,
        attachment.media_type,
        attachment.size,
        attachment.sha256,
    )
