"""Which data of the account a service takes, before anything is typed."""

from collective.easyform.api import get_schema
from collective.servicekonto.services.mapping.attributes import whole_titles
from collective.servicekonto.services.mapping.mapped import Mapped
from collective.servicekonto.services.mapping.service import mapping_of
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class HandedOver:
    """An attribute that fills in a field; an optional one can be left out."""

    attribute: str
    title: str
    is_optional: bool


def handed_over(form: Any) -> list[HandedOver]:
    """Return the attributes that the form takes, in the order of its fields.

    One is optional if no field needs it (OZG § 8 (8)).
    """
    schema = get_schema(form)
    titles = whole_titles()
    needed: dict[str, bool] = {}
    for one in mapping_of(schema):
        is_needed = _is_needed(one, schema)
        needed[one.attribute] = needed.get(one.attribute, False) or is_needed
    return [
        HandedOver(attribute, titles[attribute], not is_needed)
        for attribute, is_needed in needed.items()
        if attribute in titles
    ]


def _is_needed(one: Mapped, schema: Any) -> bool:
    return one.proven or bool(schema[one.field].required)
