"""What stands in a field before anybody has typed into it."""

from collective.easyform.fields import FieldExtenderDefault
from collective.easyform.interfaces import IEasyForm
from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.filling.pages import IFillingForm
from collective.servicekonto.services.veiling import veiled
from typing import Any
from z3c.form.interfaces import IValue
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Interface
from zope.schema.interfaces import IField


@implementer(IValue)
@adapter(IEasyForm, IServicekontoLayer, IFillingForm, IField, Interface)
class PrefilledValue:
    """What the account says, otherwise EasyForm's own default."""

    def __init__(
        self, context: Any, request: Any, view: Any, field: Any, widget: Any
    ) -> None:
        self.view, self.field = view, field
        self._otherwise = FieldExtenderDefault(context, request, view, field, widget)

    def get(self) -> Any:
        """Return the value."""
        found = self.view.filling.prefilled(self.field.__name__)
        return self._otherwise.get() if found is None else found


def of_editor(filling: Filling, name: str) -> Any | None:
    """Return what the editor lets stand in the field at first, None for nothing."""
    form, request = filling.service, filling.request
    with veiled(request):
        return FieldExtenderDefault(
            form, request, None, filling.schema[name], None
        ).get()
