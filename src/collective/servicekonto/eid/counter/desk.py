"""The clerk at the counter: the code, the document, the comparison."""

from collective.servicekonto import _
from collective.servicekonto.accounts.content import COUNTRIES
from collective.servicekonto.accounts.countries import GERMANY
from collective.servicekonto.accounts.login import LoginRefused
from collective.servicekonto.accounts.service import NotActive
from collective.servicekonto.clock import now
from collective.servicekonto.eid.counter import rules
from collective.servicekonto.eid.counter import service
from collective.servicekonto.eid.counter.codes import CodeRefused
from collective.servicekonto.eid.counter.pages import CounterPage
from collective.servicekonto.eid.counter.rules import Document
from collective.servicekonto.eid.counter.service import Visit
from collective.servicekonto.eid.counter.words import DOCUMENTS
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.portal.forms import PortalForm
from collective.servicekonto.postbox.desk.office import DeskViewlet
from collective.servicekonto.postbox.desk.recipients import Mistyped
from collective.servicekonto.postbox.desk.recipients import TooManyLookups
from collective.servicekonto.selfservice.profile.service import Incorrect
from collective.servicekonto.selfservice.profile.service import read_entries
from plone.autoform import directives
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from z3c.form import button
from z3c.form.browser.radio import RadioFieldWidget
from zope import schema
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


_DOCUMENTS = SimpleVocabulary(
    [SimpleTerm(one.value, one.value, title) for one, title in DOCUMENTS.items()]
)

_TEXTS = ("given_names", "family_name", "birth_name", "date_of_birth", "place_of_birth")
_ADDRESS = ("street", "postal_code", "city", "country")


class IVisit(model.Schema):
    """What the citizen tells, and what stands on the document. Never its number."""

    recipient = schema.TextLine(
        title=_("Account number or e-mail address"),
        description=_("Exactly as the citizen tells it."),
        required=False,
    )
    code = schema.TextLine(
        title=_("Code for the counter"),
        description=_("The citizen makes it in Mein Bereich. It counts once."),
        required=False,
    )
    directives.widget("document", RadioFieldWidget)
    document = schema.Choice(
        title=_("Document that is shown"),
        vocabulary=_DOCUMENTS,
        default=Document.IDENTITY_CARD.value,
    )
    given_names = schema.TextLine(
        title=_("Given names"),
        description=_("All of them, as they stand on the document."),
        required=False,
    )
    family_name = schema.TextLine(title=_("Family name"), required=False)
    birth_name = schema.TextLine(
        title=_("Name at birth"),
        description=_(
            "Empty if none stands on the document. A residence permit and documents of "
            "other states say nothing about it: then it is left out."
        ),
        required=False,
    )
    date_of_birth = schema.TextLine(
        title=_("Date of birth"),
        description=_("For example 24.12.1950."),
        required=False,
    )
    place_of_birth = schema.TextLine(title=_("Place of birth"), required=False)
    street = schema.TextLine(
        title=_("Street and house number"),
        description=_(
            "Only for an identity card and a residence permit: passports have no address."
        ),
        required=False,
    )
    postal_code = schema.TextLine(title=_("Postcode"), required=False)
    city = schema.TextLine(title=_("Town"), required=False)
    country = schema.Choice(
        title=_("Country"), vocabulary=COUNTRIES, default=GERMANY, required=False
    )


