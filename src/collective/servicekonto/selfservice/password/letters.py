"""The letters about the password."""

from collective.servicekonto import _
from collective.servicekonto.mail.compose import Letter


def reset_letter(address: str, minutes: int) -> Letter:
    """Return the letter with the link to a new password."""
    return Letter(
        subject=_("A new password for your Servicekonto"),
        paragraphs=(
            _("a new password was requested for your Servicekonto."),
            _(
                "Choose it with the following link. It is valid for ${minutes} "
                "minutes.",
                mapping={"minutes": minutes},
            ),
        ),
        link=address,
        link_text=_("Choose a new password"),
        closing=(
            _(
                "If you did not request this, you need not do anything. Your "
                "password stays as it is."
            ),
        ),
    )


def unknown_letter(address: str) -> Letter:
    """Return the letter to an address without an active account."""
    return Letter(
        subject=_("Your request at the Bürgerportal"),
        paragraphs=(
            _(
                "a new password was requested for this e-mail address. There is no "
                "active Servicekonto with it. Perhaps you registered with another "
                "address."
            ),
            _("Here you can register:"),
        ),
        link=address,
        link_text=_("Register a Servicekonto"),
        closing=(_("If it was not you, you need not do anything."),),
    )


def changed_letter(address: str) -> Letter:
    """Return the letter that tells of a new password."""
    return Letter(
        subject=_("Your password was changed"),
        paragraphs=(
            _(
                "the password of your Servicekonto was changed just now. All other "
                "devices were logged out."
            ),
            _("If it was not you, please choose a new password at once:"),
        ),
        link=address,
        link_text=_("Choose a new password"),
    )
