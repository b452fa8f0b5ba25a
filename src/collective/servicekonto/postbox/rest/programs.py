"""What programs of an office do (Fachverfahren), below the Dienststelle."""

from collective.servicekonto import _
from collective.servicekonto.accounts.service import NotActive
from collective.servicekonto.accounts.throttle import Rate
from collective.servicekonto.clock import now
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.credentials import is_proven_by_header
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.postbox.attachments.download import send as send_file
from collective.servicekonto.postbox.attachments.limits import for_staff
from collective.servicekonto.postbox.desk import letter as letters
from collective.servicekonto.postbox.desk import programs
from collective.servicekonto.postbox.desk import recipients
from collective.servicekonto.postbox.desk.service import NotYours
from collective.servicekonto.postbox.orders import KeyReused
from collective.servicekonto.postbox.rest import forms
from collective.servicekonto.postbox.rest import keys
from collective.servicekonto.postbox.rest import reported
from collective.servicekonto.postbox.rest.base import day
from collective.servicekonto.postbox.rest.base import moment
from collective.servicekonto.postbox.rest.base import Nothing
from collective.servicekonto.postbox.rest.base import PathService
from collective.servicekonto.postbox.rest.base import word
from collective.servicekonto.postbox.rest.replying import query_attachment
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import MoveRefused
from collective.servicekonto.postbox.text import clean_html
from collective.servicekonto.postbox.text import from_plain
from datetime import timedelta
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from typing import Any
from zExceptions import Unauthorized
from zope.interface import alsoProvides
import re


# Ten in a second: a program that sends more in a row waits for a moment.
REQUESTS = 600
PER = timedelta(minutes=1)

_requests = Rate(REQUESTS, PER)

_CURSOR = re.compile(r"[0-9a-f]{8}([0-9a-f]{32})?")

# The texts that make a letter.
LETTER = ("kind", "subject", "html", "text", "level", "reply_until")

# How the fields of a letter are called here.
_NAMES = {"later_day": "provide_at", "keep": "keep_days"}


class OfficeService(PathService):
    """A service for programs of the office. Subclasses implement ``act``."""

    def answer(self):
        """Act for a member of this office, or say why not."""
        if api.user.is_anonymous():
            raise Unauthorized
        if not _requests.allow(programs.program(), now()):
            raise self._too_many()
        try:
            return self.act()
        except NotYours:
            message = _("You do not work for this office.")
            raise Refused(403, "NotYours", message) from None
        except programs.Unknown:
            raise Nothing from None
        except recipients.TooManyLookups:
            raise self._too_many() from None

    def link(self, path: str) -> str:
        """Return the public address of a service of this office."""
        return link(get_portal(), f"{self.context.getId()}/{path}")

    def cursor(self) -> str:
        """Return where to go on from. Raises Incorrect."""
        since = str(self.request.form.get("since", ""))
        if since and not _CURSOR.fullmatch(since):
            raise Incorrect({"since": _("Please send the cursor of an answer.")})
        return since

    def page(self, name: str, page: programs.Page, items: list[dict]) -> dict[str, Any]:
        """Return a page of a list."""
        return {
            "@id": self.link(name),
            "items": items,
            "cursor": page.cursor,
            "more": page.more,
        }

    def _too_many(self) -> Refused:
        seconds = int(PER.total_seconds())
        self.request.response.setHeader("Retry-After", str(seconds))
        message = _("These are too many requests. Please wait for a moment.")
        return Refused(429, "TooManyRequests", message, seconds=seconds)

    def _check_form(self) -> None:
        if self.request.method != "DELETE":
            super()._check_form()

    def _check_origin(self) -> None:
        # A form of another site can send neither JSON, nor a key, nor DELETE.
        if is_proven_by_header(self.request, "basic"):
            alsoProvides(self.request, IDisableCSRFProtection)
        else:
            super()._check_origin()


class LetterService(OfficeService):
    """A service that writes to a citizen, once for each key.

    JSON, or multipart/form-data with the part ``message`` (JSON) and parts ``files``.
    """

    texts: tuple[str, ...] = LETTER
    numbers = ("keep_days",)

    def _check_form(self) -> None:
        keys.demand_key(self.request)
        forms.check_form(self.request)

    def _json(self) -> bytes:
        return forms.json_of(self.request)


class FileService(OfficeService):
    """A service that answers with data, or with the ``attachment`` that was found."""

    attachment: Any = None

    def render(self):
        """Send the file in pieces, or the rest as JSON."""
        answer = super().render()
        if self.attachment is None:
            return answer
        return send_file(self.attachment, self.request)


