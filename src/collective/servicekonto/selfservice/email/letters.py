"""The letters about a new address. None of them names the other address."""

from collective.servicekonto import _
from collective.servicekonto.mail.compose import Letter


def confirmation_letter(address: str, hours: int) -> Letter:
    """Return the letter to the new address, with the link that proves it."""
    return Letter(
        subject=_("Confirm your new e-mail address"),
        paragraphs=(
            _("this e-mail address was entered for a Servicekonto."),
            _(
                "Was it you? Then confirm it with the following link. It is valid for "
                "${hours} hours. Until then the former address stays in use.",
                mapping={"hours": hours},
            ),
        ),
        link=address,
        link_text=_("Confirm the e-mail address"),
        closing=(
            _("If it was not you, you need not do anything. Nothing will change."),
        ),
    )


def known_address_letter(address: str) -> Letter:
    """Return the letter to the owner of an address that has an account already."""
    return Letter(
        subject=_("Your e-mail address was entered at the Bürgerportal"),
        paragraphs=(
            _(
                "somebody wanted to use this e-mail address for another Servicekonto. "
                "That is not possible, because you have a Servicekonto with it "
                "already. Nothing was changed."
            ),
            _("Was it you? Then log in here with this address:"),
        ),
        link=address,
        link_text=_("Log in"),
        closing=(_("If it was not you, you need not do anything."),),
    )


def requested_letter(address: str, hours: int) -> Letter:
    """Return the letter to the present address, with the link that stops it."""
    return Letter(
        subject=_("Your Servicekonto is to get another e-mail address"),
        paragraphs=(
            _("another e-mail address was entered for your Servicekonto just now."),
            _(
                "Was it you? Then you need not do anything here. Please open the mail "
                "that we sent to the new address."
            ),
            _(
                "Was it not you? Then stop it with the following link. It is valid for "
                "${hours} hours, even if the address was changed meanwhile.",
                mapping={"hours": hours},
            ),
        ),
        link=address,
        link_text=_("Stop the change"),
    )


def left_letter(address: str, hours: int) -> Letter:
    """Return the letter to the address that is not used any more."""
    return Letter(
        subject=_("Your Servicekonto has another e-mail address now"),
        paragraphs=(
            _(
                "your Servicekonto has another e-mail address now. We do not write to "
                "this one any more."
            ),
            _(
                "Was it not you? Then take it back with the following link. It is "
                "valid for ${hours} hours.",
                mapping={"hours": hours},
            ),
        ),
        link=address,
        link_text=_("Take the change back"),
    )


def confirmed_letter(address: str) -> Letter:
    """Return the letter to the address that is used from now on."""
    return Letter(
        subject=_("Your new e-mail address is confirmed"),
        paragraphs=(
            _(
                "from now on you log in to your Servicekonto with this e-mail address. "
                "Your password stays the same."
            ),
        ),
        link=address,
        link_text=_("Log in"),
    )


def restored_letter(address: str) -> Letter:
    """Return the letter to an address that was taken back into use."""
    return Letter(
        subject=_("Your former e-mail address is in use again"),
        paragraphs=(
            _(
                "the change of your e-mail address was taken back. Your Servicekonto "
                "has this address again. All devices were logged out, and the former "
                "password is not valid any more."
            ),
            _("Please choose a new password:"),
        ),
        link=address,
        link_text=_("Choose a new password"),
    )
