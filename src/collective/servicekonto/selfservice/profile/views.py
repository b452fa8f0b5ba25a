"""Ihr Profil, in the browser."""

from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.accounts.attributes import attribute
from collective.servicekonto.clock import now
from collective.servicekonto.identity.changes import EMAIL
from collective.servicekonto.selfservice.own import OwnForm
from collective.servicekonto.selfservice.profile import entries
from collective.servicekonto.selfservice.profile import service
from collective.servicekonto.selfservice.profile.inputs import form_schema
from collective.servicekonto.selfservice.profile.page import Filled
from collective.servicekonto.selfservice.profile.page import Input
from collective.servicekonto.selfservice.profile.page import sections
from collective.servicekonto.selfservice.profile.questions import Rows
from collective.servicekonto.selfservice.profile.words import LEVELS
from collective.servicekonto.selfservice.profile.words import lines
from collective.servicekonto.selfservice.profile.words import MEANINGS
from collective.servicekonto.selfservice.profile.words import plain_lines
from collective.servicekonto.selfservice.profile.words import provenance
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from types import MappingProxyType
from typing import Any
from typing import ClassVar
from z3c.form import button
from zope.interface import Interface
import json


# What led to the page, by the word in its address.
NOTICES = {
    "gespeichert": _("Your details are saved."),
    "unveraendert": _("You changed nothing. Everything is as it was."),
    "geloescht": _("The entry is deleted."),
}

# What a citizen stated when registering.
REGISTERED = {"salutation", "given_names", "family_name"}

ADD = "buttons.add"
REMOVE = "buttons.remove"


