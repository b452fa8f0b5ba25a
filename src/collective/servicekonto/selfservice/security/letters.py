"""The letters about passkeys. They name no passkey: others may read along."""

from collective.servicekonto import _
from collective.servicekonto.accounts.letters import notice
from collective.servicekonto.mail.compose import Letter


def added(address: str) -> Letter:
    """Return the letter that tells of a new passkey."""
    return notice(
        _("A passkey was added to your Servicekonto"),
        _("a passkey was added to your Servicekonto just now."),
        address,
    )


def blocked(address: str) -> Letter:
    """Return the letter that tells of a blocked passkey."""
    return notice(
        _("A passkey was blocked"),
        _(
            "a passkey of your Servicekonto was blocked just now. Nobody can log in "
            "with it any more."
        ),
        address,
    )


def unblocked(address: str) -> Letter:
    """Return the letter that tells of a passkey that counts again."""
    return notice(
        _("A passkey can be used again"),
        _("a blocked passkey of your Servicekonto was unblocked just now."),
        address,
    )


def removed(address: str) -> Letter:
    """Return the letter that tells of a removed passkey."""
    return notice(
        _("A passkey was removed"),
        _("a passkey was removed from your Servicekonto just now."),
        address,
    )


def removal(address: str, minutes: int) -> Letter:
    """Return the letter with the link that removes a lost passkey."""
    return Letter(
        subject=_("Remove a passkey from your Servicekonto"),
        paragraphs=(
            _("you want to remove a blocked passkey from your Servicekonto."),
            _(
                "You need the following link and your password. The link is valid for "
                "${minutes} minutes.",
                mapping={"minutes": minutes},
            ),
        ),
        link=address,
        link_text=_("Remove the passkey"),
        closing=(
            _(
                "If it was not you, somebody else knows your password. Please do not "
                "open the link, and choose a new password."
            ),
        ),
    )


def way_back(address: str, minutes: int) -> Letter:
    """Return the letter to the citizen who said “that was not me”."""
    return Letter(
        subject=_("Choose a new password for your Servicekonto"),
        paragraphs=(
            _(
                "you told us that somebody else used your Servicekonto. You were "
                "logged out everywhere, and the old password is not valid any more."
            ),
            _(
                "Choose a new one with the following link. It is valid for ${minutes} "
                "minutes.",
                mapping={"minutes": minutes},
            ),
        ),
        link=address,
        link_text=_("Choose a new password"),
        closing=(
            _(
                "After that, please look at the list of your passkeys, and remove "
                "those that you do not know."
            ),
        ),
    )
