"""The statistics of a service, for those who edit it."""

from babel.dates import format_date
from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.portal.web import PortalView
from collective.servicekonto.services.filling.organisations import questions_of
from collective.servicekonto.services.filling.pages import pages_of
from collective.servicekonto.services.pages import EditorPage
from collective.servicekonto.services.statistics import service
from collective.servicekonto.services.statistics.plots import Plot
from collective.servicekonto.services.statistics.plots import plot
from collective.servicekonto.services.statistics.rules import coarse_counts
from collective.servicekonto.services.statistics.rules import Counts
from collective.servicekonto.services.statistics.rules import in_digits
from collective.servicekonto.services.statistics.rules import left_on
from collective.servicekonto.services.statistics.rules import total
from collective.servicekonto.services.statistics.rules import usual_wait
from collective.servicekonto.services.statistics.rules import WAITS
from datetime import date
from functools import cached_property
from plone import api


_MONTHS = 12


class StatisticsView(EditorPage, PortalView):
    """How often the service was begun and sent, where people gave up, and how long it took."""

    label = _("Statistics")

    @cached_property
    def months(self) -> dict[str, Counts]:
        """What may be known of the counts of each month, the earliest first."""
        found = service.overview(self.context.UID(), day_of(now()), _MONTHS)
        return {month: coarse_counts(counts) for month, counts in found.items()}

    @cached_property
    def counts(self) -> Counts:
        """What was counted in all these months."""
        return total(self.months.values())

    def summary(self) -> list[dict]:
        """Return the most important numbers with their titles."""
        wait = usual_wait(self.counts)
        return [
            {"title": _("Started"), "text": in_digits(self.counts.started)},
            {"title": _("Sent"), "text": in_digits(self.counts.sent)},
            {"title": _("Decided"), "text": in_digits(sum(self.counts.decided))},
            {
                "title": _("Half of the decisions came within"),
                "text": "–" if wait is None else self.translate(_wait_title(wait)),
            },
        ]

    @cached_property
    def language(self) -> str:
        """The language of the page."""
        return str(api.portal.get_current_language())

    def plots(self) -> list[Plot]:
        """Return the plots of the page."""
        return [self._use(), self._pages(), self._waits()]

    def _use(self) -> Plot:
        rows = [
            (self._month_title(month), (counts.started, counts.sent))
            for month, counts in self.months.items()
        ]
        series = (self.translate(_("Started")), self.translate(_("Sent")))
        return plot("use", self.translate(_("Use by month")), series, rows)

    def _pages(self) -> Plot:
        questions = questions_of(self.context, True, self.language)
        pages = pages_of(self.context, self.request, questions)
        titles = [page.label for page in pages]
        rows = []
        for number, left in enumerate(left_on(self.counts)):
            title = titles[number] if number < len(titles) else ""
            reached = self.counts.pages[number]
            rows.append((self._page_title(number, title), (reached, left)))
        series = (
            self.translate(_("Came to the page")),
            self.translate(_("Did not go on from there")),
        )
        return plot("pages", self.translate(_("Pages of the form")), series, rows)

    def _waits(self) -> Plot:
        rows = [
            (self.translate(_wait_title(wait)), (number,))
            for wait, number in enumerate(self.counts.decided)
        ]
        series = (self.translate(_("Decisions")),)
        title = self.translate(_("Time from sending to the decision"))
        return plot("waits", title, series, rows)

    def _page_title(self, number: int, title: str) -> str:
        plain = _("Page ${number}", mapping={"number": number + 1})
        return f"{self.translate(plain)}: {title}" if title else self.translate(plain)

    def _month_title(self, month: str) -> str:
        day = date.fromisoformat(f"{month}-01")
        locale = self.language.replace("-", "_")
        return str(format_date(day, "LLLL yyyy", locale=locale))


def _wait_title(wait: int):
    if wait == 0:
        return _("up to one day")
    if wait == len(WAITS):
        return _("more than ${days} days", mapping={"days": WAITS[-1]})
    return _(
        "${first} to ${last} days",
        mapping={"first": WAITS[wait - 1] + 1, "last": WAITS[wait]},
    )
