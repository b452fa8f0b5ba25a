"""What the pages of the Postfach have in common."""

from collections.abc import Iterable
from collective.servicekonto import _
from collective.servicekonto.accounts import passkeys
from collective.servicekonto.clock import now
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.citizen import memory
from collective.servicekonto.postbox.citizen import notices
from collective.servicekonto.postbox.citizen import shown
from collective.servicekonto.postbox.citizen import words
from collective.servicekonto.postbox.citizen.notices import NOTICE
from collective.servicekonto.postbox.citizen.notices import Notice
from collective.servicekonto.postbox.rules import CITIZENS_FOLDERS
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.service import Action
from collective.servicekonto.postbox.text import clean_text
from collective.servicekonto.selfservice.own import OwnView
from dataclasses import replace
from datetime import date
from datetime import datetime
from functools import cached_property
from plone import api
from typing import Any
from urllib.parse import urlencode
import re


# The address and hidden fields name messages by their ids.
MESSAGE = "nachricht"

_MESSAGE_ID = re.compile("[0-9a-f]{32}")


class PostboxView(OwnView):
    """A page of the Postfach.

    ``home`` is the page, with its words, to which one goes instead of what is locked.
    """

    home = ("postfach", _("To the Postfach"))

    @cached_property
    def language(self) -> str:
        """The language of the page."""
        return str(api.portal.get_current_language())

    @cached_property
    def today(self) -> date:
        """The present day in the town."""
        return day_of(now())

    def text(self, name: str, longest: int = 100) -> str:
        """Return what was sent as one text; anything else counts as empty."""
        value = self.request.form.get(name, "")
        return clean_text(value).strip()[:longest] if isinstance(value, str) else ""

    def ids(self) -> list[str]:
        """Return the ids of messages that were sent, at most those of a page."""
        value = self.request.form.get(MESSAGE, [])
        sent = value if isinstance(value, list) else [value]
        ids = [one for one in sent if isinstance(one, str) and _is_id(one)]
        return list(dict.fromkeys(ids))[: service.PAGE_SIZE]

    def line(self, message: Any) -> shown.Line:
        """Return what a list shows of the message."""
        return shown.line(
            self.account, message, self.session.level, self.today, self.language
        )

    def message_link(self, message_id: str, page: str = "postfach-nachricht") -> str:
        """Return the address of a page about a message."""
        return f"{self._portal_link}/{page}?{MESSAGE}={message_id}"

    @cached_property
    def _portal_link(self) -> str:
        return self.link()

    def folder_link(self, folder: Folder, **more: str) -> str:
        """Return the address of a folder."""
        query = "".join(f"&{name}={value}" for name, value in more.items())
        return self.link(f"postfach?ordner={folder.value}{query}")

    def act_on(self, ids: list[str], action: Action) -> None:
        """Do something with messages; the next page says what was done."""
        level = self.session.level
        done = notices.act_on(self.account, ids, action, level, now())
        binned = done.before if action is Action.BIN else ()
        found = [service.get_message(self.account, one) for one in binned]
        self.remember_notice(replace(done, text=self.warning_about(found)))

    def warning_about(self, found: Iterable[Any]) -> str:
        """Return what is said before decisions go, empty where there are none."""
        warning = words.about_decisions(found, self.today, self.language)
        return "" if warning is None else self.translate(warning)

    def locked(self, required: TrustLevel, label: Any = shown.LOCKED):
        """Say how what is locked can be opened."""
        others = [self.home]
        page, link_text = self.home
        if required is TrustLevel.SUBSTANTIAL:
            page, link_text = self._way_to_passkey()
        if required is TrustLevel.HIGH:
            page = f"hochstufen?{urlencode({'weiter': self.way_back})}"
            link_text = _("Use the Online-Ausweis")
        return self.message(
            label,
            words.to_unlock(required),
            page=page,
            link_text=link_text,
            others=others if page != self.home[0] else (),
            status=403,
        )

    def _way_to_passkey(self) -> tuple[str, Any]:
        if passkeys.are_expected(self.account):
            query = urlencode({"weiter": self.way_back})
            return f"anmelden-passkey?{query}", _("Confirm with your passkey")
        return "anmeldung", _("Set up a passkey")

    def remember_notice(self, notice: Notice) -> None:
        """Let the next page say what was done."""
        memory.remember(self.request, self.session, NOTICE, notice.stored)


class MessagePage(PostboxView):
    """A page about one message of the citizen, which the address names."""

    carried = (MESSAGE,)

    @property
    def way_back(self) -> str:
        """The log-in leads back to the message."""
        if not self.message_id:
            return "postfach"
        return f"{self.__name__}?{MESSAGE}={self.message_id}"

    @property
    def message_id(self) -> str:
        """The id of the message, or an empty text."""
        text = self.text(MESSAGE)
        return text if _is_id(text) else ""

    def index(self):
        """Return the page, or say why not."""
        try:
            message = self.find()
        except service.NoMessage:
            return self.no_message()
        except service.Locked as locked:
            return self.locked(locked.required)
        except service.NotOpened:
            return self.not_opened()
        return self.show(message)

    def find(self) -> Any:
        """Return the message, of which the page gives out no content.

        Pages that do override this. Raises NoMessage, Locked or NotOpened.
        """
        return service.unlocked(self.account, self.message_id, self.session.level)

    def not_opened(self):
        """Lead to the page of the message, which notes that it is opened."""
        return self.redirect(f"postfach-nachricht?{MESSAGE}={self.message_id}")

    def show(self, message: Any):
        """Return the page of a message that may be read."""
        raise NotImplementedError

    def no_message(self):
        """Say that the citizen has no such message."""
        return self.message(
            _("This message does not exist"),
            _(
                "Perhaps you or the town deleted it, or its time is over. If you came "
                "by a link, please look into the Postfach."
            ),
            page="postfach",
            link_text=_("To the Postfach"),
            status=404,
        )


def folder_of(name: str) -> Folder:
    """Return the folder with this name; the inbox where there is none."""
    named = {folder.value: folder for folder in CITIZENS_FOLDERS}
    return named.get(name, Folder.INBOX)


def day(text: str) -> date | None:
    """Return the day as browsers send it or as people write it, None for no day."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _is_id(text: str) -> bool:
    return bool(_MESSAGE_ID.fullmatch(text))
