"""The pages of a form: its fieldsets, as EasyForm sorts the fields onto them."""

from collections.abc import Collection
from collective.easyform.browser.view import EasyFormForm
from collective.easyform.interfaces import IEasyFormForm
from collective.easyform.interfaces import IFieldExtender
from collective.servicekonto import _
from collective.servicekonto.portal.forms import error_view
from collective.servicekonto.portal.forms import ICitizensForm
from collective.servicekonto.services.filling.as_asked import problems
from collective.servicekonto.services.filling.widgets import attachment_field_widget
from collective.servicekonto.services.veiling import veiled
from dataclasses import dataclass
from dataclasses import replace
from plone.namedfile.interfaces import INamedField
from typing import Any
from typing import Self
from z3c.form import button
from z3c.form.browser.checkbox import CheckBoxFieldWidget
from z3c.form.interfaces import INPUT_MODE as _INPUT
from zope.i18n import translate
from zope.interface import implementer
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import ICollection


@dataclass(frozen=True)
class Page:
    """One page; ``fields`` are z3c.form's, and ``number`` counts from 1."""

    number: int
    label: str
    fields: Any

    @property
    def names(self) -> list[str]:
        """The names of its fields."""
        return list(self.fields)

    def without(self, names: Collection[str]) -> Self:
        """Return the page without these fields."""
        return replace(self, fields=self.fields.omit(*names))


class IFillingForm(IEasyFormForm, ICitizensForm):
    """The form of one page, for whoever registers something for it."""


@implementer(IFillingForm)
class PageForm(EasyFormForm):
    """The fields of one page. EasyForm's own buttons and its sending do not exist."""

    method = "post"
    # The page around it proves where the form comes from.
    enableCSRFProtection = False
    buttons = button.Buttons()
    handlers = button.Handlers()

    def __init__(self, filling: Any, page: Page) -> None:
        super().__init__(filling.service, filling.request)
        self.filling = filling
        # What is proven is shown, and has no input.
        self.fields = page.fields.omit(*filling.proven, *filling.solved)

    @property
    def schema(self) -> Any:
        """The fields of the whole form, read once for each request."""
        return self.filling.schema

    @property
    def files(self) -> Any:
        """The files of the draft, by field."""
        return self.filling.draft.files

    def updateFields(self) -> None:
        """They were sorted already."""

    def update(self) -> None:
        """Prepare the widgets. Nothing is ever sent from here.

        What the account says counts as entered where nothing else was.
        """
        with veiled(self.request):
            super(EasyFormForm, self).update()
        form = self.request.form
        for name in self.filling.from_account & set(self.widgets):
            widget = self.widgets[name]
            form.setdefault(widget.name, widget.value)

    def extractData(self, setErrors: bool = True) -> Any:
        """Return what was entered, and what is wrong with it."""
        with veiled(self.request):
            data, errors = super().extractData(setErrors)
        wrong = problems(self.filling, data)
        for name, message in wrong.items():
            del data[name]
            self.widgets[name].error = error_view(self, self.widgets[name], message)
        return data, (*errors, *(self.widgets[name].error for name in wrong))

    def updateServerSideData(self, data: Any) -> Any:
        """Return the values with those that are filled in on the server."""
        with veiled(self.request):
            return super().updateServerSideData(data)


class _Sorter(EasyFormForm):
    """Sorts the fields of a schema."""

    schema = None

    def __init__(self, service: Any, request: Any, schema: Any) -> None:
        super().__init__(service, request)
        self.schema = schema
        self.updateFieldsFromSchemata()


def pages_of(service: Any, request: Any, schema: Any) -> list[Page]:
    """Return the pages that have something to ask at present.

    Fields that EasyForm switches off (“Enabling Expression”) or fills in on the server
    are not among them.
    """
    sorter = _Sorter(service, request, schema)
    first = service.default_fieldset_label or _("Your details")
    parts = [(translate(first, context=request), sorter.fields)]
    parts += [(group.label, group.fields) for group in sorter.groups]
    asked = [(label, _asked(sorter, fields)) for label, fields in parts]
    return [
        Page(number, str(label), fields)
        for number, (label, fields) in enumerate(
            ((label, fields) for label, fields in asked if len(fields)), start=1
        )
    ]


def condition_of(field: Any) -> str:
    """Return on what the field depends, an empty text for nothing."""
    return IFieldExtender(field).depends_on or ""


def _asked(sorter: Any, fields: Any) -> Any:
    with veiled(sorter.request):
        asked = sorter.setOmitFields(fields)
    for field in asked.values():
        if INamedField.providedBy(field.field):
            field.widgetFactory = attachment_field_widget
        elif _is_choice_of_several(field.field) and not field.widgetFactory.get(_INPUT):
            # Nobody knows how to choose several lines of a list.
            field.widgetFactory = CheckBoxFieldWidget
    return asked


def _is_choice_of_several(field: Any) -> bool:
    return ICollection.providedBy(field) and IChoice.providedBy(field.value_type)
