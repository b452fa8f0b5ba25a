"""The text blocks of an office, in the browser."""

from collective.servicekonto import _
from collective.servicekonto.offices.content import ITextBlock
from collective.servicekonto.portal.rows import RowsFieldWidget
from collective.servicekonto.postbox.desk import blocks
from collective.servicekonto.postbox.desk.inputs import number_in
from collective.servicekonto.postbox.desk.pages import DeskForm
from collective.z3cform.datagridfield.row import DictRow
from plone.autoform import directives
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form import button
from zope import schema
import json


class ITextBlocks(model.Schema):
    """The text blocks of an office."""

    directives.widget("blocks", RowsFieldWidget)
    blocks = schema.List(
        title=_("Text blocks"),
        value_type=DictRow(title=_("Text block"), schema=ITextBlock),
        required=False,
    )


_COLUMNS = ("title", "text")


class BlocksForm(DeskForm):
    """Rows of title and text that grow and shrink without scripts."""

    label = _("Text blocks")
    template = ViewPageTemplateFile("blocks.pt")
    schema = ITextBlocks
    ignoreContext = False
    ignoreRequest = True
    focus = -1

    def update(self):
        """Read what was sent, and add or remove a row as the button says."""
        self.seen = blocks.text_blocks(self.context)
        self.entries = self.seen or [{"title": "", "text": ""}]
        self.problems = {}
        if self.entry("nach") == "gespeichert":
            self.notice = _("The text blocks are saved.")
        if self.request.method == "POST":
            self._read()
        super().update()

    def getContent(self):
        """Return the rows for the widget."""
        return {"blocks": self.entries}

    def inputs(self):
        """Return for each row what the template shows of its inputs."""
        found = []
        for number, row in enumerate(self.widgets["blocks"].widgets):
            found.append(
                [self._input(number, name, row.widgets[name]) for name in _COLUMNS]
            )
        return found

    def error_links(self):
        """Return message and anchor of each input with an error."""
        rows = self.widgets["blocks"].widgets
        return [
            {"href": f"#{rows[number].widgets[name].id}", "text": text}
            for (number, name), text in self.problems.items()
        ]

    @property
    def seen_field(self) -> str:
        """The text blocks that this page shows, for the hidden input."""
        return json.dumps(self.seen)

    @button.buttonAndHandler(_("Save"), name="save")
    def handle_save(self, action):
        """Save the rows, or say why not."""
        try:
            blocks.save(self.context, self.seen, self.entries)
        except blocks.BlocksIncorrect as incorrect:
            self.problems = incorrect.problems
        except blocks.BlocksChanged:
            self.seen = blocks.text_blocks(self.context)
            self.status = _(
                "Nothing is saved yet: somebody else has changed the text blocks "
                "meanwhile. If you save once more, what you see here counts."
            )
        else:
            self.redirect("textbausteine?nach=gespeichert")

    @button.buttonAndHandler(_("Add a text block"), name="add")
    def handle_add(self, action):
        """The row is there already."""

    @button.buttonAndHandler(_("Remove"), name="remove")
    def handle_remove(self, action):
        """The row is gone already."""

    def _read(self) -> None:
        form = self.request.form
        count = min(number_in(self.entry("blocks.count")) or 0, blocks.MOST)
        self.entries = [
            {name: self._cell(number, name) for name in _COLUMNS}
            for number in range(count)
        ]
        self.seen = self._read_seen()
        if "buttons.add" in form and count < blocks.MOST:
            self.entries.append({"title": "", "text": ""})
            self.focus = count
        remove = number_in(self.entry("buttons.remove"))
        if remove is not None and remove < count:
            del self.entries[remove]

    def _cell(self, number: int, name: str) -> str:
        return self.entry(f"blocks.{number}.widgets.{name}")

    def _read_seen(self):
        try:
            return json.loads(self.entry("seen"))
        except (ValueError, RecursionError):
            return []

    def _input(self, number: int, name: str, widget) -> dict:
        error = self.problems.get((number, name))
        widget.attributes["class"] = "form-control"
        if error:
            widget.attributes["aria-invalid"] = "true"
            widget.attributes["aria-describedby"] = f"{widget.id}-error"
        if name == "title" and number == self.focus:
            widget.attributes["autofocus"] = "autofocus"
        if name == "text":
            widget.attributes["rows"] = "5"
        return {"widget": widget, "label": ITextBlock[name].title, "error": error}