class ProfileForm(OwnForm):
    """What the citizen keeps about themselves; nothing in it is mandatory."""

    label = _("Your profile")
    template = ViewPageTemplateFile("profile.pt")
    schema = Interface
    ignoreContext = False
    ignoreRequest = True
    autocomplete: ClassVar[dict[str, str]] = {
        "salutation": "honorific-prefix",
        "given_names": "given-name",
        "family_name": "family-name",
        "street": "street-address",
        "postal_code": "postal-code",
        "city": "address-level2",
        "country": "country",
        "telephone": "tel",
    }
    conflicts: tuple[str, ...] = ()
    problems: Mapping[str, Any] = MappingProxyType({})
    is_filled_in = False
    added: tuple[str, int] | None = None
    removed = ""

    def updateFields(self):
        """Make the inputs from what is asked and from what was sent or is stored."""
        self.answers = service.profile(self.account)
        asked = [each.asked for each in self.answers.values()]
        self.open = [each for each in asked if not self.answers[each.name].locked]
        self.sent, self.seen = {}, self._present()
        if self.request.method == "POST" or self.is_filled_in:
            self.sent = entries.read(self.request.form, asked)
            self.seen = entries.read_seen(self.request.form)
        stored = {name: answer.entry for name, answer in self.answers.items()}
        self.entries = stored | self.sent
        if self.request.method == "POST":
            self._change_rows()
        self.notice = self.notice or NOTICES.get(str(self.request.form.get("nach")))
        rows = [each for each in self.open if isinstance(each, Rows)]
        self.schema = form_schema([each for each in rows if self.entries[each.name]])
        super().updateFields()

    def updateWidgets(self, prefix=None):
        """Put the cursor into a row that was just added; scripts are not needed."""
        super().updateWidgets()
        if self.added is not None:
            name, number = self.added
            first = next(iter(self.widgets[name].widgets[number].widgets.values()))
            first.attributes["autofocus"] = "autofocus"

    def getContent(self):
        """Return the rows by the names of their types."""
        return {name: self.entries[name] for name in self.schema}

    @button.buttonAndHandler(_("Save"), name="save")
    def handle_save(self, action):
        """Save everything, or say why nothing was saved."""
        try:
            changed = service.save(self.account, self.sent, self.seen, now())
        except service.Incorrect as incorrect:
            self.problems = incorrect.problems
            return
        except service.ChangedElsewhere as changed_elsewhere:
            self.conflicts = tuple(changed_elsewhere.names)
            present = self._present()
            self.seen |= {name: present[name] for name in self.conflicts}
            return
        except service.Locked as locked:
            self.status = self._locked_message(locked.names)
            return
        self.redirect(f"profil?nach={'gespeichert' if changed else 'unveraendert'}")

    def error_links(self):
        """Return message and anchor of each input with an error."""
        return [
            {"href": part.href, "text": part.error}
            for part in self._inputs()
            if part.error
        ] + [
            {"href": f"#{section.id}", "text": section.error}
            for section in self.sections()
            if section.error
        ]

    @property
    def has_errors(self) -> bool:
        """Tell whether something has to be corrected."""
        return bool(self.status or self.conflicts or self.problems)

    def sections(self):
        """Return the sections of the page."""
        if not hasattr(self, "_sections"):
            filled = Filled(
                self.entries,
                self.problems,
                self.input_attributes,
                self.widgets,
                self.translate,
            )
            self._sections = sections(self.answers, filled)
        return self._sections

    def told_conflicts(self):
        """Return for each attribute changed elsewhere what is saved and what is typed."""
        found = []
        for name in self.conflicts:
            answer = self.answers[name]
            found.append(
                {
                    "title": answer.asked.title,
                    "saved": lines(answer.asked, answer.entry, self.translate),
                    "typed": lines(answer.asked, self.entries[name], self.translate),
                }
            )
        return found

    def trust_levels(self) -> list[dict]:
        """Return name and meaning of each trust level, from the lowest one."""
        return [
            {"name": LEVELS[level], "meaning": meaning}
            for level, meaning in MEANINGS.items()
        ]

    @property
    def is_first_visit(self) -> bool:
        """Tell whether nothing is known but what was stated when registering."""
        known = {name for name, each in self.answers.items() if each.attribute}
        return known <= REGISTERED

    @property
    def email(self):
        """The address and who confirmed it; it has a page of its own."""
        known = attribute(self.account, EMAIL)
        return {"address": known.value, "note": provenance(known, self.translate)}

    @property
    def seen_field(self) -> str:
        """The versions that this page shows, for the hidden input."""
        return json.dumps(self.seen)

    def former(self):
        """Return what was asked earlier and is still kept."""
        return [
            {
                "title": each.title,
                "lines": plain_lines(each.attribute.value),
                "note": provenance(each.attribute, self.translate),
                "href": self.link(f"profil-angabe-loeschen?angabe={each.name}"),
            }
            for each in service.former(self.account, self.answers)
        ]

    def input_attributes(self, name):
        """Help browsers and small keyboards with the inputs."""
        attributes = super().input_attributes(name)
        return attributes | ({"inputmode": "tel"} if name == "telephone" else {})

    def _present(self) -> dict[str, str]:
        return {name: each.version for name, each in self.answers.items()}

    def _fill_in(self, entries):
        super()._fill_in(entries)
        self.is_filled_in = entries is not None

    def _change_rows(self) -> None:
        """Add or remove a row as the button says; nothing is saved by that."""
        form = self.request.form
        rows = {each.name: each for each in self.open if isinstance(each, Rows)}
        name = str(form.get(ADD))
        if name in rows:
            self.entries[name] = [*self.entries[name], {}]
            self.added = (name, len(self.entries[name]) - 1)
        name, _dot, number = str(form.get(REMOVE, "")).rpartition(".")
        if name in rows and number.isdecimal() and len(number) < 4:
            kept = enumerate(self.entries[name])
            self.entries[name] = [row for each, row in kept if each != int(number)]
            self.removed = name

    def _inputs(self) -> list[Input]:
        found = []
        for section in self.sections():
            found += [part for part in section.parts if isinstance(part, Input)]
            found += [cell for row in section.rows or [] for cell in row.inputs]
        return found

    def _locked_message(self, names: list[str]) -> str:
        titles = [self.translate(self.answers[name].asked.title) for name in names]
        message = _(
            "Nothing is saved yet. This was confirmed by your Online-Ausweis meanwhile "
            "and cannot be changed here: ${names}. Please look at it and save again.",
            mapping={"names": ", ".join(titles)},
        )
        return self.translate(message)


class ForgetForm(OwnForm):
    """Deletes what was asked earlier, after asking whether this is wanted."""

    label = _("Delete an entry")
    schema = Interface
    carried = ("angabe",)
    autocomplete: ClassVar[dict[str, str]] = {}

    def updateFields(self):
        """Find what shall be deleted."""
        name = self.request.form.get("angabe")
        kept = service.former(self.account, service.profile(self.account))
        found = [each for each in kept if each.name == name]
        self.former = found[0] if found else None
        super().updateFields()

    @property
    def intro(self):
        """Say what will be deleted."""
        value = "; ".join(plain_lines(self.former.attribute.value))
        return _(
            "Do you want to delete “${title}: ${value}”? This cannot be undone.",
            mapping={"title": self.translate(self.former.title), "value": value},
        )

    @button.buttonAndHandler(_("Delete"), name="delete")
    def handle_delete(self, action):
        """Delete it."""
        if self.former is not None:
            service.save(self.account, {self.former.name: ""}, {}, now())
        self.redirect("profil?nach=geloescht")

    @button.buttonAndHandler(_("Keep"), name="keep")
    def handle_keep(self, action):
        """Leave everything as it is."""
        self.redirect("profil")

    def render(self):
        """Return the question, or to the profile where there is nothing to delete."""
        if self.former is None:
            self.redirect("profil")
        return super().render()
