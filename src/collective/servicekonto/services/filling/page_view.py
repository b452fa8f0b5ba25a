"""The pages of a form, one after the other."""

from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.portal.dates import day_in_words
from collective.servicekonto.portal.dates import moment_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.postbox.attachments.limits import for_citizens
from collective.servicekonto.postbox.citizen import words
from collective.servicekonto.services.filling import entries
from collective.servicekonto.services.filling import rows
from collective.servicekonto.services.filling import saving
from collective.servicekonto.services.filling.beginning import ANEW
from collective.servicekonto.services.filling.beginning import BEGIN
from collective.servicekonto.services.filling.beginning import Beginning
from collective.servicekonto.services.filling.beginning import DISCARD
from collective.servicekonto.services.filling.beginning import END
from collective.servicekonto.services.filling.beginning import RESUME
from collective.servicekonto.services.filling.checking import check
from collective.servicekonto.services.filling.pages import Page
from collective.servicekonto.services.filling.pages import PageForm
from collective.servicekonto.services.filling.progress import note_reached
from collective.servicekonto.services.filling.shown import fields
from collective.servicekonto.services.filling.shown import Shown
from functools import cached_property
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
import json


NEXT = "weiter"
BACK = "zurueck"
AUTOSAVE = "entwurf"
LOG_IN = "anmelden"
ROW = "eintrag"
WITHOUT = "ohne"

REVIEW = "pruefen"

_ELSEWHERE = _(
    "In another window or on another device this page was filled in differently in the "
    "meantime. Below you see your present entries. If you go on now, these count."
)


_SET_ASIDE = _(
    "This was typed while you were logged in with a lower trust level, so it is not "
    "part of your form yet. Please check each entry. If you go on now, these count."
)


