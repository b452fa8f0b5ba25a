"""The mapping of one field, in EasyForm's own editor of fields."""

from collective.easyform.interfaces import IEasyFormFieldsContext
from collective.servicekonto import _
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.mapping import stored
from collective.servicekonto.services.mapping.attributes import attribute_titles
from collective.servicekonto.services.mapping.fields import is_mappable
from collective.servicekonto.services.mapping.mapped import highest_level
from collective.servicekonto.services.mapping.mapped import key
from collective.servicekonto.services.mapping.mapped import Mapped
from collective.servicekonto.services.mapping.mapped import parts
from collective.servicekonto.services.service import is_service
from plone.supermodel import model
from typing import Any
from zope import schema
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Invalid
from zope.interface import invariant
from zope.schema.interfaces import IField


class IMappedField(model.Schema):
    """What the account has to do with a field."""

    model.fieldset("servicekonto", label=_("Servicekonto"), fields=["source", "level"])
    source = schema.Choice(
        title=_("Fill in from the Servicekonto"),
        description=_(
            "Citizens who are logged in find the field filled in and can change it."
        ),
        vocabulary="collective.servicekonto.MappableAttributes",
        required=False,
    )
    level = schema.Choice(
        title=_("Must be confirmed"),
        description=_(
            "Then only a confirmed value counts, and nobody can type another one. "
            "Whoever has none cannot apply. Empty: what is typed counts as well."
        ),
        vocabulary="collective.servicekonto.ProofLevels",
        required=False,
    )

    @invariant
    def can_be_confirmed(data: Any) -> None:
        """Nobody is asked for a proof that does not exist."""
        problem = proof_problem(data.source, data.level)
        if problem is not None:
            raise Invalid(problem)


def proof_problem(source: str | None, level: str | None) -> Any | None:
    """Return why the value cannot be confirmed at the level, or None."""
    if not level:
        return None
    if not source:
        return _("Please choose what the field is filled in with.")
    attribute, _column = parts(source)
    if TrustLevel(level) <= highest_level(attribute):
        return None
    return _("This can only be typed, or not be confirmed at such a high level.")


@adapter(IEasyFormFieldsContext, IField)
def extend_editor(context: Any, field: Any) -> Any | None:
    """Add the mapping to the editor of a service's field; None for other fields."""
    form = context.aq_parent
    return IMappedField if is_service(form) and is_mappable(field, form) else None


@implementer(IMappedField)
@adapter(IField)
class MappedField:
    """Reads and changes the mapping of a field."""

    def __init__(self, field: Any) -> None:
        self.schema, self.name = field.interface, field.__name__

    @property
    def source(self) -> str | None:
        """The key of the attribute; None where it does not exist any more."""
        mapped = stored.read(self.schema, self.name)
        if mapped is None:
            return None
        chosen = key(mapped.attribute, mapped.column)
        return chosen if chosen in attribute_titles() else None

    @source.setter
    def source(self, chosen: str | None) -> None:
        mapped = (
            Mapped(self.name, *parts(chosen), level=self._level) if chosen else None
        )
        stored.write(self.schema, self.name, mapped)

    @property
    def level(self) -> str | None:
        """The level at which the value must be confirmed; None for not at all."""
        level = self._level
        return level.value if level > TrustLevel.BASIS else None

    @level.setter
    def level(self, chosen: str | None) -> None:
        mapped = stored.read(self.schema, self.name)
        if mapped is not None:
            level = TrustLevel(chosen) if chosen else TrustLevel.BASIS
            new = Mapped(self.name, mapped.attribute, mapped.column, level)
            stored.write(self.schema, self.name, new)

    @property
    def _level(self) -> TrustLevel:
        mapped = stored.read(self.schema, self.name)
        return TrustLevel.BASIS if mapped is None else mapped.level
