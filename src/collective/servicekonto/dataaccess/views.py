"""The page “Datenzugriff verwalten”: see past transfers, and delete them."""

from collections.abc import Iterable
from collective.servicekonto import _
from collective.servicekonto.accounts.content import IServicekonto
from collective.servicekonto.dataaccess import service
from collective.servicekonto.dataaccess.log import Transfer
from collective.servicekonto.identity.changes import EMAIL
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.dates import moment_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.selfservice.own import OwnView
from collective.servicekonto.selfservice.profile.service import profile
from collective.servicekonto.selfservice.profile.words import LEVELS
from datetime import date
from functools import cached_property
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from urllib.parse import urlencode


PAGE_SIZE = 25

FORGET_ONE = "one"
FORGET_RECIPIENT = "recipient"
FORGET_ALL = "all"


class DataAccessView(OwnView):
    """The log of data transfers, with a search.

    What is looked for is sent in the body of the request: words and recipients have
    no place in an address, which browsers and servers write down.
    """

    label = _("Data transfers")

    @property
    def search(self) -> service.Search:
        """What the citizen looks for; a day that is none does not narrow it."""
        return service.Search(
            text=self._text("suche"),
            recipient=self._text("empfaenger"),
            since=_day(self._text("von")),
            until=_day(self._text("bis")),
        )

    def found(self) -> list[Transfer]:
        """Return all transfers that are looked for."""
        return service.find(self.account, self.search)

    def page_of(self, found: list[Transfer]) -> list[Transfer]:
        """Return those on the present page."""
        first = (self.number - 1) * PAGE_SIZE
        return found[first : first + PAGE_SIZE]

    @property
    def number(self) -> int:
        """The number of the present page, from 1."""
        text = self._text("seite")
        return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1

    def other_pages(self, found: list[Transfer]) -> dict[str, int]:
        """Return the numbers of the page before and the one behind, if any."""
        pages = {}
        if self.number > 1:
            pages["before"] = self.number - 1
        if self.number * PAGE_SIZE < len(found):
            pages["behind"] = self.number + 1
        return pages

    def carried_search(self) -> dict[str, str]:
        """Return what other pages of the same search are asked for with."""
        names = ("suche", "empfaenger", "von", "bis")
        return {"csrf": self.csrf_token} | {name: self._text(name) for name in names}

    def recipients(self) -> list[str]:
        """Return the names that the log can be narrowed to."""
        return service.recipients(self.account)

    def is_narrowed(self) -> bool:
        """Tell whether the citizen looks for something."""
        return self.search != service.Search()

    def when(self, transfer: Transfer) -> str:
        """Return day and time in words."""
        language = api.portal.get_current_language()
        return self.translate(moment_in_words(moment_of(transfer.at), language))

    def attributes(self, transfer: Transfer) -> Iterable[dict]:
        """Return title and trust level of what was handed over."""
        for name, level in transfer.attributes:
            yield {
                "title": self.titles.get(name, name),
                "level": LEVELS[TrustLevel(level)],
            }

    @cached_property
    def titles(self) -> dict:
        """What the attributes are called."""
        asked = {name: one.asked.title for name, one in profile(self.account).items()}
        return asked | {EMAIL: IServicekonto[EMAIL].title}

    def forget_link(self, what: str, which: str = "") -> str:
        """Return the address of the page that asks before deleting.

        ``which`` is the id of an entry, also where all of its recipient are meant.
        """
        query = urlencode({"was": what, "welche": which})
        return self.link(f"datenzugriff-loeschen?{query}")

    def _text(self, name: str) -> str:
        if self.request.method != "POST":
            return ""
        value = self.request.form.get(name, "")
        return value.strip()[:200] if isinstance(value, str) else ""


class ForgetView(OwnView):
    """Asks before entries of the log are deleted, and deletes them."""

    label = _("Delete entries of the log")
    index = ViewPageTemplateFile("forget.pt")

    def act(self):
        """Delete, and go back to the log."""
        self._forget()
        return self.redirect("datenzugriff?geloescht=1")

    @property
    def what(self) -> str:
        """Whether one entry, those of a recipient, or all are meant."""
        return str(self.request.form.get("was") or "")

    @property
    def which(self) -> str:
        """The id of the entry that is meant, or of one of the recipient's."""
        return str(self.request.form.get("welche") or "")

    @property
    def number(self) -> int:
        """How many entries would be deleted."""
        everything = service.find(self.account, service.Search())
        if self.what == FORGET_ALL:
            return len(everything)
        if self.what == FORGET_RECIPIENT:
            return sum(one.recipient == self.recipient for one in everything)
        return sum(one.id == self.which for one in everything)

    @property
    def recipient(self) -> str:
        """The recipient of the entry that is meant, an empty text for none."""
        return service.recipient_of(self.account, self.which)

    def _forget(self) -> None:
        if self.what == FORGET_ALL:
            service.forget_all(self.account)
        elif self.what == FORGET_RECIPIENT:
            service.forget_recipient(self.account, self.recipient)
        elif self.what == FORGET_ONE:
            service.forget_one(self.account, self.which)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
