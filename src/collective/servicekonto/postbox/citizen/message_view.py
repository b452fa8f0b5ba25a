"""The page of one message, and what is done with it."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.offices.service import query_office
from collective.servicekonto.portal.dates import moment_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.postbox import drafts
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.citizen import shown
from collective.servicekonto.postbox.citizen import words
from collective.servicekonto.postbox.citizen.own import MessagePage
from collective.servicekonto.postbox.deadlines.words import explanation
from collective.servicekonto.postbox.delivery import course_of
from collective.servicekonto.postbox.delivery import objection_day
from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts.words import ENGLISH
from collective.servicekonto.postbox.receipts.words import LANGUAGES
from collective.servicekonto.postbox.service import Action
from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.interface import alsoProvides


# Browsers say so where they load a page that nobody asked for yet.
_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_WORDS_AHEAD = ("prefetch", "prerender", "preview")

# What the buttons below a message do; deleting for good asks first.
_HERE = (Action.ARCHIVE, Action.INBOX, Action.UNREAD, Action.BIN, Action.RESTORE)


class MessageView(MessagePage):
    """Shows a message with its thread. Opening it is noted."""

    template = ViewPageTemplateFile("message.pt")
    opened: Any = None

    def index(self):
        """Return the page; whoever only loads it ahead gets nothing."""
        if self._is_ahead():
            self.request.response.setStatus(503, lock=True)
            return ""
        return super().index()

    def find(self):
        """Return the message, and note that the citizen opened it.

        Raises NoMessage or Locked.
        """
        message = super().find()
        if self._asks_for_head:
            return message
        if not message.opened or messages.is_unread(message):
            # The one thing that reading writes; nobody else can cause it, because
            # nobody else knows the id.
            alsoProvides(self.request, IDisableCSRFProtection)
        return service.read(self.account, message.id, self.session.level, now())

    def show(self, message):
        """Return the page; whoever asks for its head alone gets nothing of it."""
        if self._asks_for_head:
            return ""
        self.label = message.title
        self.opened = message
        return self.template()

    def act(self):
        """Move the message, and go back to the folder it was in."""
        what = self.text("was")
        if what not in [action.value for action in _HERE]:
            return self.index()
        try:
            message = service.get_message(self.account, self.message_id)
        except service.NoMessage:
            return self.no_message()
        folder = messages.folder(message)
        self.act_on([message.id], Action(what))
        return self.redirect(f"postfach?ordner={folder.value}")

    @property
    def _asks_for_head(self) -> bool:
        return bool(self.request.method == "HEAD")

    def _is_ahead(self) -> bool:
        said = " ".join(self.request.getHeader(name) or "" for name in _AHEAD)
        return any(word in said.lower() for word in _WORDS_AHEAD) or self._is_embedded()

    def _is_embedded(self) -> bool:
        """Tell whether a page of another site loads it as a picture, a frame or data."""
        wanted = self.request.getHeader("Sec-Fetch-Dest") or "document"
        site = self.request.getHeader("Sec-Fetch-Site")
        return bool(wanted != "document" and site != "same-origin")

    # What the template shows

    @property
    def present(self) -> shown.Line:
        """The message itself."""
        return self.line(self.opened)

    @property
    def end(self) -> Any:
        """Until when it is kept."""
        return shown.end(self.opened, self.language)

    @property
    def reply_hint(self) -> Any | None:
        """Until when it can be answered, None for never."""
        return shown.reply_hint(self.account, self.opened, self.today, self.language)

    @property
    def answer_text(self) -> Any:
        """What stands on the button for answering."""
        draft = drafts.query(self.account.id, self.opened.id)
        return _("Answer") if draft is None else _("Go on with your answer")

    def delivery(self) -> list[Any]:
        """Say when a decision counts as delivered, and until when one can object."""
        course = course_of(self.opened)
        return [] if course is None else explanation(course, self.today, self.language)

    @property
    def has_time_limit(self) -> bool:
        """Tell whether the last day for an objection is known."""
        return objection_day(self.opened) is not None

    def thread(self) -> Iterator[dict]:
        """Yield the messages of the thread, oldest first."""
        for message in service.thread(self.account, self.opened):
            is_present = message.id == self.opened.id
            line = self.line(message)
            yield {
                "line": line,
                "is_present": is_present,
                "body": message.body if is_present or self._may_show(message) else "",
                "attachments": len(message.attachments),
            }

    def _may_show(self, message: Any) -> bool:
        """What was never opened is opened on a page of its own, so that it is noted."""
        locked = service.is_locked(message, self.session.level)
        return service.is_opened(message) and not locked

    def attachments(self) -> Iterator[dict]:
        """Yield what is said of each attachment."""
        for number, one in enumerate(self.opened.attachments, start=1):
            yield {
                "link": f"{self.message_link(self.opened.id, 'postfach-anhang')}"
                f"&nummer={number}",
                "name": one.name,
                "type": words.media_type(one.media_type),
                "size": words.size(one.size, self.language),
            }

    def office(self) -> dict[str, Any] | None:
        """Return how the office can be reached, None where it is gone."""
        office = query_office(self.opened.office) if self.opened.office else None
        if office is None:
            return None
        return {
            "title": office.title,
            "contact": _lines(office.contact),
            "hours": _lines(office.hours),
        }

    def actions(self) -> list[dict]:
        """Return what can be done with the message."""
        return [
            {"value": action.value, "title": words.ACTIONS[action]}
            for action in service.possible_actions(self.opened)
            if action in _HERE
        ]

    @property
    def can_be_destroyed(self) -> bool:
        """Tell whether it can be deleted for good."""
        return Action.DESTROY in service.possible_actions(self.opened)

    def receipt(self) -> Iterator[dict]:
        """Yield what happened to the message, and when."""
        known = LANGUAGES.get(self.language.partition("-")[0], ENGLISH).events
        for entry in chain.events(self.opened.receipt):
            yield {
                "when": moment_in_words(moment_of(entry.at), self.language),
                "what": known[entry.event],
            }


def _lines(text: str | None) -> list[str]:
    return (text or "").splitlines()
