"""What is said on the pages of the Postfach."""

from babel.numbers import format_decimal
from collections.abc import Iterable
from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.identity.languages import locale_of
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.dates import date_in_words
from collective.servicekonto.postbox.attachments.checks import Limits
from collective.servicekonto.postbox.attachments.checks import MEGABYTE
from collective.servicekonto.postbox.daily import TooManyAnswers
from collective.servicekonto.postbox.delivery import objection_day
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.service import Action
from collective.servicekonto.postbox.service import Order
from datetime import date
from typing import Any
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.i18nmessageid import Message


FOLDERS = {
    Folder.INBOX: _("Inbox"),
    Folder.SENT: _("Sent"),
    Folder.ARCHIVE: _("Archive"),
    Folder.BIN: _("Bin"),
}

# Shown where a folder is empty.
EMPTY = {
    Folder.INBOX: _(
        "There are no messages here. When the town writes to you, you get an e-mail, "
        "and the message is here."
    ),
    Folder.SENT: _(
        "You have not answered a message yet. To answer, open a message in the inbox "
        "and press “Answer”."
    ),
    Folder.ARCHIVE: _(
        "There are no messages here. In the inbox, tick what you want to keep apart "
        "and press “To the archive”."
    ),
    Folder.BIN: _(
        "The bin is empty. What you delete is here for 30 days. Until then you can "
        "restore it."
    ),
}

KINDS = {
    Kind.SYSTEM: _("Information"),
    Kind.COPY: _("Copy of what you sent"),
    Kind.QUERY: _("Question to you"),
    Kind.CONFIRMATION: _("Confirmation"),
    Kind.DECISION: _("Decision"),
    Kind.LETTER: _("Letter"),
    Kind.REPLY: _("Your answer"),
}

ACTIONS = {
    Action.ARCHIVE: _("To the archive"),
    Action.INBOX: _("Take out of the archive"),
    Action.UNREAD: _("Mark as unread"),
    Action.BIN: _("Into the bin"),
    Action.RESTORE: _("Restore"),
    Action.DESTROY: _("Delete for good"),
}

ORDERS = {
    Order.NEWEST: _("newest first"),
    Order.OLDEST: _("oldest first"),
    Order.SENDER: _("by sender"),
    Order.SUBJECT: _("by subject"),
}

# For one message, and for several.
_DONE = {
    Action.ARCHIVE: (
        _("One message is in the archive now."),
        _("${number} messages are in the archive now."),
    ),
    Action.INBOX: (
        _("One message was taken out of the archive."),
        _("${number} messages were taken out of the archive."),
    ),
    Action.UNREAD: (
        _("One message is marked as unread now."),
        _("${number} messages are marked as unread now."),
    ),
    Action.BIN: (
        _("One message is in the bin now."),
        _("${number} messages are in the bin now."),
    ),
    Action.RESTORE: (
        _("One message is where it was before it went into the bin."),
        _("${number} messages are where they were before they went into the bin."),
    ),
    Action.DESTROY: (
        _("One message was deleted for good."),
        _("${number} messages were deleted for good."),
    ),
}

_UNDONE = (
    _("One message is where it was before."),
    _("${number} messages are where they were before."),
)

_REFUSED = (
    _("One message could not be moved. It lies somewhere else by now."),
    _("${number} messages could not be moved. They lie somewhere else by now."),
)

_ATTACHMENTS = (_("1 attachment"), _("${number} attachments"))

_TO_UNLOCK = {
    TrustLevel.LOW: _("To read it, please log in with your password."),
    TrustLevel.SUBSTANTIAL: _(
        "To read it, please confirm with a passkey that it is you. (This is the trust "
        "level “substantial”.)"
    ),
    TrustLevel.HIGH: _(
        "To read it, please confirm with your Online-Ausweis that it is you. (This is "
        "the trust level “high”.)"
    ),
}

_UNITS = ((1_000_000, "MB"), (1_000, "kB"))


