"""What the account offers for the fields of a form, and who says so."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.dataaccess.service import offered
from collective.servicekonto.dataaccess.service import Released
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.services.filling.fitting import fitted
from collective.servicekonto.services.filling.fitting import part_of
from collective.servicekonto.services.mapping.mapped import Mapped
from dataclasses import dataclass
from typing import Any


ORIGINS = {
    Source.TYPED: _("From your account"),
    Source.LINK: _("From your account, confirmed by the link in our e-mail"),
    Source.OFFICE: _("From your account, confirmed by an authority"),
    Source.ONLINE_AUSWEIS: _("From your account, confirmed by your Online-Ausweis"),
}


@dataclass(frozen=True)
class Offer:
    """What the account says for one field.

    ``value`` is the field's, None where what the account says does not fit into it.
    """

    mapped: Mapped
    value: Any
    released: Released

    @property
    def origin(self) -> str:
        """Trust level and source, for those who get the value."""
        return f"{self.released.level.value}:{self.released.source.value}"

    @property
    def words(self) -> Any:
        """Who says so, for the citizen."""
        released = self.released
        is_confirmed = released.level >= released.source.highest
        return ORIGINS[released.source if is_confirmed else Source.TYPED]


def released(
    applicant: Any, mapping: Iterable[Mapped], kept_back: Collection[str]
) -> dict[str, Released]:
    """Return what the account would hand over now, by attribute.

    What the citizen keeps back is not among it.
    """
    if applicant.account is None:
        return {}
    names = [one.attribute for one in mapping if one.attribute not in kept_back]
    return offered(applicant.account, applicant.session, names)


def offers(
    form: Any,
    schema: Any,
    mapping: Iterable[Mapped],
    found: Mapping[str, Released],
    rows: Mapping[str, str],
    language: str,
) -> dict[str, Offer]:
    """Return what the account offers, by field.

    What does not reach the level that the service requires is not among it. ``rows``
    are the keys of those that the citizen chose, by attribute.
    """
    return {
        one.field: Offer(
            one, _value(form, schema, one, released, rows, language), released
        )
        for one in mapping
        for released in [found.get(one.attribute)]
        if released is not None and released.level >= one.level
    }


def several_rows(
    mapping: Iterable[Mapped], found: Mapping[str, Released]
) -> dict[str, list[Any]]:
    """Return the rows of each attribute that has several, where one is to be chosen."""
    names = {one.attribute for one in mapping if one.column}
    values = {name: one.value for name, one in found.items() if name in names}
    return {
        name: value
        for name, value in values.items()
        if isinstance(value, list) and len(value) > 1
    }


def _value(
    form: Any,
    schema: Any,
    mapped: Mapped,
    released: Released,
    rows: Mapping[str, str],
    language: str,
) -> Any:
    row = rows.get(mapped.attribute, "")
    value = part_of(released.value or "", mapped.column, row)
    name = mapped.column or mapped.attribute
    return fitted(schema[mapped.field].bind(form), name, value, language)
