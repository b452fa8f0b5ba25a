"""The review: everything once more before it is sent, and the sending itself."""

from collective.servicekonto import _
from collective.servicekonto.identity.addresses import AddressProblem
from collective.servicekonto.identity.addresses import normalise_address
from collective.servicekonto.postbox.citizen import words
from collective.servicekonto.registration import gate
from collective.servicekonto.registration.guard import Outcome
from collective.servicekonto.registration.views import GUARD_TEMPLATE
from collective.servicekonto.services.filling import profile
from collective.servicekonto.services.filling import sending
from collective.servicekonto.services.filling.collecting import collect
from collective.servicekonto.services.filling.collecting import Collected
from collective.servicekonto.services.filling.collecting import Line
from collective.servicekonto.services.filling.own import FillingPage
from collective.servicekonto.services.filling.pages import Page
from dataclasses import dataclass
from functools import cached_property
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
import transaction


KEY = "s"
EMAIL = "email"
NEWS = "neues"

_SET_ASIDE = _(
    "What you typed while you were logged in with a lower trust level is not part of "
    "the form yet. Please go back to its page if you want to take it over."
)


@dataclass(frozen=True)
class Problem:
    """What has to be corrected; ``href`` leads there."""

    href: str
    label: Any
    text: Any


class ReviewView(FillingPage):
    """Shows all entries page by page, and sends them."""

    template = ViewPageTemplateFile("review.pt")
    guard_template = GUARD_TEMPLATE
    guard_reason = _(
        "Many forms are sent at the moment. We want to be sure that a human being sends "
        "this one."
    )
    label = _("Check and send")
    warning: Any = None
    refused: dict[str, Any] | None = None
    email_problem: Any = None
    guard_problem: Any = None
    challenge: Any = None

    def show(self):
        """Return the review of the draft."""
        if not self.has_draft:
            return self.no_draft()
        if self.filling.draft.aside:
            self.warning = _SET_ASIDE
        return self.template()

    def act(self):
        """Send the form, unless it was sent already."""
        owner, key = self.applicant.owner, self.text(KEY)
        if sending.sent(owner, key, self.moment) is not None:
            return self._sent(key)
        if not self.has_draft:
            return self.no_draft()
        try:
            sending.demand_seen(self.text("stand"), self.version, self.collected)
        except sending.Incomplete:
            return self.template()
        except sending.Changed as changed:
            self.warning = changed.message
            return self.template()
        if not (self._is_email_right() and self._is_human()):
            return self.template()
        return self._send()

    def _send(self):
        wish = sending.Wish(
            email=self.email,
            mails_changes=bool(self.email) and self.wants_news,
            profile=self.new_in_profile if self.text("profil") else {},
        )
        key = self.filling.draft.key
        try:
            sending.send(self.filling, self.settings, self.collected, wish, self.moment)
        except sending.REFUSALS as refused:
            return self._undo(refused)
        return self._sent(key)

    def _undo(self, refused: Exception):
        """Let nothing of it be kept, and show why."""
        transaction.doom()
        self.filling.load()
        self.warning = sending.why(refused)
        self.refused = sending.problems(refused)
        return self.template()

    def _sent(self, key: str):
        return self.redirect(self.page_path(f"gesendet?{KEY}={key}"))

    # What is shown

    @cached_property
    def collected(self) -> Collected:
        """Everything that was entered."""
        return collect(self.filling)

    @cached_property
    def version(self) -> str:
        """What tells what is shown from anything that would be sent instead of it."""
        return sending.version(self.filling, self.settings, self.collected)

    @property
    def has_errors(self) -> bool:
        """Tell whether something has to be corrected."""
        return bool(self.warning or self.problems)

    @property
    def problems(self) -> list[Problem]:
        """What has to be corrected, and where."""
        found = [
            Problem(self.way_to(page, line), line.answer.label, line.problem)
            for page, line in self.collected.problems
        ]
        found += [
            Problem(f"#{EMAIL}", _("E-mail address"), one)
            for one in [self.email_problem]
            if one
        ]
        found += [
            Problem("#guard", _("A short check"), one)
            for one in [self.guard_problem]
            if one
        ]
        refused = self.refused or {}
        return found + [
            Problem(self.way_to(checked.page, line), line.answer.label, text)
            for checked in self.collected.pages
            for line in checked.lines
            for text in [refused.get(line.answer.field)]
            if text
        ]

    def way_to(self, page: Page, line: Line | None = None) -> str:
        """Return the address of a page of the form, or of a field there."""
        address = self.page_link(f"ausfuellen?seite={page.number}")
        return (
            address
            if line is None
            else f"{address}#formfield-form-widgets-{line.answer.field}"
        )

    @property
    def total(self) -> int:
        """How many steps there are, this one among them."""
        return len(self.filling.pages) + 1

    @property
    def key(self) -> str:
        """What stands for this application, however often it is sent."""
        return str(self.filling.draft.key)

    def size(self, line: Line) -> str:
        """Return the size of the line's file, an empty text where it is none."""
        found = self.collected.files.get(line.answer.field)
        return "" if found is None else words.size(found.size, self.language)

    @cached_property
    def new_in_profile(self) -> dict[str, Any]:
        """What was typed and is not in the profile yet."""
        return profile.changes(self.filling, self.collected)

    @property
    def titles_in_profile(self) -> str:
        """What it is called."""
        titles = profile.titles(self.filling, self.new_in_profile)
        return ", ".join(self.translate(one) for one in titles)

    # People without account

    @property
    def typed_email(self) -> str:
        """What is in the field for the address."""
        return self.text(EMAIL, 254)

    @property
    def wants_news(self) -> bool:
        """Tell whether changes of the application are to be mailed."""
        return bool(self.text(NEWS))

    @property
    def email(self) -> str:
        """Where the copy goes, empty for nowhere."""
        typed = self.typed_email if self.is_anonymous else ""
        return normalise_address(typed) if typed else ""

    def _is_email_right(self) -> bool:
        try:
            self.email  # noqa: B018
        except AddressProblem as problem:
            self.email_problem = problem.message
        return self.email_problem is None

    def guard(self) -> str:
        """Return the check of the registration, where it is needed."""
        if not self._needs_guard():
            return ""
        self.challenge = self.challenge or gate.new_challenge(self.moment)
        return self.guard_template()

    def _needs_guard(self) -> bool:
        client = self.request.getClientAddr()
        return self.is_anonymous and gate.is_needed(client, self.moment)

    def _is_human(self) -> bool:
        if self._needs_guard():
            verdict = gate.judge(self.sent, self.moment)
            if not verdict.ok:
                self.guard_problem = verdict.message
                if verdict.outcome is Outcome.TOO_EARLY:
                    self.challenge = gate.next_challenge(self.sent)
                return False
        if self.is_anonymous:
            gate.count(self.request.getClientAddr(), self.moment)
        return True
