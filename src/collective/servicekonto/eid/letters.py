"""The letters about the Online-Ausweis. They say nothing that was on the card."""

from collections.abc import Callable
from collective.servicekonto import _
from collective.servicekonto.accounts.letters import notice
from collective.servicekonto.mail.compose import Letter
from collective.servicekonto.portal.post import send_letter
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from datetime import datetime
from datetime import timedelta
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message


# A notice that waited longer in the queue tells nothing new.
NOTICE_TIME = timedelta(days=7)


def added(address: str) -> Letter:
    """Return the letter that tells of a new Online-Ausweis."""
    return notice(
        _("An Online-Ausweis was added to your Servicekonto"),
        _("an Online-Ausweis was added to your Servicekonto just now."),
        address,
    )


def blocked(address: str) -> Letter:
    """Return the letter that tells of a blocked Online-Ausweis."""
    return notice(
        _("Your Online-Ausweis was blocked for your Servicekonto"),
        _(
            "the Online-Ausweis of your Servicekonto was blocked just now. Nobody can "
            "use it here any more. The card itself is not blocked by that."
        ),
        address,
    )


def unblocked(address: str) -> Letter:
    """Return the letter that tells of an Online-Ausweis that counts again."""
    return notice(
        _("Your Online-Ausweis can be used again"),
        _("the blocked Online-Ausweis of your Servicekonto was unblocked just now."),
        address,
    )


def removed(address: str) -> Letter:
    """Return the letter that tells of a removed Online-Ausweis."""
    return notice(
        _("The Online-Ausweis was removed from your Servicekonto"),
        _("the Online-Ausweis was removed from your Servicekonto just now."),
        address,
    )


def changed(address: str) -> Letter:
    """Return the letter that tells of details that were taken over from the card."""
    return notice(
        _("Your Servicekonto has new details"),
        _(
            "your Online-Ausweis was read just now. It says something else than your "
            "Servicekonto did, which has the new details now. You find them in your "
            "profile."
        ),
        address,
    )


def replaced(address: str) -> Letter:
    """Return the letter that tells of a new card in place of the old one."""
    return notice(
        _("A new Online-Ausweis was registered with your Servicekonto"),
        _(
            "you logged in with a new Online-Ausweis just now. It has taken the place of "
            "the old one, which cannot be used here any more."
        ),
        address,
    )


def tell(account: Any, letter: Callable[[str], Letter], now: datetime) -> None:
    """Mail one of the letters to the citizen."""
    page = link(get_portal(), "anmeldung")
    send_letter(letter(page), account.email, account.language, now, now + NOTICE_TIME)


def in_words(message: Message, account: Any) -> str:
    """Return the message in the language of the account."""
    return str(translate(message, target_language=account.language))
