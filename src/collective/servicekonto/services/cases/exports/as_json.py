"""JSON for programs of the office: the values as the form knows them."""

from collections.abc import Sequence
from collective.servicekonto.services.cases.exports.records import Record
from dataclasses import asdict
from typing import Any
import json


MEDIA_TYPE = "application/json"


def written(records: Sequence[Record]) -> bytes:
    """Return the file."""
    content = {"applications": [data(one) for one in records]}
    return json.dumps(content, indent=1).encode("ascii")


def data(record: Record) -> dict[str, Any]:
    """Return an application as plain data."""
    return asdict(record) | {
        "answers": [one._asdict() for one in record.answers],
        "submitted": record.submitted.isoformat(),
        "due": record.due.isoformat() if record.due else None,
    }
