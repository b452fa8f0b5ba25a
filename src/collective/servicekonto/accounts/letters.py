"""The form of the letters that tell of a change to the ways of logging in."""

from collective.servicekonto import _
from collective.servicekonto.mail.compose import Letter
from zope.i18nmessageid import Message


def notice(subject: Message, text: Message, address: str) -> Letter:
    """Return a letter about something that the citizen did, or else has to stop."""
    return Letter(
        subject=subject,
        paragraphs=(
            text,
            _(
                "If it was not you, please log in and choose “That was not me” on the "
                "following page:"
            ),
        ),
        link=address,
        link_text=_("Log-in and security"),
    )
