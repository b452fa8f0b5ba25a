"""The door to the export: all data of an account, and the files, in one archive.

Every module that keeps personal data contributes through its IPersonalData.
"""

from collections.abc import Iterator
from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.dataaccess.export.archive import length
from collective.servicekonto.dataaccess.export.archive import Part
from collective.servicekonto.dataaccess.export.archive import part
from collective.servicekonto.dataaccess.export.archive import stream
from collective.servicekonto.dataaccess.export.overview import overview
from collective.servicekonto.selfservice.profile.words import Translate
from dataclasses import dataclass
from datetime import datetime
from datetime import UTC
from pathlib import Path
from typing import Any
from zope.component import getUtilitiesFor
import json


FORMAT = "collective.servicekonto export 1"

DATA = "daten.json"
SCHEMA = "daten.schema.json"
OVERVIEW = "uebersicht.pdf"
FILES = "dateien"

SCHEMA_FILE = Path(__file__).with_name(SCHEMA)


@dataclass(frozen=True)
class Export:
    """An archive that is written while it is read; ``length`` is in bytes."""

    name: str
    length: int
    chunks: Iterator[bytes]


def export(account: Any, language: str, translate: Translate, now: datetime) -> Export:
    """Return the archive of everything that is in the account.

    It holds the data as JSON with their schema, a readable overview, all files and a
    manifest with the SHA-256 of each. The files are read after the transaction: their
    ``read`` needs no database.
    """
    parts = list(_parts(account, language, translate, now))
    audit.record("exported", account.id)
    return Export(
        f"servicekonto-{now:%Y-%m-%d}.zip", length(parts, now), stream(parts, now)
    )


def document(account: Any, now: datetime) -> dict[str, Any]:
    """Return the data of the account as the schema describes them."""
    found = sorted(getUtilitiesFor(IPersonalData))
    return {
        "format": FORMAT,
        "created": now.astimezone(UTC).isoformat(timespec="seconds"),
        "data": {name: personal.data(account) for name, personal in found},
    }


def _parts(
    account: Any, language: str, translate: Translate, now: datetime
) -> Iterator[Part]:
    data = document(account, now)
    text = json.dumps(data, indent=2, ensure_ascii=False)
    yield part(DATA, text.encode())
    yield part(SCHEMA, SCHEMA_FILE.read_bytes())
    yield part(OVERVIEW, overview(account, data, language, translate))
    for name, personal in sorted(getUtilitiesFor(IPersonalData)):
        for file in personal.files(account):
            yield Part(f"{FILES}/{name}/{file.path}", file.size, file.read)
