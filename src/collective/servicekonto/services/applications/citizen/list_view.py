"""The page “Meine Anträge”: all applications of the citizen, with a search."""

from collective.servicekonto import _
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.citizen import memory
from collective.servicekonto.postbox.citizen import words
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.citizen.own import ApplicationsPage
from collective.servicekonto.services.applications.citizen.own import LOCKED
from enum import Enum
from functools import cached_property
from typing import Any


# The name under which the browser keeps what is looked for (see memory).
SEARCH = "servicekonto_antraege"


class Which(Enum):
    """Which applications are shown."""

    ALL = ""
    OPEN = "offen"
    DECIDED = "abgeschlossen"


TITLES = {
    Which.ALL: _("All"),
    Which.OPEN: _("Under way"),
    Which.DECIDED: _("Closed"),
}


class ApplicationsView(ApplicationsPage):
    """Lists the applications, the newest first.

    Of what is locked no more is shown than when it was sent, and to whom.
    """

    label = _("My applications")

    @cached_property
    def all_of_them(self) -> list[Any]:
        """All applications of the citizen."""
        return service.of_account(self.account)

    @property
    def which(self) -> Which:
        """Which of them the address asks for."""
        named = {one.value: one for one in Which}
        return named.get(self.text("stand"), Which.ALL)

    @property
    def is_search(self) -> bool:
        """Tell whether the page shows what was looked for."""
        return self.text("suche") == "1"

    @cached_property
    def word(self) -> str:
        """What is looked for."""
        kept = memory.recall(self.request, self.session, SEARCH)
        return kept if self.is_search and isinstance(kept, str) else ""

    def applications(self) -> list[Any]:
        """Return those to show."""
        return [one for one in self.all_of_them if self._is_wanted(one)]

    def title(self, application: Any) -> Any:
        """Return what it is called in the list."""
        return LOCKED if self.is_locked(application) else application.title

    def to_unlock(self, application: Any) -> Any:
        """Say what has to be done before it can be seen."""
        return words.to_unlock(TrustLevel(application.level))

    def filters(self) -> list[dict]:
        """Return what can be chosen, with the number of each."""
        return [
            {
                "link": self._link(one, self.is_search),
                "title": TITLES[one],
                "number": sum(self._is(one, each) for each in self.all_of_them),
                "current": "page" if one is self.which else None,
            }
            for one in Which
        ]

    def everything_link(self) -> str:
        """Return the address of the page without a search."""
        return self._link(self.which, False)

    def act(self):
        """Look for the words, which are for nobody's eyes in the address."""
        memory.remember(self.request, self.session, SEARCH, self.text("wort"))
        word = bool(self.text("wort"))
        return self.redirect(self._page(self.which, word))

    def _link(self, which: Which, is_search: bool) -> str:
        return self.link(self._page(which, is_search))

    def _page(self, which: Which, is_search: bool) -> str:
        entries = [("stand", which.value), ("suche", "1" if is_search else "")]
        query = "&".join(f"{name}={value}" for name, value in entries if value)
        return f"antraege?{query}" if query else "antraege"

    def _is(self, which: Which, application: Any) -> bool:
        if which is Which.ALL:
            return True
        if self.is_locked(application):
            return False
        return self.is_decided(application) == (which is Which.DECIDED)

    def _is_wanted(self, application: Any) -> bool:
        title = "" if self.is_locked(application) else application.title
        text = f"{title} {application.number} {application.office_name}"
        return (
            self._is(self.which, application)
            and self.word.casefold() in text.casefold()
        )
