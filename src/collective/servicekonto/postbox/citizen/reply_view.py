"""The page “Antworten”: text, files, and a draft that outlives every mishap."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.portal.dates import day_in_words
from collective.servicekonto.portal.dates import moment_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.postbox import drafts
from collective.servicekonto.postbox import orders
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox import uploads
from collective.servicekonto.postbox.citizen import words
from collective.servicekonto.postbox.citizen.file_form import FileForm
from collective.servicekonto.postbox.citizen.own import MESSAGE
from collective.servicekonto.postbox.citizen.own import MessagePage
from collective.servicekonto.postbox.citizen.problems import Problem
from collective.servicekonto.postbox.citizen.problems import Problems
from collective.servicekonto.postbox.daily import TooManyAnswers
from collective.servicekonto.postbox.text import is_blank
from collective.servicekonto.postbox.text import LONGEST_TEXT
from collective.servicekonto.selfservice.own import account_of_ended_session
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
import secrets


# Names of the fields.
TEXT = "antwort"

SEND = "senden"
DISCARD = "verwerfen"

_ANSWERED = _(
    "You have answered this message already, perhaps in another window. If you want to "
    "send this answer as well, press “Send” once more."
)
_ELSEWHERE = _(
    "In another window you have saved another text in the meantime. You see it below. "
    "Your present text is still in the field. Copy what you need, then save or send it."
)

# What is typed beyond the longest text is kept as well, so that it can be shortened.
_LONGEST_TYPED = 10 * LONGEST_TEXT


class ReplyView(FileForm, MessagePage):
    """Writes an answer to a message, and sends it once."""

    label = _("Answer")
    template = ViewPageTemplateFile("reply.pt")
    longest = LONGEST_TEXT
    longest_typed = _LONGEST_TYPED
    opened: Any = None
    elsewhere = ""

    def find(self):
        """Return the message, which the form quotes.

        Raises NoMessage, Locked or NotOpened.
        """
        return service.opened(self.account, self.message_id, self.session.level)

    def show(self, message: Any):
        """Return the form as it was left."""
        if not service.accepts_reply(message, self.today):
            return self.no_reply(message)
        self.opened = message
        return self.template()

    def act(self):
        """Send the answer, or keep or discard the draft."""
        try:
            self.opened = self.find()
        except service.NoMessage:
            return self.no_message()
        except service.Locked as locked:
            self._keep()
            return self.locked(locked.required)
        except service.NotOpened:
            self._keep()
            return self.not_opened()
        what = self.text("was")
        if what == DISCARD:
            drafts.discard(self.account.id, self.message_id)
            return self.redirect(f"postfach-nachricht?{MESSAGE}={self.message_id}")
        return self._send() if what == SEND else self._save()

    def keep_entries(self) -> None:
        """Keep what was typed by the citizen whose session has just run out.

        Nobody is logged in, so it is no more than an answer may have.
        """
        account = account_of_ended_session(self.request)
        if account is not None:
            self.account = account
            self.longest_typed = LONGEST_TEXT
            self._keep()

    def no_reply(self, message: Any):
        """Say that the message cannot be answered."""
        return self.message(
            _("This message cannot be answered"),
            _(
                "The town did not ask for an answer, or the time for it is over, or the "
                "message is in the bin. What you typed is kept as a draft. Please ask "
                "the office by telephone or in another way."
            ),
            page=f"postfach-nachricht?{MESSAGE}={message.id}",
            link_text=_("To the message"),
            status=409,
        )

    # What the form brings, and what is kept

    @property
    def typed(self) -> str:
        """What is in the field for the text."""
        if self.request.method != "POST":
            return self.draft.text
        return self.text(TEXT, self.longest_typed)

    @property
    def draft_key(self) -> str:
        """The draft is one of an answer to the message."""
        return self.message_id

    @property
    def is_changed_elsewhere(self) -> bool:
        """Tell whether another window has saved another text since."""
        draft = self.draft
        known = draft.version in ("", self.text("fassung"))
        return not known and draft.text != self.typed

    def _keep(self) -> None:
        """Keep the entries; where there is another text, behind it."""
        text = self.typed
        if self.is_changed_elsewhere:
            text = f"{self.draft.text}\n\n{text}"[:_LONGEST_TYPED]
        self._save_draft(text)

    def _save_draft(self, text: str) -> None:
        files = self.taken.attachments
        try:
            service.get_message(self.account, self.message_id)
        except service.NoMessage:
            return
        if text or files:
            drafts.save(self.account, self.message_id, text, files, now())
        else:
            drafts.discard(self.account.id, self.message_id)

    # What is done with it

    def _send(self):
        form = self.request.form
        content = [
            self.message_id,
            self.typed,
            self.text("fassung"),
            uploads.mark(form),
        ]
        key = self.text("schluessel") or self.new_key()
        mark = orders.fingerprint(content)
        try:
            [answer] = orders.once(self.account.id, key, mark, now(), self._reply)
        except service.NoReply:
            self._keep()
            return self.no_reply(self.opened)
        except orders.KeyReused:
            return self._show_problems((Problem(TEXT, _ANSWERED),))
        except TooManyAnswers as refused:
            return self._show_problems(
                (Problem(TEXT, words.too_many_answers(refused)),)
            )
        except Problems as found:
            return self._show_problems(found.problems)
        return self.redirect(f"postfach-gesendet?{MESSAGE}={answer}")

    def _reply(self) -> list[str]:
        problems = tuple(self._problems())
        if problems:
            raise Problems(problems)
        files = self.taken.attachments
        answer = service.reply(
            self.account, self.session, self.opened, self.typed, files, now()
        )
        drafts.discard(self.account.id, self.message_id)
        return [answer.id]

    def _save(self):
        if self.is_changed_elsewhere:
            return self._show_problems((Problem(TEXT, _ELSEWHERE),))
        refused = tuple(self.refused())
        if refused:
            return self._show_problems(refused)
        self._keep()
        return self.redirect(f"{self.way_back}&gespeichert=1")

    def _show_problems(self, problems: tuple[Problem, ...]):
        """Return the form with what has to be corrected; nothing typed is lost."""
        if self.is_changed_elsewhere:
            self.elsewhere = self.draft.text
            self._save_draft(self.elsewhere)
        else:
            self._save_draft(self.typed)
        self.problems = problems
        return self.template()

    def _problems(self) -> Iterator[Problem]:
        if self.is_changed_elsewhere:
            yield Problem(TEXT, _ELSEWHERE)
        elif self.text("stand") != self.newest_answer:
            yield Problem(TEXT, _ANSWERED)
        if is_blank(self.typed):
            yield Problem(TEXT, _("Please write your answer."))
        if len(self.typed) > LONGEST_TEXT:
            yield Problem(TEXT, _too_long(len(self.typed) - LONGEST_TEXT))
        yield from self.refused()

    # What the template shows

    def new_key(self) -> str:
        """Return what stands for this answer, however often it is sent."""
        return secrets.token_urlsafe(16)

    @property
    def newest_answer(self) -> str:
        """The id of the citizen's newest answer in the thread, or an empty text."""
        return service.newest_answer(self.account, self.opened)

    @property
    def longest_in_words(self) -> str:
        """How many characters the text may have."""
        return words.number(LONGEST_TEXT, self.language)

    @property
    def notice(self) -> Any | None:
        """What is said about the draft."""
        draft = self.draft
        if self.problems or not draft.version:
            return None
        moments = {
            "moment": self.translate(
                moment_in_words(moment_of(draft.saved), self.language)
            ),
            "day": day_in_words(moment_of(draft.expires), self.language),
        }
        if self.text("gespeichert"):
            return _(
                "Your draft is saved. It is not sent yet. It is kept until ${day}.",
                mapping=moments,
            )
        return _(
            "This is your draft of ${moment}. It is not sent yet. It is kept until "
            "${day}.",
            mapping=moments,
        )


def _too_long(number: int) -> Any:
    return _(
        "Your answer is too long by ${number} characters. Please shorten it, or attach "
        "it as a file.",
        mapping={"number": str(number)},
    )