def done(action: Action, number: int) -> Any:
    """Say what was done with so many messages."""
    return _counted(_DONE[action], number)


def undone(number: int) -> Any:
    """Say that so many messages are where they were before."""
    return _counted(_UNDONE, number)


def refused(number: int) -> Any:
    """Say that so many messages could not be moved."""
    return _counted(_REFUSED, number)


def about_decisions(found: Iterable[Any], today: date, language: str) -> Any | None:
    """Warn before decisions go to which one may still object, None for none of them."""
    decisions = [one for one in found if Kind(one.kind) is Kind.DECISION]
    days = [objection_day(one) for one in decisions]
    known = [day for day in days if day is not None]
    if known and max(known) >= today:
        return _(
            "There is a decision among them, to which you can object until ${day}. The "
            "bin keeps it at least until then.",
            mapping={"day": date_in_words(max(known), language)},
        )
    if len(known) < len(days):
        return _(
            "There is a decision among them. It says itself until when you can object: "
            "please mind that day."
        )
    return None


def attachments(number: int) -> Any:
    """Say how many attachments there are."""
    return _counted(_ATTACHMENTS, number)


def to_unlock(required: TrustLevel) -> Any:
    """Say what has to be done before a message can be read."""
    return _TO_UNLOCK[required]


def number(whole: int, language: str) -> str:
    """Return a number as people read it, such as 20.000."""
    return str(format_decimal(whole, locale=locale_of(language)))


def size(number: int, language: str) -> str:
    """Return a number of bytes as people read it, such as 1,4 MB."""
    locale = locale_of(language)
    for unit, name in _UNITS:
        if number >= unit:
            return f"{format_decimal(number / unit, '#,##0.#', locale)} {name}"
    return f"{number} B"


def limits(allowed: Limits) -> dict[str, str]:
    """Return which files can be attached, as a form tells it."""
    return {
        "files": str(allowed.files),
        "each": str(allowed.file_bytes // MEGABYTE),
        "together": str(allowed.total_bytes // MEGABYTE),
        "types": ", ".join(_types(allowed.extensions)),
        "accept": ",".join(sorted(f".{one}" for one in allowed.extensions)),
    }


# What people call them, and their endings.
_TYPES = (
    (_("photos"), ("jpg", "jpeg", "png")),
    ("PDF", ("pdf",)),
    (_("Word and other texts"), ("docx", "odt", "txt")),
    (_("tables"), ("xlsx", "ods", "csv")),
)


def _types(extensions: frozenset[str]) -> Iterator[str]:
    request = getRequest()
    for title, endings in _TYPES:
        found = [one.upper() for one in endings if one in extensions]
        if found == [title]:
            yield str(title)
        elif found:
            yield f"{translate(title, context=request)} ({', '.join(found)})"


def _counted(texts: tuple[Any, Any], number: int) -> Any:
    one, many = texts
    return one if number == 1 else Message(many, mapping={"number": str(number)})


_MEDIA_TYPES = {
    "application/pdf": "PDF",
    "image/jpeg": _("Picture (JPEG)"),
    "image/png": _("Picture (PNG)"),
    "text/csv": _("Table (CSV)"),
    "text/plain": _("Text"),
    "application/vnd.oasis.opendocument.spreadsheet": _("Table (ODS)"),
    "application/vnd.oasis.opendocument.text": _("Text document (ODT)"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _(
        "Table (XLSX)"
    ),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _(
        "Text document (DOCX)"
    ),
}


def media_type(name: str) -> Any:
    """Say what kind of file it is."""
    return _MEDIA_TYPES.get(name, _("File"))


def too_many_answers(refused: TooManyAnswers) -> Any:
    """Say that no more can be sent today."""
    return _(
        "Nothing was sent: within a day you can send ${answers} answers, with files of "
        "${megabytes} MB together. Please try again tomorrow, or ask the office by "
        "telephone.",
        mapping={
            "answers": str(refused.answers),
            "megabytes": str(refused.megabytes),
        },
    )
