"""The mapping of all fields of a service on one page."""

from collective.easyform.api import get_schema
from collective.servicekonto import _
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.rows import RowsFieldWidget
from collective.servicekonto.services.mapping import service
from collective.servicekonto.services.mapping.editor import proof_problem
from collective.servicekonto.services.mapping.mapped import key
from collective.servicekonto.services.mapping.mapped import Mapped
from collective.servicekonto.services.mapping.mapped import parts
from collective.servicekonto.services.pages import EditorForm
from collective.z3cform.datagridfield.row import DictRow
from plone.autoform import directives
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from z3c.form import button
from zope import schema


class IMappingRow(model.Schema):
    """What one field is filled in with."""

    source = schema.Choice(
        title=_("Fill in from the Servicekonto"),
        vocabulary="collective.servicekonto.MappableAttributes",
        required=False,
    )
    level = schema.Choice(
        title=_("Must be confirmed"),
        vocabulary="collective.servicekonto.ProofLevels",
        required=False,
    )


class IMapping(model.Schema):
    """What all fields are filled in with."""

    directives.widget("rows", RowsFieldWidget)
    rows = schema.List(
        title=_("Fields"),
        value_type=DictRow(title=_("Field"), schema=IMappingRow),
        required=False,
    )


_COLUMNS = ("source", "level")
_NOTHING = {"source": None, "level": None}
_WORDS_FOR_NOTHING = {"source": _("nothing"), "level": _("no")}


class MappingForm(EditorForm):
    """A row for each field that can be filled in."""

    label = _("Fields and Servicekonto")
    template = ViewPageTemplateFile("table.pt")
    schema = IMapping
    ignoreContext = False
    ignoreRequest = True

    def update(self):
        """Read what is stored, or what was sent."""
        self.titles = service.mappable(self.context)
        self.problems: dict[str, Any] = {}
        self.suggested: set[str] = set()
        self.entries = self._stored()
        if self.request.form.get("nach") == "gespeichert":
            self.notice = _("It is saved.")
        if self.request.method == "POST":
            self.entries |= self._sent()
        super().update()

    def getContent(self):
        """Return the rows for the widget, in the order of the fields."""
        return {"rows": [self.entries[name] for name in self.titles]}

    def rows(self) -> list[dict[str, Any]]:
        """Return what the template shows of each field."""
        widgets = self.widgets["rows"].widgets
        return [
            self._row(name, row) for name, row in zip(self.titles, widgets, strict=True)
        ]

    def error_links(self) -> list[dict[str, str]]:
        """Return message and anchor of each row with an error."""
        return [
            {"href": f"#{name}-row", "text": text}
            for name, text in self.problems.items()
        ]

    @button.buttonAndHandler(_("Save"), name="save")
    def handle_save(self, action):
        """Save the rows, or say why not."""
        found = {
            name: proof_problem(row["source"], row["level"])
            for name, row in self.entries.items()
        }
        self.problems = {name: text for name, text in found.items() if text}
        if not self.problems:
            service.set_mapping(self.context, self._mapping())
            self.redirect("zuordnung?nach=gespeichert")

    @button.buttonAndHandler(_("Fill in suggestions"), name="suggest")
    def handle_suggest(self, action):
        """Show the suggestions in rows that are empty; nothing is saved yet."""
        for one in service.suggest(self.context):
            if one.field in self.entries and not self.entries[one.field]["source"]:
                self.entries[one.field] = _row_of(one)
                self.suggested.add(one.field)
        self.notice = (
            _("These are suggestions. Please check them; nothing is saved yet.")
            if self.suggested
            else _("There is nothing more to suggest.")
        )
        self.updateWidgets()

    def _stored(self) -> dict[str, dict[str, Any]]:
        mapping = service.mapping_of(get_schema(self.context))
        rows = {one.field: _row_of(one) for one in mapping if one.field in self.titles}
        return {name: rows.get(name, dict(_NOTHING)) for name in self.titles}

    def _sent(self) -> dict[str, dict[str, Any]]:
        names = self.request.form.get("fields", [])
        names = names if isinstance(names, list) else [names]
        return {
            name: {column: self._cell(number, column) for column in _COLUMNS}
            for number, name in enumerate(names)
            if name in self.titles
        }

    def _cell(self, number: int, column: str) -> str | None:
        """Return what was chosen, None for nothing and for what cannot be chosen."""
        sent = self.request.form.get(f"rows.{number}.widgets.{column}")
        chosen = sent[0] if isinstance(sent, list) and sent else sent
        field = IMappingRow[column].bind(self.context)
        return chosen if chosen in field.vocabulary else None

    def _mapping(self) -> list[Mapped]:
        return [
            Mapped(name, *parts(row["source"]), level=_level(row["level"]))
            for name, row in self.entries.items()
            if row["source"]
        ]

    def _row(self, name: str, row: Any) -> dict[str, Any]:
        inputs = [self._input(name, column, row) for column in _COLUMNS]
        return {
            "name": name,
            "title": self.titles[name] or name,
            "inputs": inputs,
            "error": self.problems.get(name),
            "is_suggested": name in self.suggested,
        }

    def _input(self, name: str, column: str, row: Any) -> Any:
        widget = row.widgets[column]
        widget.noValueMessage = _WORDS_FOR_NOTHING[column]
        widget.attributes["class"] = "form-select"
        if name in self.problems:
            widget.attributes["aria-invalid"] = "true"
            widget.attributes["aria-describedby"] = f"{name}-error"
        return widget


def _row_of(one: Mapped) -> dict[str, Any]:
    level = one.level.value if one.proven else None
    return {"source": key(one.attribute, one.column), "level": level}


def _level(chosen: str | None) -> TrustLevel:
    return TrustLevel(chosen) if chosen else TrustLevel.BASIS
