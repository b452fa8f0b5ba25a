"""The mails to citizens who applied without an account.

They do not say what was applied for, nor with which office.
"""

from collections.abc import Callable
from collective.servicekonto import _
from collective.servicekonto.mail.compose import Letter


# Takes the number of the application, the address of the link, and how many days and
# until which day it is valid.
WithLink = Callable[[str, str, int, str], Letter]


def copy_letter(number: str, address: str, days: int, until: str) -> Letter:
    """Return the letter with the link to the copy."""
    return Letter(
        subject=_("Your application has arrived"),
        paragraphs=(
            _(
                "we have received what you sent with one of our forms. Its number is "
                "${number}.",
                mapping={"number": number},
            ),
            _(
                "With the following link you can download a copy as PDF, and see how "
                "your application stands. The link is valid for ${days} days, until "
                "${until}.",
                mapping={"days": days, "until": until},
            ),
        ),
        link=address,
        link_text=_("To your application"),
        closing=(_("If it was not you, please tell us."),),
    )


def change_letter(number: str, address: str, days: int, until: str) -> Letter:
    """Return the letter that tells of a change, and leads to what it is."""
    return Letter(
        subject=_("News of your application"),
        paragraphs=(
            _(
                "there is something new about your application with the number "
                "${number}.",
                mapping={"number": number},
            ),
            _(
                "With the following link you see what it is, and which office you can "
                "ask. The link is valid for ${days} days, until ${until}.",
                mapping={"days": days, "until": until},
            ),
        ),
        link=address,
        link_text=_("To your application"),
        closing=(_("You get this mail because you wanted to be told of changes."),),
    )
