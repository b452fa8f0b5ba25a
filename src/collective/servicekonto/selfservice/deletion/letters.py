"""The letters about the end of an account."""

from collective.servicekonto import _
from collective.servicekonto.mail.compose import Letter


def locked_letter(address: str, day: str) -> Letter:
    """Return the letter with the link that keeps the account."""
    return Letter(
        subject=_("Your Servicekonto will be deleted"),
        paragraphs=(
            _("it was requested to delete your Servicekonto."),
            _(
                "On ${day} it is deleted for good, with all data. Until then nobody "
                "can log in.",
                mapping={"day": day},
            ),
            _(
                "Have you changed your mind, or was it not you? With the following "
                "link you keep your Servicekonto."
            ),
        ),
        link=address,
        link_text=_("Keep the Servicekonto"),
        closing=(_("If you want it to be deleted, you need not do anything."),),
    )


def kept_letter(address: str) -> Letter:
    """Return the letter that tells that nothing is deleted."""
    return Letter(
        subject=_("Your Servicekonto stays"),
        paragraphs=(
            _("your Servicekonto is not deleted. You can log in again as before."),
            _(
                "If it was not you who wanted to delete it, somebody knows your "
                "password. Then please choose a new one at once:"
            ),
        ),
        link=address,
        link_text=_("Choose a new password"),
    )


def deleted_letter() -> Letter:
    """Return the last letter, which is sent when everything has gone."""
    return Letter(
        subject=_("Your Servicekonto was deleted"),
        paragraphs=(
            _("your Servicekonto was deleted for good, with all data."),
            _("This was our last e-mail to you. You can register again at any time."),
        ),
    )


def warning_letter(address: str, day: str) -> Letter:
    """Return the letter that announces the deletion of an account not in use."""
    return Letter(
        subject=_("Do you still need your Servicekonto?"),
        paragraphs=(
            _("you have not used your Servicekonto for a long time."),
            _(
                "The law demands that we delete it then, with all data: on ${day} at "
                "the earliest.",
                mapping={"day": day},
            ),
            _("Do you want to keep it? Then please log in once until then:"),
        ),
        link=address,
        link_text=_("To the log-in"),
        closing=(
            _("If you do not need it any more, you need not do anything."),
            _("We write to you about this only once."),
        ),
    )
