"""What leaves with an export, in no format yet."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Sequence
from collective.servicekonto import _
from collective.servicekonto.services.applications.content import Answer
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import tzinfo
from typing import Any


@dataclass(frozen=True)
class File:
    """A file that came with the application; the file itself is fetched apart."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Record:
    """An application. ``state_title`` is its state in words, ``email`` a contact."""

    id: str
    number: str
    service_id: str
    service: str
    state: str
    state_title: str
    submitted: datetime
    due: date | None
    email: str
    answers: tuple[Answer, ...]
    files: tuple[File, ...]


@dataclass(frozen=True)
class Table:
    """Texts in rows below a header; each header is there once."""

    header: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


_COLUMNS = (
    _("Number"),
    _("Service"),
    _("State"),
    _("Sent"),
    _("Due"),
    _("E-mail address"),
)
_FILES = _("Files")


def table(
    records: Sequence[Record], zone: tzinfo, translate: Callable[[Any], str]
) -> Table:
    """Return the applications as a table with a column for each field of the forms.

    Times are those of the zone, in the form of ISO 8601 with their offset.
    """
    columns = _columns(records)
    header = [translate(one) for one in (*_COLUMNS, _FILES)]
    fixed, files = header[:-1], header[-1]
    return Table(
        _unique([*fixed, *columns.values(), files]),
        tuple(_row(record, list(columns), zone) for record in records),
    )


def _columns(records: Sequence[Record]) -> dict[tuple[str, str], str]:
    """Return the newest label of each field of each service."""
    return {
        (record.service_id, answer.field): answer.label
        for record in records
        for answer in record.answers
    }


def _row(
    record: Record, columns: list[tuple[str, str]], zone: tzinfo
) -> tuple[str, ...]:
    texts = {
        (record.service_id, answer.field): answer.text for answer in record.answers
    }
    return (
        record.number,
        record.service,
        record.state_title,
        record.submitted.astimezone(zone).isoformat(timespec="minutes"),
        record.due.isoformat() if record.due else "",
        record.email,
        *(texts.get(column, "") for column in columns),
        "\n".join(file.name for file in record.files),
    )


def _unique(titles: list[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    unique: list[str] = []
    for title in titles:
        seen[title] += 1
        unique.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return tuple(unique)
