"""The link for citizens who applied without an account.

It leads to a page that shows how the application stands and hands out the copy.
Programmes that look into mails cannot use it up: each use is a pressed button. Nobody
can have many such mails sent to somebody else.
"""

from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts.mailing import may_mail
from collective.servicekonto.accounts.mailing import may_mail_stranger
from collective.servicekonto.accounts.mailing import may_name_addresses
from collective.servicekonto.portal.dates import day_in_words
from collective.servicekonto.portal.post import send_letter
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.services.applications import letters
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import issue_token
from collective.servicekonto.store.tokens import Token
from collective.servicekonto.store.tokens import TokenUsed
from datetime import datetime
from datetime import timedelta
from typing import Any


# Purpose of the tokens.
COPY = "application-copy"

VALID = timedelta(days=7)

# A person needs fewer; whoever found a link does not get it for good.
MOST_USES = 30

_CHANGE = "application-change"


def mail(application: Any, now: datetime) -> None:
    """Mail the link to the address that was stated, unless it got too many."""
    address = application.email
    if may_name_addresses(now) and may_mail_stranger(address, COPY, now):
        _send(application, letters.copy_letter, now)


def mail_change(application: Any, now: datetime) -> None:
    """Say that there is something new, to those who want to know.

    Of many changes within a short time only the first ones are told.
    """
    if not is_told(application):
        return
    if may_mail(application.email, _CHANGE, now):
        _send(application, letters.change_letter, now)


def is_told(application: Any) -> bool:
    """Tell whether a change is mailed, with a link to it."""
    return bool(application.email and application.mails_changes)


def application_of(raw: str, now: datetime) -> Any:
    """Return the application of the link, which stays valid. Raises TokenRefused."""
    store = get_store()
    token = store.tokens.look_up(raw, COPY, now)
    found = store.applications.get(token.subject)
    if found is None or found.link_uses >= MOST_USES:
        raise TokenUsed
    return found.__of__(get_portal())


def note_use(application: Any) -> None:
    """Count that somebody looked at it by a link; that is in the audit log, too."""
    application.link_uses += 1
    audit.record("application-opened-by-link", application=application.id)


def _send(application: Any, letter: letters.WithLink, now: datetime) -> None:
    end = now + VALID
    token = Token(COPY, application.id, "", int(end.timestamp()))
    address = link(get_portal(), f"antrag-kopie?token={issue_token(token)}")
    until = day_in_words(end, application.language)
    made = letter(application.number, address, VALID.days, until)
    send_letter(made, application.email, application.language, now, end)
