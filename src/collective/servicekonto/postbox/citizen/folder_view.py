"""The page “Postfach”: the folders, a search, and what is done with many messages."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.portal.dates import date_in_words
from collective.servicekonto.postbox import absence
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.citizen import memory
from collective.servicekonto.postbox.citizen import notices
from collective.servicekonto.postbox.citizen import words
from collective.servicekonto.postbox.citizen.notices import NOTICE
from collective.servicekonto.postbox.citizen.notices import Notice
from collective.servicekonto.postbox.citizen.own import day
from collective.servicekonto.postbox.citizen.own import folder_of
from collective.servicekonto.postbox.citizen.own import MESSAGE
from collective.servicekonto.postbox.citizen.own import PostboxView
from collective.servicekonto.postbox.rules import CITIZENS_FOLDERS
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.service import Action
from collective.servicekonto.postbox.service import Order
from collective.servicekonto.postbox.service import Search
from functools import cached_property
from typing import Any
from urllib.parse import urlencode


# The name under which the browser keeps what was looked for (see memory).
SEARCH = "servicekonto_search"

UNDO = "rueckgaengig"
LOOK = "suchen"

_LONGEST_SEALED = 4_000

FOLDER_ACTIONS = {
    Folder.INBOX: (Action.ARCHIVE, Action.UNREAD, Action.BIN),
    Folder.SENT: (Action.ARCHIVE, Action.BIN),
    Folder.ARCHIVE: (Action.INBOX, Action.BIN),
    Folder.BIN: (Action.RESTORE, Action.DESTROY),
}


class FolderView(PostboxView):
    """A folder of the Postfach."""

    label = _("Postfach")
    orders = words.ORDERS

    @cached_property
    def folder(self) -> Folder:
        """The folder that is open."""
        return folder_of(self.text("ordner"))

    @property
    def folder_title(self) -> Any:
        """What the folder is called."""
        return words.FOLDERS[self.folder]

    @property
    def empty(self) -> Any:
        """What is said where the folder is empty."""
        return words.EMPTY[self.folder]

    def folders(self) -> Iterator[dict]:
        """Yield what the navigation shows of each folder."""
        unread = service.unread(self.account.id)
        for folder in CITIZENS_FOLDERS:
            yield {
                "link": self.folder_link(folder),
                "title": words.FOLDERS[folder],
                "current": "page" if folder is self.folder else None,
                "unread": unread if folder is Folder.INBOX else 0,
            }

    @cached_property
    def page(self) -> service.Page:
        """The messages to show."""
        search, order = self.wanted
        return service.listing(
            self.account,
            self.session.level,
            self.folder,
            search,
            order,
            self.text("hinter"),
        )

    @cached_property
    def wanted(self) -> tuple[Search, Order]:
        """What is looked for, and how it is sorted."""
        kept = memory.recall(self.request, self.session, SEARCH)
        return _search(kept) if kept and self.is_search else (Search(), Order.NEWEST)

    @property
    def is_search(self) -> bool:
        """Tell whether the page shows what was looked for."""
        return self.text("suche") == "1"

    def next_link(self) -> str:
        """Return the address of the following messages, empty for none."""
        behind = self.page.behind
        if not behind:
            return ""
        more = {"suche": "1"} if self.is_search else {}
        return self.folder_link(self.folder, **more, hinter=behind)

    def first_link(self) -> str:
        """Return the address of the first messages, empty where they are shown."""
        more = {"suche": "1"} if self.is_search else {}
        return self.folder_link(self.folder, **more) if self.text("hinter") else ""

    @property
    def absence(self) -> Any | None:
        """What the citizen said about being away."""
        found = absence.present_or_coming(self.account.id, now())
        if found is None:
            return None
        return _(
            "You are away from ${first} to ${last}. Offices see this. Messages arrive "
            "all the same, and time limits run.",
            mapping={
                "first": date_in_words(found.first, self.language),
                "last": date_in_words(found.last, self.language),
            },
        )

    @property
    def held_back(self) -> int:
        """How many answers wait until their files were scanned."""
        return len(service.held_back(self.account)) if self._is_sent else 0

    @property
    def _is_sent(self) -> bool:
        return self.folder is Folder.SENT

    def buttons(self) -> list[dict]:
        """Return what can be done with ticked messages."""
        return [
            {
                "value": action.value,
                "title": words.ACTIONS[action],
                "css": "btn-danger"
                if action is Action.DESTROY
                else "btn-outline-primary",
            }
            for action in FOLDER_ACTIONS[self.folder]
        ]

    @cached_property
    def notice(self) -> Notice | None:
        """What was done just now; it is said once."""
        kept = memory.recall(self.request, self.session, NOTICE)
        memory.forget(self.request, NOTICE)
        return None if kept is None else Notice(**kept)

    @property
    def sealed_notice(self) -> str:
        """What has to be sent for undoing what was done."""
        return memory.seal(self.session, self.notice.stored)

    def act(self):
        """Search, or do something with the ticked messages."""
        what = self.text("was")
        if what == LOOK:
            return self._look()
        if what == UNDO:
            return self._undo()
        if what in [action.value for action in FOLDER_ACTIONS[self.folder]]:
            return self._act_on(Action(what))
        return self.index()

    def _look(self):
        entries = {name: self.text(name) for name in _SEARCH_FIELDS}
        memory.remember(self.request, self.session, SEARCH, entries)
        return self._back(suche="1")

    def _undo(self):
        done = memory.unseal(self.session, self.text("getan", _LONGEST_SEALED))
        if done is not None:
            notice = notices.undo(self.account, Notice(**done), now())
            self.remember_notice(notice)
        return self._back()

    def _act_on(self, action: Action):
        ids = self.ids()
        if ids and action is Action.DESTROY:
            query = urlencode([(MESSAGE, one) for one in ids])
            return self.redirect(f"postfach-endgueltig?{query}")
        self.act_on(ids, action)
        return self._back(**({"suche": "1"} if self.is_search else {}))

    def _back(self, **more: str):
        query = urlencode({"ordner": self.folder.value, **more})
        return self.redirect(f"postfach?{query}")


_SEARCH_FIELDS = ("wort", "absender", "von", "bis", "ungelesen", "sortierung")


def _search(entries: dict[str, str]) -> tuple[Search, Order]:
    orders = {order.value: order for order in Order}
    return Search(
        text=entries["wort"],
        sender=entries["absender"],
        since=day(entries["von"]),
        until=day(entries["bis"]),
        unread=bool(entries["ungelesen"]),
    ), orders.get(entries["sortierung"], Order.NEWEST)
