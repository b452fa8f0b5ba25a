"""What can go wrong with an Online-Ausweis, and what to do then, in plain words."""

from collective.servicekonto import _
from typing import NamedTuple
from zope.i18nmessageid import Message


# Where the AusweisApp comes from, and whom to call when a card is lost.
APP_PAGE = "https://www.ausweisapp.bund.de/download"
EMERGENCY_NUMBER = "116 116"


class Advice(NamedTuple):
    """What happened, and the next step."""

    problem: Message
    step: Message


# Where the AusweisApp cannot go on, and the citizen can only cancel.
STUCK = (
    Advice(
        _("The card is blocked after three wrong tries"),
        _(
            "The PUK of your PIN letter unblocks it in the AusweisApp. Without the PUK, "
            "your Bürgeramt helps."
        ),
    ),
    Advice(
        _("You have a PIN of five digits, or none that you know"),
        _(
            "Choose your own six-digit PIN in the AusweisApp, with the five-digit one of "
            "your letter. Without the letter, ask your Bürgeramt for a new PIN."
        ),
    ),
    Advice(
        _("The function is switched off"),
        _("Your Bürgeramt switches it on, while you wait."),
    ),
    Advice(
        _("The card has expired or was blocked by telephone"),
        _("Your Bürgeramt tells you how to get a new card, or to unblock this one."),
    ),
)

TROUBLE = (
    Advice(
        _("The AusweisApp does not open, or the page 127.0.0.1 cannot be reached"),
        _(
            "Start the AusweisApp on this device first, and leave it open. Then begin "
            "anew. If you do not have it yet, install it."
        ),
    ),
    Advice(
        _("The PIN was wrong"),
        _(
            "You have three tries with the six-digit PIN. Before the third one, the "
            "AusweisApp asks for the six-digit number on the front of the card."
        ),
    ),
    *STUCK,
    Advice(
        _("The card was taken away too early"),
        _(
            "Leave it on the reader, or held to the telephone, until the AusweisApp says "
            "that you are done. Then begin anew."
        ),
    ),
    Advice(
        _("It took too long"),
        _("You have five minutes. Please have card and PIN at hand, and begin anew."),
    ),
)