class VisitForm(CounterPage, PortalForm):
    """Code and document; then the comparison, and the password once more."""

    label = _("Confirm an identity at the counter")
    schema = IVisit
    below_template = ViewPageTemplateFile("below.pt")
    done = False
    waits = False

    @property
    def intro(self):
        """Say what the clerk looks at."""
        return _(
            "Please check that the document is genuine and valid, and that the picture "
            "shows the citizen before you. Enter what stands on it. The number of the "
            "document is not stored."
        )

    def input_attributes(self, name):
        """The browser of the office remembers nothing of citizens."""
        return super().input_attributes(name) | {"autocomplete": "off"}

    def render(self):
        """Return the form, the comparison, or what became of it."""
        if self.done:
            return self._said()
        if self.found is not None:
            self.label = _("Compare and confirm")
            return self.compare_template()
        return super().render()

    def buttons_to_show(self):
        """Show one button below the fields; the others are on the comparison."""
        return super().buttons_to_show()[:1]

    @property
    def below_form(self):
        """The way to what waits for a second clerk."""
        return self.below_template()

    @property
    def number_waiting(self) -> int:
        """How much waits for a second clerk."""
        return len(service.waiting(self.context, now()))

    @property
    def buttons_below(self) -> list[tuple[str, Any]]:
        """Name and text of the buttons of the comparison."""
        shown = [("buttons.change", _("Change the entries"))]
        if self.found.is_possible:
            shown.insert(0, ("buttons.confirm", _("Confirm")))
        return shown

    def sent_entries(self) -> list[tuple[str, str]]:
        """Return name and text of all that the comparison sends on."""
        return [(name, self.entry(name)) for name in self.schema]

    @button.buttonAndHandler(_("Compare"), name="compare")
    def handle_compare(self, action):
        """Show account, document and result."""
        self._compare(self._visit())

    @button.buttonAndHandler(_("Confirm"), name="confirm")
    def handle_confirm(self, action):
        """Confirm it, or say why not."""
        visit = self._visit()
        self.problem = self.refused()
        if visit is None or self.problem:
            self._compare(visit)
            return
        try:
            self.waits = not self._confirmed(visit)
        except (LoginRefused, service.Conflict) as refused:
            self.problem = self.why(refused)
            self._compare(visit)
        except _NOT_FOUND as refused:
            self._show(refused)
        else:
            self.done = True

    @button.buttonAndHandler(_("Change the entries"), name="change")
    def handle_change(self, action):
        """Go back to the form; everything is filled in."""

    def _confirmed(self, visit: Visit) -> bool:
        return service.confirm(self.request, self.context, visit, self.password, now())

    def _compare(self, visit: Visit | None) -> None:
        if visit is None:
            return
        try:
            self.found = service.compare(self.context, visit, now())
        except _NOT_FOUND as refused:
            self._show(refused)

    def _show(self, refused: Exception) -> None:
        name, text = next(
            (name, text) for kind, name, text in _REFUSALS if isinstance(refused, kind)
        )
        self.show_problems({name: text})

    def _visit(self) -> Visit | None:
        """Return what was entered, or show what is wrong with it."""
        document = self._document()
        if document is None:
            self.show_problems({"document": _("Please choose a document.")})
            return None
        problems = {
            name: _missing(name)
            for name in ("recipient", "code")
            if not self.entry(name)
        }
        values: dict[str, Value] = {}
        try:
            values = read_entries(self._entries(document), now().date())
            for name in rules.missing(document, values):
                field = "street" if name == "address" else name
                problems[field] = _missing(field)
        except Incorrect as incorrect:
            problems |= {
                name.rpartition(".")[2]: text
                for name, text in incorrect.problems.items()
            }
        self.show_problems(problems)
        if problems:
            return None
        return Visit(self.entry("recipient"), self.entry("code"), document, values)

    def _document(self) -> Document | None:
        try:
            return Document(self.entry("document"))
        except ValueError:
            return None

    def _entries(self, document: Document) -> dict[str, Any]:
        entries: dict[str, Any] = {name: self.entry(name) for name in _TEXTS}
        parts = {part: self.entry(part) for part in _ADDRESS}
        # The country alone is no address; it is preselected.
        is_stated = any(parts[part] for part in _ADDRESS if part != "country")
        entries["address"] = parts if is_stated else {}
        return {name: entry for name, entry in entries.items() if name in document.says}

    def _said(self):
        text = (
            _(
                "Nothing is changed yet. A colleague of your office has to look at it and "
                "confirm it, too, within three days."
            )
            if self.waits
            else _(
                "The details are confirmed. The citizen gets an e-mail, and a message in "
                "the Postfach."
            )
        )
        label = _("A second clerk is needed") if self.waits else _("It is confirmed")
        return self.message(
            label, text, page="schalter", link_text=_("The next citizen")
        )


def _missing(name: str) -> Any:
    """Return what is said of an empty field; the summary tells one from the other."""
    return _("Please fill in: ${what}", mapping={"what": IVisit[name].title})


class CounterViewlet(DeskViewlet):
    """Leads the clerks to the counter, from every page of the site."""

    label = _("Counter")
    page = "schalter"

    def offices(self):
        """Return the offices at which the user may confirm identities."""
        return service.own_counters()

    def text(self, office, is_only):
        """Return the text of the link to an office."""
        if is_only:
            return _("Counter")
        return _("Counter: ${office}", mapping={"office": office.title})


# Which field tells of what was not found, the more special first.
_REFUSALS = (
    (
        Mistyped,
        "recipient",
        _(
            "There is a slip of the pen in this account number. Please compare each "
            "digit with what the citizen told you."
        ),
    ),
    (
        (TooManyLookups, service.TooManyCodes),
        "recipient",
        _(
            "You have tried many times within a short time. Please wait a few minutes. "
            "Your entries are still here."
        ),
    ),
    (
        (CodeRefused, NotActive),
        "code",
        _(
            "This code does not count for a Servicekonto with this number or address. "
            "Please compare both. The code may have been used, be too old, or the account "
            "was changed since. The citizen can make a new one in Mein Bereich."
        ),
    ),
)

_NOT_FOUND = (
    Mistyped,
    TooManyLookups,
    service.TooManyCodes,
    CodeRefused,
    NotActive,
)
