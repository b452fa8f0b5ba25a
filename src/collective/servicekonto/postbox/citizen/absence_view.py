"""The page “Abwesenheit”."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.postbox import absence
from collective.servicekonto.postbox.absence import Absence
from collective.servicekonto.postbox.citizen.notices import Notice
from collective.servicekonto.postbox.citizen.own import day
from collective.servicekonto.postbox.citizen.own import PostboxView
from collective.servicekonto.postbox.citizen.problems import Problem
from typing import Any


FIRST = "von"
LAST = "bis"
END = "beenden"


class AbsenceView(PostboxView):
    """Says from when to when one is away."""

    label = _("Absence")
    problems: tuple[Problem, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Tell whether something has to be corrected."""
        return bool(self.problems)

    @property
    def present(self) -> Absence | None:
        """What was said before and is not over."""
        return absence.present_or_coming(self.account.id, now())

    def entry(self, name: str) -> str:
        """Return what stands in the field."""
        if self.request.method == "POST":
            return self.text(name)
        found = self.present
        if found is None:
            return ""
        return (found.first if name == FIRST else found.last).isoformat()

    def problems_of(self, field: str) -> list[Problem]:
        """Return what has to be corrected in the field."""
        return [one for one in self.problems if one.field == field]

    def act(self):
        """Note the days, or that the citizen is there."""
        if self.text("was") == END:
            absence.forget(self.account.id)
            return self._done(_ENDED)
        first, last = day(self.text(FIRST)), day(self.text(LAST))
        missing = {FIRST: first, LAST: last}
        self.problems = tuple(
            Problem(name, _MISSING, self.translate(_TITLES[name]))
            for name, entered in missing.items()
            if entered is None
        )
        if first is None or last is None:
            return self.index()
        try:
            absence.say(self.account, Absence(first, last), now())
        except absence.WrongDays:
            self.problems = (Problem(LAST, _WRONG),)
            return self.index()
        return self._done(_SAVED)

    def _done(self, text: Any):
        self.remember_notice(Notice(text=self.translate(text)))
        return self.redirect("postfach")


_TITLES = {FIRST: _("First day"), LAST: _("Last day")}

_SAVED = _("Your absence is saved. Offices see it before they write to you.")
_ENDED = _("Your absence is ended. Offices see that you are there.")

_MISSING = _("Please enter a day, for example 24.12.2026.")
_WRONG = _(
    "The last day must be today or later, not before the first day, and within a year."
)
