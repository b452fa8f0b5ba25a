"""The office's messages, and a thread with the answer, in the browser."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.citizen.words import size
from collective.servicekonto.postbox.deadlines.words import for_office
from collective.servicekonto.postbox.delivery import course_of
from collective.servicekonto.postbox.desk import service
from collective.servicekonto.postbox.desk.inputs import IAnswer
from collective.servicekonto.postbox.desk.pages import DeskForm
from collective.servicekonto.postbox.desk.pages import DeskView
from collective.servicekonto.postbox.desk.status import steps
from collective.servicekonto.postbox.desk.words import EVENTS
from collective.servicekonto.postbox.desk.words import KINDS
from collective.servicekonto.postbox.desk.words import TURNS
from collective.servicekonto.postbox.desk.writing import LetterForm
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import MoveRefused
from collective.servicekonto.postbox.rules import Turn
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from urllib.parse import urlencode
from z3c.form import button
from zope.interface import Interface


OPEN = "offen"
OTHERS = "andere"
ENDED = "beendet"

_LISTS = {
    OPEN: _("To be answered (${number})"),
    OTHERS: _("All others"),
    ENDED: _("Of deleted accounts"),
}

# What led to the thread, by the word in its address.
_NOTICES = {
    "gesendet": _("The message is sent. Below you see how far it has come."),
    "geplant": _("The message is not sent yet. Below you see when that happens."),
    "zurueckgerufen": _("The message is taken back. The citizen cannot read it."),
    "erledigt": _("The thread is settled."),
    "offen": _("The thread is among those to be answered again."),
}


class MessagesView(DeskView):
    """The threads of the office, those to be answered first."""

    label = _("Messages of the citizens")

    @property
    def chosen(self) -> str:
        """Which list is shown."""
        sent = self.entry("liste")
        return sent if sent in _LISTS else OPEN

    def lists(self):
        """Return title and address of each list."""
        number = service.count_open(self.context)
        return [
            {
                "title": _(title, mapping={"number": number}),
                "href": self.link(f"nachrichten?liste={name}"),
                "is_chosen": name == self.chosen and not self.sought,
            }
            for name, title in _LISTS.items()
        ]

    @property
    def sought(self) -> str:
        """The file number that is looked for, empty for none.

        It does not come from the address: addresses are kept in logs and histories.
        """
        is_sent = self.request.method == "POST"
        return self.entry("aktenzeichen").strip() if is_sent else ""

    def page(self):
        """Return the threads of the list, or those that are looked for."""
        if self.sought:
            found = service.find_threads(self.context, self.sought, self.today)
            return service.Page(found, "")
        is_open = self.chosen == OPEN
        return service.threads(self.context, is_open, self.today, self.entry("hinter"))

    def ended_page(self):
        """Return what is left of threads of deleted accounts."""
        return service.ended(self.context, self.entry("hinter"))

    def older(self, behind: str) -> str:
        """Return the address of the next page of the list."""
        query = urlencode({"liste": self.chosen, "hinter": behind})
        return self.link(f"nachrichten?{query}")

    def row(self, thread):
        """Return what the list says of a thread."""
        last = thread.messages[-1]
        return {
            "href": self.link(f"nachricht?thread={thread.name}"),
            "title": thread.first.title or _("Message that was taken back"),
            "reference": thread.first.reference,
            "last": self.moment(thread.first.last),
            "kind": KINDS[messages.kind(last)],
            "turn": TURNS[thread.turn],
            "status": None if is_reply(last) else self.reached(thread.account, last),
        }

    def ended_row(self, ended):
        """Return what the list says of a thread whose account was deleted."""
        return {
            "reference": ended.reference,
            "ended": self.moment(ended.ended),
            "messages": [
                {
                    "kind": KINDS[Kind(one.kind)],
                    "provided": self.moment(one.provided) if one.provided else "",
                    "opened": self.moment(one.opened) if one.opened else "",
                }
                for one in ended.messages
            ],
            "by_post": ended.has_unread_decision,
        }


class ThreadForm(LetterForm):
    """A thread: what was written, what became of it, and the answer."""

    schema = IAnswer
    buttons = LetterForm.buttons.copy()
    handlers = LetterForm.handlers.copy()
    thread_template = ViewPageTemplateFile("thread.pt")
    messages_template = ViewPageTemplateFile("thread_messages.pt")
    notices = _NOTICES
    overtaken = False

    def update(self):
        """Find what the page is about."""
        self.find()
        self.notice = self.notice or self.notices.get(self.entry("nach"))
        super().update()

    def find(self) -> None:
        """Find the thread, which is read from now on."""
        self.present = service.read_thread(
            self.context, self.entry("thread"), self.today
        )
        self.label = self.present.first.title or _("Message that was taken back")

    def above_form(self):
        """Show the thread above the answer."""
        return self.thread_template()

    def hidden_entries(self):
        """Send on which message was the last one on the page."""
        return super().hidden_entries() | {"seen": self.seen}

    @property
    def seen(self) -> str:
        """What the clerk has read: the version that the page had."""
        sent = self.entry("seen")
        return self.version if self.overtaken or not sent else sent

    @property
    def version(self) -> str:
        """What there is to be read: the id of the last message."""
        return self.present.last_id

    def entries(self):
        """Add what need not be entered."""
        return super().entries() | self.known_entries()

    def known_entries(self) -> dict[str, str]:
        """Return what the thread says."""
        first = self.present.first
        level = max(TrustLevel.LOW, TrustLevel(first.level))
        return {
            "subject": first.title or self.translate(_("Message")),
            "reference": first.reference,
            "level": level.value,
        }

    def can_be_sent(self, letter):
        """Tell whether nobody wrote meanwhile."""
        if self.seen == self.version:
            return True
        self.tell_overtaken()
        return False

    def send(self, letter):
        """Send the answer."""
        try:
            return service.answer(
                self.context, self.present, letter, self.seen, now(), self.order
            )
        except service.ChangedMeanwhile:
            self.tell_overtaken()
            return None

    def tell_overtaken(self) -> None:
        """Say that there is something new; what was typed stays."""
        self.overtaken = True
        self.status = _(
            "Nothing is sent yet: somebody else has written in this thread meanwhile. "
            "Please read the last message. Your text is still below."
        )

    def name_of(self, message):
        """Return the name of the thread."""
        return self.present.name

    @button.buttonAndHandler(_("Settled"), name="settle")
    def handle_settle(self, action):
        """Take the thread off those to be answered."""
        service.settle(self.context, self.present, now())
        self.redirect(f"nachricht?thread={self.present.name}&nach=erledigt")

    @button.buttonAndHandler(_("To be answered again"), name="reopen")
    def handle_reopen(self, action):
        """Put the thread back among those to be answered."""
        service.reopen(self.context, self.present, now())
        self.redirect(f"nachricht?thread={self.present.name}&nach=offen")

    # What the thread says.

    @property
    def turn(self):
        """Who has to answer, in words."""
        return TURNS[self.present.turn]

    @property
    def waits_for_office(self) -> bool:
        """Tell whether the office has to answer."""
        return self.present.turn is Turn.OFFICE

    @property
    def addressee(self):
        """The account that an answer goes to."""
        return self.present.account

    def thread_messages(self):
        """Return what the page shows of each message."""
        return [self.shown(message) for message in self.present.messages]

    def shown(self, message):
        """Return what the page shows of the message."""
        query = f"thread={self.present.name}&nachricht={message.id}"
        own = not is_reply(message)
        until = message.reply_until
        return {
            "id": message.id,
            "kind": KINDS[messages.kind(message)],
            "title": message.title,
            "sender": message.sender,
            "provided": self.moment(message.provided or message.provide_at),
            "body": message.body,
            "is_own": own,
            "status": self.reached(self.present.account, message) if own else None,
            "delivery": self._delivery(message),
            "steps": [
                {"event": EVENTS[step.event], "at": self.moment(step.at)}
                for step in steps(message)
                if own
            ],
            "until": self.day(until) if until else None,
            "receipt": self.link(f"beleg?{query}") if message.receipt else None,
            "recall": (
                self.link(f"zurueckrufen?{query}")
                if messages.can_be_recalled(message)
                else None
            ),
            "attachments": [
                {
                    "name": one.name,
                    "href": self.link(f"anhang?{query}&nummer={number}"),
                    "size": size(one.size, self.language),
                }
                for number, one in enumerate(message.attachments, start=1)
            ],
        }

    def _delivery(self, message):
        course = course_of(message)
        if course is None:
            return []
        return for_office(course, self.today, self.language)


class RecallForm(DeskForm):
    """Takes a message back, after asking whether this is wanted."""

    label = _("Take the message back")
    schema = Interface
    carried = ("thread", "nachricht")

    def update(self):
        """Find the message."""
        self.present = self.thread()
        self.found = service.get_message(
            self.context, self.present, self.entry("nachricht")
        )
        super().update()

    @property
    def intro(self):
        """Say what will happen."""
        return _(
            "The citizen has not opened “${subject}” yet. If you take it back, nobody "
            "can read it any more, your office included. If the citizen was told by "
            "e-mail that a message is there, it will be missing. This cannot be undone.",
            mapping={"subject": self.found.title},
        )

    @button.buttonAndHandler(_("Take back"), name="recall")
    def handle_recall(self, action):
        """Take it back unless the citizen was faster."""
        name = self.present.name
        try:
            service.recall(self.context, self.present, self.found.id, now())
        except MoveRefused:
            self.status = _(
                "It is too late: the message was opened or taken back meanwhile. "
                "Nothing was changed."
            )
            return
        self.redirect(f"nachricht?thread={name}&nach=zurueckgerufen")

    @button.buttonAndHandler(_("Keep"), name="keep")
    def handle_keep(self, action):
        """Leave everything as it is."""
        self.redirect(f"nachricht?thread={self.present.name}")


def is_reply(message) -> bool:
    """Tell whether the message comes from the citizen."""
    return messages.kind(message) is Kind.REPLY
