"""The door to the mapping: which field takes which attribute of the account."""

from collections.abc import Iterable
from collective.easyform.api import get_schema
from collective.easyform.api import set_fields
from collective.servicekonto.services.mapping import stored
from collective.servicekonto.services.mapping.attributes import attribute_titles
from collective.servicekonto.services.mapping.fields import is_mappable
from collective.servicekonto.services.mapping.mapped import key
from collective.servicekonto.services.mapping.mapped import Mapped
from collective.servicekonto.services.mapping.mapped import parts
from collective.servicekonto.services.mapping.suggestions import suggestion
from typing import Any
from zope.schema import getFieldsInOrder


def mapping_of(schema: Any) -> tuple[Mapped, ...]:
    """Return which fields of the schema are mapped, in their order.

    ``schema`` is what EasyForm's get_schema returns.
    """
    found = (stored.read(schema, name) for name in _names(schema))
    return tuple(one for one in found if one is not None)


def mappable(form: Any) -> dict[str, str]:
    """Return name and title of each field of the form that can be mapped."""
    fields = getFieldsInOrder(get_schema(form))
    return {name: each.title for name, each in fields if is_mappable(each, form)}


def set_mapping(form: Any, mapping: Iterable[Mapped]) -> None:
    """Let exactly these fields of the form be mapped; what it lacks is left out."""
    schema = get_schema(form)
    new = {one.field: one for one in mapping}
    for name in _names(schema):
        stored.write(schema, name, new.get(name))
    set_fields(form, schema)


def suggest(form: Any) -> tuple[Mapped, ...]:
    """Return a mapping for fields whose names say what they ask.

    Fields that are mapped already are left alone, and no attribute is suggested
    twice: the second one is mostly that of another person.
    """
    offered = attribute_titles()
    mapped = mapping_of(get_schema(form))
    done = {one.field for one in mapped}
    taken = {key(one.attribute, one.column) for one in mapped}
    found = []
    for name, title in mappable(form).items():
        chosen = None if name in done else suggestion(name, title, offered)
        if chosen is not None and chosen not in taken:
            taken.add(chosen)
            found.append(Mapped(name, *parts(chosen)))
    return tuple(found)


def _names(schema: Any) -> list[str]:
    return [name for name, _field in getFieldsInOrder(schema)]
