"""The mail that reminds of a draft. It does not say which form it is."""

from collective.servicekonto import _
from collective.servicekonto.mail.compose import Letter


def reminder_letter(link: str, day: str) -> Letter:
    """Return the letter about a form that was begun and will be deleted on the day."""
    return Letter(
        subject=_("You have begun a form"),
        paragraphs=(
            _("you have begun to fill in a form and not sent it yet."),
            _(
                "Your entries are kept until ${day}. Then we delete them. Please log in "
                "if you want to go on:",
                mapping={"day": day},
            ),
        ),
        link=link,
        link_text=_("To my applications"),
        closing=(_("If you do not need the form any more, you need not do anything."),),
    )
