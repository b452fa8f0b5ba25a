"""Forms of the portal: z3c.form with accessible fields and error summary."""

from collective.servicekonto import _
from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.portal.web import PortalPage
from plone.autoform.form import AutoExtensibleForm
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import ClassVar
from z3c.form import form
from z3c.form.error import ErrorViewMessage
from z3c.form.interfaces import ICheckBoxWidget
from z3c.form.interfaces import IErrorViewSnippet
from z3c.form.interfaces import IPasswordWidget
from z3c.form.interfaces import IRadioWidget
from z3c.form.interfaces import ITextWidget
from zope.component import getMultiAdapter
from zope.interface import implementer
from zope.interface import Interface
from zope.interface import Invalid
from zope.schema.interfaces import RequiredMissing


class ICitizensForm(Interface):
    """A form that citizens fill in."""


required_message = ErrorViewMessage(
    _("Please fill in this field."),
    error=RequiredMissing,
    request=IServicekontoLayer,
    form=ICitizensForm,
)


@implementer(ICitizensForm)
class PortalForm(PortalPage, AutoExtensibleForm, form.Form):
    """A form of the portal.

    ``autocomplete``  field name → token of the HTML standard
    ``intro``         a paragraph above the fields
    ``notice``        good news, shown before everything else
    ``encoding``      how the browser sends the form; files need another one

    ``has_buttons_between``  whether there are buttons among the fields
    """

    template = ViewPageTemplateFile("form.pt")
    prefix = ""
    ignoreContext = True
    intro = None
    notice = None
    encoding = "application/x-www-form-urlencoded"
    has_buttons_between = False
    step: tuple[int, int] | None = None
    scripts: tuple[str, ...] = ()
    autocomplete: ClassVar[dict[str, str]] = {}

    @property
    def has_errors(self) -> bool:
        """Tell whether something has to be corrected."""
        return bool(self.status or (self.widgets and self.error_links()))

    def answer(self):
        """Return the page, or the result of the button that was pressed."""
        self._keep_text_only()
        if self.request.method != "POST":
            self._release_buttons()
        self.update()
        return self.render()

    def render(self):
        """Return the page, or nothing where the browser was sent elsewhere."""
        if self.request.response.getStatus() in (301, 302, 303):
            return ""
        return self.template()

    def updateWidgets(self, prefix=None):
        """Name the inputs as the fields, and tell assistive technology about them."""
        super().updateWidgets(prefix="")
        for name, widget in self.widgets.items():
            widget.attributes.update(self.input_attributes(name))
            if ITextWidget.providedBy(widget):
                widget.addClass("form-control")
                widget.attributes["class"] = "form-control"

    def input_attributes(self, name: str) -> dict[str, str]:
        """Return further attributes of the input of this field."""
        if name in self.autocomplete:
            return {"autocomplete": self.autocomplete[name]}
        return {}

    def show_problems(self, problems: dict) -> None:
        """Show each message at its field and in the summary."""
        for name, message in problems.items():
            widget = self.widgets[name]
            widget.error = error_view(self, widget, message)
        self.widgets.errors = tuple(w.error for w in self.widgets.values() if w.error)

    def fields_to_show(self):
        """Yield what the template needs for each visible field."""
        for name, widget in self.widgets.items():
            described = []
            type_again = IPasswordWidget.providedBy(widget) and bool(widget.value)
            if IPasswordWidget.providedBy(widget):
                # What was typed is never sent back.
                widget.value = ""
            if type_again:
                described.append(f"{name}-again")
            if widget.field.description:
                described.append(f"{name}-help")
            if widget.error:
                described.append(f"{name}-error")
                widget.attributes["aria-invalid"] = "true"
            if described:
                widget.attributes["aria-describedby"] = " ".join(described)
            yield {
                "name": name,
                "widget": widget,
                "label": widget.field.title,
                "help": widget.field.description,
                "error": widget.error.message if widget.error else None,
                "type_again": type_again,
                "has_strength": "data-strength-url" in widget.attributes,
                "is_group": IRadioWidget.providedBy(widget),
                "is_checkbox": ICheckBoxWidget.providedBy(widget),
                "described": " ".join(described) or None,
            }

    def buttons_to_show(self) -> list[dict]:
        """Return what the template needs for each button, the main one first."""
        return [
            {
                "name": action.name,
                "title": action.title,
                "css": "btn-outline-primary" if position else "btn-primary",
            }
            for position, action in enumerate(self.actions.values())
        ]

    def error_links(self) -> list[dict[str, str]]:
        """Return message and anchor of each field with an error."""
        return [
            {"href": f"#{_anchor(widget)}", "text": widget.error.message}
            for widget in self.widgets.values()
            if widget.error
        ]

    def hidden_entries(self) -> dict[str, str]:
        """Return name and text of what the form sends without showing it."""
        return self.carried_along()

    def below_field(self, name: str) -> str:
        """Return HTML below the input of this field."""
        return ""

    def below_fields(self) -> str:
        """Return HTML between the fields and the buttons."""
        return ""

    def _release_buttons(self) -> None:
        """Only a form that was sent acts; a link never presses a button."""
        form = self.request.form
        for name in [name for name in form if name.startswith("buttons.")]:
            del form[name]

    def _keep_text_only(self) -> None:
        """A field sent twice, or as a file, counts as its first text or as empty."""
        form = self.request.form
        for name in self.schema:
            sent = form.get(name, "")
            values = sent if isinstance(sent, list) else [sent]
            texts = [value for value in values if isinstance(value, str)]
            if name in form:
                form[name] = texts[0] if texts else ""


def error_view(form, widget, message):
    """Return what shows the message at the widget."""
    subject = (Invalid(message), form.request, widget, widget.field, form, form.context)
    view = getMultiAdapter(subject, IErrorViewSnippet)
    view.update()
    return view


def _anchor(widget) -> str:
    if IRadioWidget.providedBy(widget) or ICheckBoxWidget.providedBy(widget):
        return f"{widget.id}-0"
    return widget.id
