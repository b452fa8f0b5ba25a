"""The letters that a registration sends."""

from collective.servicekonto import _
from collective.servicekonto.mail.compose import Letter


def activation_letter(link: str, hours: int) -> Letter:
    """Return the letter with the link that activates the account."""
    return Letter(
        subject=_("Please activate your Servicekonto"),
        paragraphs=(
            _("a Servicekonto was registered with this e-mail address."),
            _(
                "Please open the following link and press the button “Activate”. "
                "The link is valid for ${hours} hours.",
                mapping={"hours": hours},
            ),
        ),
        link=link,
        link_text=_("Activate the Servicekonto"),
        closing=(
            _(
                "If you did not register, you need not do anything. Without "
                "activation all entries are deleted."
            ),
        ),
    )


def known_address_letter(link: str) -> Letter:
    """Return the letter to the owner of an address that has an account already."""
    return Letter(
        subject=_("Your Servicekonto"),
        paragraphs=(
            _(
                "somebody tried to register a Servicekonto with this e-mail address. "
                "You have one already; it was not changed."
            ),
            _("If it was you, please log in or choose a new password here:"),
        ),
        link=link,
        link_text=_("To the log-in"),
        closing=(_("If it was not you, you need not do anything."),),
    )
