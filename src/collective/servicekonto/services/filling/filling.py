"""A form under way: what it asks, what the account says, and what was entered."""

from collective.easyform.interfaces import IFieldExtender
from collective.easyform.interfaces import IHCaptcha
from collective.easyform.interfaces import ILabel
from collective.easyform.interfaces import INorobotCaptcha
from collective.easyform.interfaces import IReCaptcha
from collective.servicekonto.dataaccess.service import Released
from collective.servicekonto.services.filling import conditions
from collective.servicekonto.services.filling import entries
from collective.servicekonto.services.filling.applicant import Applicant
from collective.servicekonto.services.filling.drafts import Draft
from collective.servicekonto.services.filling.entries import Entries
from collective.servicekonto.services.filling.organisations import questions_of
from collective.servicekonto.services.filling.pages import condition_of
from collective.servicekonto.services.filling.pages import Page
from collective.servicekonto.services.filling.pages import PageForm
from collective.servicekonto.services.filling.pages import pages_of
from collective.servicekonto.services.filling.prefill import Offer
from collective.servicekonto.services.filling.prefill import offers
from collective.servicekonto.services.filling.prefill import released
from collective.servicekonto.services.filling.prefill import several_rows
from collective.servicekonto.services.mapping.mapped import Mapped
from collective.servicekonto.services.mapping.service import mapping_of
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from functools import cached_property
from plone.namedfile.interfaces import INamedField
from typing import Any
from zope.schema import getFieldsInOrder


_CAPTCHAS = (IHCaptcha, INorobotCaptcha, IReCaptcha)

# Inputs that captchas have beside that of their field.
_OF_CAPTCHAS = ("g-recaptcha-response", "h-captcha-response", "id_check", "question_id")


