"""The mail to citizens who applied without an account."""

from collective.servicekonto import _
from collective.servicekonto.mail.compose import Letter


def copy_letter(address: str, days: int) -> Letter:
    """Return the letter with the link to the copy. It does not say what was applied for."""
    return Letter(
        subject=_("Your application has arrived"),
        paragraphs=(
            _("we have received what you sent with one of our forms."),
            _(
                "With the following link you can download a copy as PDF. The link is "
                "valid for ${days} days.",
                mapping={"days": days},
            ),
        ),
        link=address,
        link_text=_("Download the copy"),
        closing=(_("If it was not you, please tell us."),),
    )
