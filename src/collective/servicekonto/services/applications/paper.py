"""An application on paper: PDF/UA with all that was entered.

Without it an application stands all the same: the cleanup makes it later.
"""

from collective.servicekonto import _
from collective.servicekonto import logger
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.attachments.content import keep
from collective.servicekonto.postbox.letter.service import Letter
from collective.servicekonto.postbox.letter.service import pdf
from collective.servicekonto.postbox.letter.service import Section
from collective.servicekonto.postbox.text import clean_line
from collective.servicekonto.services.applications import texts
from collective.servicekonto.store.service import get_store
from datetime import datetime
from functools import partial
from typing import Any
from zope.i18n import translate


# The due queue of applications whose PDF could not be made.
PAPERS = "application-papers"

# With more than that, the citizen need not wait for the PDF.
LONGEST_TEXT = 30_000
MOST_LINES = 500


def add(application: Any, now: datetime) -> None:
    """Make the PDF; where that fails, or takes long, it is for the cleanup."""
    if is_long(application):
        _leave_to_cleanup(application, now)
        return
    try:
        content = make(application)
    except Exception as error:
        # Whatever the engine stumbles over, the citizen has applied. Its message could
        # hold what was typed.
        logger.error("The PDF of an application failed: %s", type(error).__name__)
        _leave_to_cleanup(application, now)
        return
    application.paper = kept(application, content)


def is_long(application: Any) -> bool:
    """Tell whether nobody should wait for the PDF: it has more than about ten pages."""
    texts_of_all = [one.text for one in application.answers]
    return (
        sum(map(len, texts_of_all)) > LONGEST_TEXT
        or sum(text.count("\n") + 1 for text in texts_of_all) > MOST_LINES
    )


def forget(application: Any) -> None:
    """Make no PDF any more."""
    get_store().queue(PAPERS).remove(application.id, application.paper_at)


def kept(application: Any, content: bytes) -> Attachment:
    """Return the PDF as an attachment."""
    return keep(content, f"{application.number}.pdf", "application/pdf")


def make(application: Any) -> bytes:
    """Return the application as a PDF. Raises whatever the engine raises."""
    language = application.language
    translated = partial(translate, target_language=language)
    files = texts.file_names(one.attachment for one in application.files)
    letter = Letter(
        title=clean_line(application.title),
        facts=tuple(texts.facts(application, language, translated)),
        body=texts.answers_html(application.answers, translated),
        sections=(Section(_("Files"), tuple(files)),) if files else (),
    )
    return pdf(letter, language, translated)


def _leave_to_cleanup(application: Any, now: datetime) -> None:
    application.paper_at = int(now.timestamp())
    get_store().queue(PAPERS).add(application.id, application.paper_at)
