"""What the Postfach says about an application. All of it is in one thread.

Whoever could not see the application cannot read what is said about it either.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from collective.servicekonto import _
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.content import LONGEST_SUBJECT
from collective.servicekonto.postbox.delivering import deliver
from collective.servicekonto.postbox.delivering import NewMessage
from collective.servicekonto.postbox.messages import query_message
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.scanning import has_to_wait
from collective.servicekonto.postbox.text import clean_line
from collective.servicekonto.postbox.text import from_plain
from collective.servicekonto.services.applications import texts
from collective.servicekonto.services.applications import words
from collective.servicekonto.services.applications import workflow
from collective.servicekonto.services.applications.rules import Actor
from collective.servicekonto.services.applications.rules import State
from collective.servicekonto.services.applications.timeline import Step
from datetime import datetime
from functools import partial
from typing import Any
from zope.i18n import translate


_ABOUT = _("Under “My applications” in Mein Bereich you see at any time how it stands.")


def send_copy(
    account: Any, application: Any, brochures: Iterable[Attachment], now: datetime
) -> None:
    """Lay a copy of the application with its files into the Postfach.

    Files that have still to be scanned are named only; the citizen finds them with the
    application. Raises NotActive.
    """
    files = [one.attachment for one in application.files]
    scanned = [one for one in files if not has_to_wait([one])]
    paper = [application.paper] if application.paper else []
    translated = partial(translate, target_language=application.language)
    intro = [
        _("you have sent this application to the town. This is your copy."),
        *words.what_comes(State.SUBMITTED, application.due, application.language),
        _ABOUT,
    ]
    body = [
        _plain(application, intro),
        texts.list_html(texts.facts(application, application.language, translated)),
        texts.answers_html(application.answers, translated),
    ]
    if files:
        body += [_plain(application, [_("Your files:")])]
        body += [texts.list_html(texts.file_names(files))]
    if not paper:
        body += [_plain(application, [_("You get the copy as PDF in a short while.")])]
    title = _("Your application: ${title}", mapping={"title": application.title})
    attachments = (*paper, *brochures, *scanned)
    _send(account, application, Kind.COPY, title, "".join(body), now, attachments)


def send_paper(account: Any, application: Any, now: datetime) -> None:
    """Send the PDF that could not be made before. Raises NotActive."""
    body = _plain(application, [_("here is the copy of your application as PDF.")])
    title = _(
        "Copy of your application: ${title}", mapping={"title": application.title}
    )
    _send(account, application, Kind.COPY, title, body, now, (application.paper,))


def tell_change(account: Any, application: Any, step: Step, now: datetime) -> None:
    """Tell the citizen what happened to the application. Raises NotActive."""
    state = workflow.title(step.state)
    facts = {
        "title": application.title,
        "number": application.number,
        "state": translate(state, target_language=application.language),
    }
    paragraphs = [
        _(
            "your application “${title}” (${number}) has a new state: ${state}.",
            mapping=facts,
        ),
        *([step.note] if step.note else []),
        *words.what_comes(step.state, application.due, application.language),
        _ABOUT,
    ]
    title = _("Your application: ${state}", mapping=facts)
    # What citizens did themselves is a copy for them, and answers no question of theirs.
    kind = Kind.COPY if step.by == Actor.CITIZEN else Kind.CONFIRMATION
    _send(account, application, kind, title, _plain(application, paragraphs), now)


def tell_documents(
    account: Any, application: Any, documents: Sequence[Attachment], now: datetime
) -> None:
    """Confirm that documents were added. Raises NotActive."""
    facts = {"title": application.title, "number": application.number}
    paragraphs = [
        _(
            "you have added documents to your application “${title}” (${number}):",
            mapping=facts,
        )
    ]
    body = _plain(application, paragraphs) + texts.list_html(
        texts.file_names(documents)
    )
    title = _("Further documents for your application")
    _send(account, application, Kind.COPY, title, body, now)


def tell_infected(
    account: Any, application: Any, names: Sequence[str], now: datetime
) -> None:
    """Say that files were removed that hold malicious software. Raises NotActive."""
    facts = {"title": application.title, "number": application.number}
    body = [
        _plain(
            application,
            [
                _(
                    "these files of your application “${title}” (${number}) hold "
                    "malicious software. We have removed them:",
                    mapping=facts,
                )
            ],
        ),
        texts.list_html(map(clean_line, names)),
        _plain(
            application,
            [
                _(
                    "Please check your device with a virus scanner. Then add other "
                    "copies of the files to your application."
                )
            ],
        ),
    ]
    title = _("Files of your application were removed")
    _send(account, application, Kind.COPY, title, "".join(body), now)


def _send(
    account: Any,
    application: Any,
    kind: Kind,
    title: Any,
    body: str,
    now: datetime,
    attachments: tuple[Attachment, ...] = (),
) -> None:
    new = NewMessage(
        kind=kind,
        title=translate(title, target_language=application.language)[:LONGEST_SUBJECT],
        body=body,
        sender=application.office_name,
        office=application.office,
        reference=application.number,
        level=TrustLevel(application.level),
        thread=_thread(account, application),
        attachments=attachments,
    )
    application.thread = deliver(account, new, now).thread


def _thread(account: Any, application: Any) -> str:
    """Return the thread, empty where its first message is not kept any more."""
    thread: str = application.thread
    if not thread or query_message(account.id, thread) is None:
        return ""
    return thread


def _plain(application: Any, paragraphs: Sequence[Any]) -> str:
    language = application.language
    said = [translate(one, target_language=language) for one in paragraphs]
    return from_plain("\n\n".join(said))