class PageView(Beginning):
    """One page of the form."""

    template = ViewPageTemplateFile("page.pt")
    problems: Mapping[str, Any] = {}
    warning: Any = None

    @cached_property
    def label(self) -> str:
        """The title of the service; pages that say something else have another one."""
        return str(self.context.title)

    def show(self):
        """Return the page that the address names, or the one to go on with."""
        if not self.has_draft:
            return self.no_draft()
        if self.is_set_aside:
            self.warning = _SET_ASIDE
            self.filling.unsaved = dict(self.filling.set_aside(self.page))
        return self.template()

    def act(self):
        """Begin, or keep the page and go where the button leads."""
        what = self.text("was")
        if what in (BEGIN, RESUME, ANEW):
            return self.begin(what)
        if what == DISCARD:
            return self.discard()
        if what == END:
            return self.end()
        if not self.applicant.owner or (self.is_anonymous and not self.has_draft):
            # Beginning is counted; an invented cookie is no way around that.
            return self.no_draft()
        if what == WITHOUT:
            saving.leave_aside(self.filling, self.page)
            return self.redirect(self.way_to(self.page.number))
        return self._keep(what)

    # What the buttons do

    def _keep(self, what: str):
        if self.is_changed_elsewhere:
            return self._warn(_ELSEWHERE, what)
        if what == AUTOSAVE and self.is_set_aside:
            return self._warn(_SET_ASIDE, what)
        try:
            refused = saving.keep(self.filling, self.sent, self.moment)
        except entries.TooMuch as error:
            return self._warn(error.message, what)
        if what == AUTOSAVE:
            self._check(what, {})
            return self._answer(what)
        saving.leave_aside(self.filling, self.page)
        chosen = rows.chosen(self.filling, self.page, self.sent)
        if chosen or what == ROW:
            return self._fill_in(chosen)
        wrong = self._check(what, refused)
        self.problems = wrong if what == NEXT else refused
        if self.problems:
            return self.template()
        return self.redirect(self._behind(what))

    def _warn(self, warning: Any, what: str):
        """Show what was typed and keep nothing of it yet."""
        self.warning = warning
        self.filling.show_unsaved(self.sent)
        return self._answer(what)

    def _fill_in(self, chosen: Mapping[str, str]):
        """Show the page once more, filled in with the rows that were chosen."""
        number = self.page.number
        saving.choose_rows(self.filling, chosen)
        return self.redirect(self.way_to(number))

    def _check(self, what: str, refused: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is wrong on the page, by field; keep what is not from the account.

        Captchas are asked for the way on only: an answer to them counts once.
        """
        page = self.page
        if what == NEXT:
            self.filling.show_proofs(self.sent)
        else:
            page = page.without(self.filling.captchas)
        return check(self.filling, page) | dict(refused)

    def _behind(self, what: str) -> str:
        """Return where the button leads."""
        number = self.page.number
        if what == NEXT:
            self.filling.draft.page = number + 1
            note_reached(self.filling, number + 1, self.moment)
            if number >= len(self.filling.pages):
                return self.page_path(REVIEW)
            return self.way_to(number + 1)
        if what == BACK:
            return self.way_to(max(number - 1, 1))
        if what == LOG_IN:
            return self.way_to_log_in
        return f"{self.way_to(number)}&gespeichert=1"

    def _answer(self, what: str):
        """Return the page, or for the script what became of the entries."""
        if what != AUTOSAVE:
            return self.template()
        self.request.response.setHeader("Content-Type", "application/json")
        if self.warning:
            self.request.response.setStatus(409, lock=True)
            return json.dumps({"message": self.translate(self.warning)})
        return json.dumps({"version": self.kept_version, "message": self._saved_at()})

    # What is shown

    @property
    def page(self) -> Page:
        """The page that the address or the form names."""
        named = self.text("seite").isdecimal()
        return self.filling.page(self.number if named else self.filling.draft.page)

    @property
    def is_set_aside(self) -> bool:
        """Tell whether entries of the page wait for the citizen's word."""
        return bool(self.filling.set_aside(self.page))

    @property
    def rows(self) -> list[rows.Rows]:
        """What the citizen has several of, where one fills in fields of the page."""
        return rows.of_page(self.filling, self.page)

    @property
    def kept_version(self) -> str:
        """What tells the kept entries of the page from others."""
        return saving.version_of(self.filling, self.page.names)

    @property
    def is_changed_elsewhere(self) -> bool:
        """Tell whether somebody else has saved something else since."""
        sent = entries.sent(self.sent, self.filling.typed)
        known, names = self.text("fassung"), self.page.names
        return saving.is_changed_elsewhere(self.filling, names, known, sent)

    @cached_property
    def form(self) -> PageForm:
        """The form of the page."""
        return self.filling.form(self.page)

    @cached_property
    def fields(self) -> list[Shown]:
        """What is asked on the page."""
        return list(fields(self.filling, self.page, self.form, self.problems))

    @property
    def errors(self) -> list[Shown]:
        """The fields with something to correct."""
        return [one for one in self.fields if one.error and one.name in self.problems]

    @property
    def has_errors(self) -> bool:
        """Tell whether something has to be corrected."""
        return bool(self.problems or self.warning)

    @property
    def total(self) -> int:
        """How many steps there are, the review among them."""
        return len(self.filling.pages) + 1

    @property
    def heading(self) -> str:
        """What the page is about, where it is not the only one."""
        return self.page.label if len(self.filling.pages) > 1 else ""

    @property
    def notice(self) -> Any | None:
        """Say that the draft is saved, and for how long."""
        if not self.text("gespeichert") or self.has_errors:
            return None
        expires = moment_of(self.filling.draft.expires)
        if self.is_anonymous:
            moment = self.translate(moment_in_words(expires, self.language))
            return _(
                "Your entries are saved in this browser until you close it, at most "
                "until ${moment}.",
                mapping={"moment": moment},
            )
        day = day_in_words(expires, self.language)
        return _(
            "Your entries are saved. Nothing is sent yet. You can go on later, on "
            "another device as well: log in and open this form again. The draft is kept "
            "until ${day}.",
            mapping={"day": day},
        )

    @property
    def prologue(self) -> str:
        """What the editor wrote above the form; shown on the first page."""
        text = self.context.formPrologue
        return text.output if text and self.page.number == 1 else ""

    @property
    def epilogue(self) -> str:
        """What the editor wrote below the form; shown on the last page."""
        text = self.context.formEpilogue
        is_last = self.page.number == len(self.filling.pages)
        return text.output if text and is_last else ""

    def size(self, number: int) -> str:
        """Return a number of bytes as people read it."""
        return words.size(number, self.language)

    def limits(self) -> dict[str, str]:
        """Return which files can be attached."""
        return words.limits(for_citizens())

    def _saved_at(self) -> str:
        moment = moment_in_words(moment_of(self.filling.draft.saved), self.language)
        text = _("Saved: ${moment}", mapping={"moment": self.translate(moment)})
        return self.translate(text)