@dataclass
class Filling:
    """What one request needs to know of a form under way.

    ``draft``   what is kept, or a new one that is not kept yet
    ``today``   the day in the portal's time zone
    ``unsaved`` entries that are shown, though they are not kept
    ``proofs``  what the browser sent to prove that somebody is human
    """

    service: Any
    request: Any
    applicant: Applicant
    draft: Draft
    language: str
    today: date
    unsaved: dict[str, Any] = field(default_factory=dict)
    proofs: dict[str, str] = field(default_factory=dict)
    _pages: tuple[str, list[Page]] | None = None

    @cached_property
    def schema(self) -> Any:
        """The fields of the form. To read them takes time: it is done once."""
        has_account = self.applicant.account is not None
        return questions_of(self.service, has_account, self.language)

    @cached_property
    def model(self) -> str:
        """What tells these fields from those before an editor changed them."""
        return entries.version(self.service.fields_model)

    @cached_property
    def mapping(self) -> dict[str, Mapped]:
        """The fields that an attribute of the account belongs to."""
        return {one.field: one for one in mapping_of(self.schema)}

    @cached_property
    def offers(self) -> dict[str, Offer]:
        """What the account offers, by field."""
        return offers(
            self.service,
            self.schema,
            self.mapping.values(),
            self.released,
            self.draft.chosen,
            self.language,
        )

    @cached_property
    def released(self) -> dict[str, Released]:
        """What the account would hand over now, by attribute."""
        return released(self.applicant, self.mapping.values(), self.kept_back)

    @cached_property
    def several_rows(self) -> dict[str, list[Any]]:
        """The rows of attributes of which only one can fill in the form."""
        return several_rows(self.mapping.values(), self.released)

    @cached_property
    def kept_back(self) -> frozenset[str]:
        """The attributes that the citizen keeps back; none that a field demands."""
        return frozenset(self.draft.kept_back) & self.optional

    @cached_property
    def optional(self) -> frozenset[str]:
        """The attributes that can be kept back."""
        found = self.mapping.values()
        demanded = {one.attribute for one in found if self.schema[one.field].required}
        return frozenset(one.attribute for one in found) - demanded

    @cached_property
    def proven(self) -> frozenset[str]:
        """The fields that nobody can type into."""
        return frozenset(name for name, one in self.mapping.items() if one.proven)

    @cached_property
    def typed(self) -> frozenset[str]:
        """The fields whose entries the browser may send."""
        return frozenset(
            name
            for name, one in getFieldsInOrder(self.schema)
            if name not in self.proven | self.captchas
            and not ILabel.providedBy(one)
            and not INamedField.providedBy(one)
            and not IFieldExtender(one).serverSide
        )

    @cached_property
    def captchas(self) -> frozenset[str]:
        """The fields in which somebody proves to be human."""
        found = getFieldsInOrder(self.schema)
        return frozenset(name for name, one in found if is_captcha(one))

    @property
    def solved(self) -> frozenset[str]:
        """Those in which it was proven for this application."""
        return self.captchas & set(self.draft.solved)

    @cached_property
    def for_files(self) -> tuple[str, ...]:
        """The fields for files, in their order."""
        found = getFieldsInOrder(self.schema)
        return tuple(name for name, one in found if INamedField.providedBy(one))

    @property
    def entries(self) -> Entries:
        """What was entered, as far as the form still asks it."""
        kept = dict(entries.of_fields(self.draft.entries, self.typed))
        return kept | self.unsaved

    def show_unsaved(self, form: Any) -> None:
        """Let the pages show what was sent just now, though it is not kept."""
        self.unsaved = dict(entries.sent(form, self.typed))

    def set_aside(self, page: Page) -> Entries:
        """Return the entries of the page that wait for the citizen's word."""
        return entries.of_fields(self.draft.aside, self.typed & set(page.names))

    def show_proofs(self, form: Any) -> None:
        """Let captchas find what the browser sent for them."""
        names = (f"{entries.PREFIX}{name}" for name in self.captchas)
        found = {name: form.get(name) for name in (*names, *_OF_CAPTCHAS)}
        self.proofs = {k: v for k, v in found.items() if isinstance(v, str)}

    @property
    def pages(self) -> list[Page]:
        """The pages with something to ask, for what was entered so far."""
        state = entries.version([dict(self.entries), list(self.draft.files)])
        if self._pages is None or self._pages[0] != state:
            self.load()
            found = pages_of(self.service, self.request, self.schema)
            self._pages = state, found
        return self._pages[1]

    def page(self, number: int) -> Page:
        """Return the page with this number, or the nearest one there is."""
        return self.pages[max(0, min(number, len(self.pages)) - 1)]

    def form(self, page: Page) -> PageForm:
        """Return the form of the page with what was entered and what is offered."""
        self.load()
        form = PageForm(self, page)
        form.update()
        return form

    def load(self) -> None:
        """Let widgets, validators and expressions find the entries of all pages.

        Nothing of the address is left, nor of cookies that another host of the town
        may have planted, so that nobody can prepare a form for others.
        """
        form, cookies = self.request.form, self.request.cookies
        form.clear()
        form.update({**self.entries, **self.proofs})
        for name in [one for one in cookies if one.startswith(entries.PREFIX)]:
            del cookies[name]
        # A form that was opened by a link of another site is filled in as well.
        self.request.environ.pop("HTTP_REFERER", None)

    def is_asked(self, name: str) -> bool:
        """Tell whether the condition of the field is met by what was entered."""
        return conditions.holds(condition_of(self.schema[name]), self._values)

    @property
    def from_account(self) -> set[str]:
        """The fields that say what the account says, because nothing was entered."""
        offered = {name for name, one in self.offers.items() if one.value is not None}
        return offered - entries.fields_of(self.entries)

    def prefilled(self, name: str) -> Any | None:
        """Return what the account says for the field, None for nothing."""
        offer = self.offers.get(name)
        return None if offer is None else offer.value

    def _values(self, name: str) -> list[str]:
        plain = name.removesuffix(":list")
        found = self.entries.get(plain)
        if found is None:
            offer = self.prefilled(entries.field_of(plain))
            found = "" if offer is None else str(offer)
        return found if isinstance(found, list) else [found]


def is_captcha(question: Any) -> bool:
    """Tell whether it only finds out whether a human being fills in the form."""
    return any(kind.providedBy(question) for kind in _CAPTCHAS)
