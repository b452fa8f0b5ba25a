"""The readable overview of an export as PDF/UA, with tags for screen readers."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.selfservice.profile.service import former
from collective.servicekonto.selfservice.profile.service import profile
from collective.servicekonto.selfservice.profile.words import lines
from collective.servicekonto.selfservice.profile.words import plain_lines
from collective.servicekonto.selfservice.profile.words import provenance
from collective.servicekonto.selfservice.profile.words import Translate
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
import json
import typst


_SOURCE = Path(__file__).with_name("overview.typ")

# The named utilities for personal data (see accounts.interfaces).
_TITLES = {
    "account": _("Your account"),
    "means": _("What you log in with"),
    "sessions": _("Where you are logged in"),
    "history": _("Your log-ins"),
    "transfers": _("Data transfers"),
}

_INTRODUCTION = (
    _(
        "This is everything that is kept in your Servicekonto. The same data are in "
        "the file daten.json, for programs."
    ),
    _("The file manifest.json shows whether a file was changed later."),
)


def overview(
    account: Any, document: dict[str, Any], language: str, translate: Translate
) -> bytes:
    """Return the PDF of what service.document returned."""
    content = {
        "title": translate(_("Your data in the Servicekonto")),
        "language": language,
        "introduction": [
            translate(_("Made on ${day}", mapping={"day": _day(document["created"])})),
            *map(translate, _INTRODUCTION),
        ],
        "nothing": translate(_("Nothing is kept here.")),
        "sections": [
            {
                "title": translate(_("Your details")),
                "rows": list(_details(account, translate)),
            },
            *(
                {
                    "title": translate(_TITLES.get(name, name)),
                    "rows": list(_entries(part)),
                }
                for name, part in document["data"].items()
                if name != "attributes"
            ),
        ],
    }
    inputs = {"content": json.dumps(content, ensure_ascii=False)}
    pdf: bytes = _compiler().compile(
        sys_inputs=inputs, format="pdf", pdf_standards=["ua-1"]
    )
    return pdf


@cache
def _compiler() -> Any:
    return typst.Compiler(str(_SOURCE))


def _details(account: Any, translate: Translate) -> Iterator[dict[str, str]]:
    for answer in profile(account).values():
        if answer.attribute is not None:
            yield {
                "label": translate(answer.asked.title),
                "text": "\n".join(lines(answer.asked, answer.entry, translate)),
                "note": provenance(answer.attribute, translate),
            }
    for one in former(account):
        yield {
            "label": translate(one.title),
            "text": "\n".join(plain_lines(one.attribute.value)),
            "note": provenance(one.attribute, translate),
        }


def _entries(part: Any) -> Iterator[dict[str, str]]:
    for entry in part if isinstance(part, list) else [part]:
        texts = [f"{key}: {_text(value)}" for key, value in entry.items() if value]
        yield {"label": "", "text": "\n".join(texts), "note": ""}


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text(one)}" for key, one in value.items() if one)
    if isinstance(value, list):
        return "; ".join(_text(one) for one in value)
    return str(value)


def _day(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%d.%m.%Y")
