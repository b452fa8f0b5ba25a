"""The door to the export: all data of an account, and the files, in one archive.

Every module that keeps personal data contributes through its IPersonalData.
"""

from collections.abc import Iterator
from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts.interfaces import HandedOut
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.interfaces import IProtectedData
from collective.servicekonto.dataaccess.export.archive import length
from collective.servicekonto.dataaccess.export.archive import Part
from collective.servicekonto.dataaccess.export.archive import part
from collective.servicekonto.dataaccess.export.archive import stream
from collective.servicekonto.dataaccess.export.overview import overview
from collective.servicekonto.identity.levels import TrustLevel
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


def export(
    account: Any,
    level: TrustLevel,
    language: str,
    translate: Translate,
    now: datetime,
) -> Export:
    """Return the archive of everything in the account that the session may have.

    It holds the data as JSON with their schema, a readable overview, all files and a
    manifest with the SHA-256 of each. What needs a higher level than that of the
    session is missing, and overview and manifest say so. The files are read after the
    transaction: their ``read`` needs no database.
    """
    found = _handed_out(account, level, now)
    missing = [translate(text) for one in found.values() for text in one.missing]
    parts = list(_parts(account, found, missing, language, translate, now))
    audit.record("exported", account.id)
    return Export(
        f"servicekonto-{now:%Y-%m-%d}.zip",
        length(parts, now, missing),
        stream(parts, now, missing),
    )


def document(
    account: Any, level: TrustLevel, translate: Translate, now: datetime
) -> dict[str, Any]:
    """Return the data for a session of this level as the schema describes them."""
    found = _handed_out(account, level, now)
    missing = [translate(text) for one in found.values() for text in one.missing]
    return _document(found, missing, now)


def _document(
    found: dict[str, HandedOut], missing: list[str], now: datetime
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "created": now.astimezone(UTC).isoformat(timespec="seconds"),
        "missing": missing,
        "data": {name: one.data for name, one in found.items()},
    }


def _handed_out(account: Any, level: TrustLevel, now: datetime) -> dict[str, HandedOut]:
    """Return by module what a session of this level gets."""
    return {
        name: personal.hand_out(account, level, now)
        if IProtectedData.providedBy(personal)
        else HandedOut(personal.data(account), personal.files(account))
        for name, personal in sorted(getUtilitiesFor(IPersonalData))
    }


def _parts(
    account: Any,
    found: dict[str, HandedOut],
    missing: list[str],
    language: str,
    translate: Translate,
    now: datetime,
) -> Iterator[Part]:
    data = _document(found, missing, now)
    text = json.dumps(data, indent=2, ensure_ascii=False)
    # What UTF-8 cannot hold stays there as its JSON escape.
    yield part(DATA, text.encode(errors="backslashreplace"))
    yield part(SCHEMA, SCHEMA_FILE.read_bytes())
    yield part(OVERVIEW, overview(account, data, language, translate))
    for name, one in found.items():
        for file in one.files:
            yield Part(f"{FILES}/{name}/{file.path}", file.size, file.read)
