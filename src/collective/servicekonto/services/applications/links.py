"""The link to the copy, for citizens who applied without an account."""

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


def mail(application: Any, now: datetime) -> None:
    """Mail the link to the address that was stated."""
    token = Token(COPY, application.id, "", int((now + VALID).timestamp()))
    address = link(get_portal(), f"antrag-kopie?token={issue_token(token)}")
    letter = letters.copy_letter(address, VALID.days)
    send_letter(letter, application.email, application.language, now, now + VALID)


def application_of(raw: str, now: datetime) -> Any:
    """Return the application of the link, which stays valid. Raises TokenRefused.

    A programme that looks into mails cannot use it up, and the citizen can come back.
    """
    store = get_store()
    token = store.tokens.look_up(raw, COPY, now)
    found = store.applications.get(token.subject)
    if found is None:
        raise TokenUsed
    return found.__of__(get_portal())