class Send(LetterService):
    """POST @servicekonto-messages: write to a citizen."""

    texts = (*LETTER, "recipient", "in_reply_to", "reference", "provide_at")

    def act(self):
        """Answer 201 with what became of the message."""
        self.parts(0)
        try:
            sent = programs.send(self.context, self._order(), now())
        except letters.Incorrect as refused:
            raise incorrect(refused) from None
        except (recipients.NoRecipient, NotActive):
            message = _("There is no Servicekonto with this address or number.")
            raise Refused(404, "NoRecipient", message) from None
        except KeyReused:
            raise keys.KeyRefused from None
        address = self.link(f"@servicekonto-messages/{sent}")
        self.request.response.setHeader("Location", address)
        found = programs.report(self.context, sent)
        return self.accepted(201, reported.report(found, address))

    def _order(self) -> programs.Order:
        sent, files = self.sent(), forms.uploads(self.request)
        recipient, thread = sent.get("recipient", ""), sent.get("in_reply_to", "")
        if bool(recipient) == bool(thread):
            message = _("Please send one of “recipient” and “in_reply_to”.")
            raise Incorrect({"recipient": message})
        return programs.Order(
            keys.demand_key(self.request),
            recipient,
            thread,
            letter_of(sent),
            forms.digests(files),
            lambda: forms.attachments(files, for_staff()),
        )


class Reports(OfficeService):
    """GET @servicekonto-messages: what changed since the cursor; or one message.

    With ``/ID`` it is one message with its receipt.
    """

    def act(self):
        """Return the page, or the message."""
        if self.path:
            (message_id,) = self.parts(1)
            found = programs.report(self.context, message_id)
            return reported.report_with_receipt(found, self._address(found))
        page = programs.reports(self.context, self.cursor(), now())
        items = [reported.report(one, self._address(one)) for one in page.items]
        return self.page("@servicekonto-messages", page, items)

    def _address(self, found: programs.Report) -> str:
        return self.link(f"@servicekonto-messages/{found.id}")


class Recall(OfficeService):
    """DELETE @servicekonto-messages/ID: take back what nobody has read."""

    def act(self):
        """Return what became of the message."""
        (message_id,) = self.parts(1)
        try:
            found = programs.recall(self.context, message_id, now())
        except MoveRefused:
            message = _("It is too late: the message was opened or taken back.")
            raise Refused(409, "TooLate", message) from None
        address = self.link(f"@servicekonto-messages/{message_id}")
        return reported.report(found, address)


class Answers(FileService):
    """GET @servicekonto-answers: answers since the cursor; with ``/ID`` one of them.

    With ``/ID/FILE`` it is a file of the answer.
    """

    def act(self):
        """Return the page, or the answer, or find the file."""
        if not self.path:
            page = programs.answers(self.context, self.cursor(), now())
            items = [reported.answer(one, self._address(one)) for one in page.items]
            return self.page("@servicekonto-answers", page, items)
        found = programs.read_answer(self.context, self.path[0])
        if len(self.path) == 1:
            return reported.whole_answer(found, self._address(found))
        _answer_id, attachment_id = self.parts(2)
        self.attachment = query_attachment(found, attachment_id)
        return {}

    def _address(self, answer: Any) -> str:
        return self.link(f"@servicekonto-answers/{answer.id}")


class Settle(OfficeService):
    """POST @servicekonto-answers-settle/ID: nobody has to answer any more."""

    def act(self):
        """Say that it is done."""
        (answer_id,) = self.parts(1)
        programs.settle(self.context, answer_id, now())
        return {"message": self.translate(_("The thread is settled."))}


def letter_of(sent: dict[str, Any]) -> letters.Letter:
    """Return what a program sent as a letter. Raises Incorrect."""
    kind = word(Kind, "kind", sent.get("kind"), None)
    if kind not in letters.KINDS:
        words = ", ".join(one.value for one in letters.KINDS)
        message = _("Possible are: ${words}.", mapping={"words": words})
        raise Incorrect({"kind": message})
    if "html" in sent and "text" in sent:
        raise Incorrect({"text": _("Please send one of “text” and “html”.")})
    keep = sent.get("keep_days")
    return letters.Letter(
        kind=kind,
        subject=sent.get("subject", ""),
        text=_body(sent),
        reference=sent.get("reference", ""),
        level=word(TrustLevel, "level", sent.get("level"), TrustLevel.LOW),
        reply_until=day("reply_until", sent.get("reply_until")),
        later=moment("provide_at", sent.get("provide_at")),
        keep=None if keep is None else timedelta(days=min(keep, 10**6)),
    )


def incorrect(refused: letters.Incorrect) -> Incorrect:
    """Return what is wrong with a letter, by the names that programs use."""
    problems = refused.problems.items()
    return Incorrect({_NAMES.get(name, name): text for name, text in problems})


def _body(sent: dict[str, Any]) -> str:
    """Return HTML, so that a plain text is never taken for something else."""
    if "html" in sent:
        return f"<div>{clean_html(sent['html'])}</div>"
    return from_plain(sent.get("text", ""))
