"""What the account offers for the fields of a form, and who says so."""

from collections.abc import Collection
from collections.abc import Iterable
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


def offers(
    form: Any,
    schema: Any,
    mapping: Iterable[Mapped],
    applicant: Any,
    kept_back: Collection[str],
    language: str,
) -> dict[str, Offer]:
    """Return what the account offers, by field.

    What the citizen keeps back is not among it, nor what does not reach the level
    that the service requires.
    """
    if applicant.account is None:
        return {}
    wanted = [one for one in mapping if one.attribute not in kept_back]
    names = [one.attribute for one in wanted]
    found = offered(applicant.account, applicant.session, names)
    return {
        one.field: Offer(one, _value(form, schema, one, released, language), released)
        for one in wanted
        for released in [found.get(one.attribute)]
        if released is not None and released.level >= one.level
    }


def _value(
    form: Any, schema: Any, mapped: Mapped, released: Released, language: str
) -> Any:
    value = part_of(released.value or "", mapped.column)
    name = mapped.column or mapped.attribute
    return fitted(schema[mapped.field].bind(form), name, value, language)
