"""The readable overview of an export as PDF/UA, with tags for screen readers."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.dataaccess.export.words import entries
from collective.servicekonto.dataaccess.export.words import TITLES
from collective.servicekonto.dataaccess.typesetting import typeset
from collective.servicekonto.selfservice.profile.service import former
from collective.servicekonto.selfservice.profile.service import profile
from collective.servicekonto.selfservice.profile.words import lines
from collective.servicekonto.selfservice.profile.words import plain_lines
from collective.servicekonto.selfservice.profile.words import provenance
from collective.servicekonto.selfservice.profile.words import Translate
from datetime import datetime
from datetime import tzinfo
from pathlib import Path
from plone import api
from typing import Any
from zoneinfo import ZoneInfo


_SOURCE = Path(__file__).with_name("overview.typ")

_INTRODUCTION = (
    _(
        "This is what is kept in your Servicekonto, as far as it is not named below as "
        "missing. The same data are in the file daten.json, for programs."
    ),
    _("The file manifest.json shows whether a file was changed later."),
)


def overview(
    account: Any, document: dict[str, Any], language: str, translate: Translate
) -> bytes:
    """Return the PDF of what service.document returned."""
    zone = _zone()
    made = datetime.fromisoformat(document["created"]).astimezone(zone)
    content = {
        "title": translate(_("Your data in the Servicekonto")),
        "language": language,
        "introduction": [
            translate(_("Made on ${day}", mapping={"day": f"{made:%d.%m.%Y}"})),
            *map(translate, _INTRODUCTION),
            *document["missing"],
        ],
        "nothing": translate(_("Nothing is kept here.")),
        "sections": [
            {
                "title": translate(_("Your details")),
                "rows": list(_details(account, translate)),
            },
            *(
                {
                    "title": translate(TITLES.get(name, name)),
                    "rows": _rows(part, zone, translate),
                }
                for name, part in document["data"].items()
                if name != "attributes"
            ),
        ],
    }
    return typeset(_SOURCE, content)


def _details(account: Any, translate: Translate) -> Iterator[dict[str, str]]:
    answers = profile(account)
    for answer in answers.values():
        if answer.attribute is not None:
            yield {
                "label": translate(answer.asked.title),
                "text": "\n".join(lines(answer.asked, answer.entry, translate)),
                "note": provenance(answer.attribute, translate),
            }
    for one in former(account, answers):
        yield {
            "label": translate(one.title),
            "text": "\n".join(plain_lines(one.attribute.value)),
            "note": provenance(one.attribute, translate),
        }


def _rows(part: Any, zone: tzinfo, translate: Translate) -> list[dict[str, str]]:
    texts = entries(part, zone, translate)
    return [{"label": "", "text": text, "note": ""} for text in texts]


def _zone() -> tzinfo:
    return ZoneInfo(api.portal.get_registry_record("plone.portal_timezone"))
