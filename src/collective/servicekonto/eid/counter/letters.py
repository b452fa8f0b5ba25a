"""The letters about the counter. They say nothing of what stands on the document."""

from collective.servicekonto import _
from collective.servicekonto.accounts.letters import notice
from collective.servicekonto.mail.compose import Letter


def code_made(address: str) -> Letter:
    """Return the letter that tells of a code for the counter."""
    return notice(
        _("A code for the counter was made for your Servicekonto"),
        _(
            "a code was made in your Servicekonto just now. With it an office of the town "
            "can confirm the details of your account. Please show it to nobody else."
        ),
        address,
    )


def confirmed(address: str) -> Letter:
    """Return the letter that tells that details were confirmed."""
    return notice(
        _("Details of your Servicekonto were confirmed"),
        _(
            "an office of the town confirmed details of your Servicekonto just now, from "
            "an identity document that was shown at the counter."
        ),
        address,
    )
