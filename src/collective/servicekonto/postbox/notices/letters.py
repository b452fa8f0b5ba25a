"""The mail that tells of news. It names neither sender nor content, nor how many."""

from collective.servicekonto import _
from collective.servicekonto.mail.compose import Letter


def notice_letter(address: str, number: int) -> Letter:
    """Return the letter about so many new messages."""
    news = (
        _("there is a new message in your Postfach.")
        if number == 1
        else _("there are new messages in your Postfach.")
    )
    return Letter(
        subject=_("News in your Postfach"),
        paragraphs=(news, _("Please log in to read it:")),
        link=address,
        link_text=_("To the Postfach"),
        closing=(
            _(
                "For your protection this e-mail does not say who writes to you, nor "
                "what about. We never ask for your password by e-mail."
            ),
        ),
    )
