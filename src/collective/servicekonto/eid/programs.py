"""Logging in and registering with the card, through plone.restapi.

A program shows its user the same as the pages do. It lets the eID-Client fetch the TC
token, and sends the secret of the address to which that leads back, together with the
secret that stands for the browser: @servicekonto-eid-return.
"""

from collective.servicekonto import _
from collective.servicekonto.accounts import bearer
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.rest import Paused
from collective.servicekonto.accounts.views import FIRST_PAGE
from collective.servicekonto.clock import now
from collective.servicekonto.eid import service as eid
from collective.servicekonto.eid.login import service as login
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.port import NotReady
from collective.servicekonto.eid.registering import service as registering
from collective.servicekonto.eid.rules import Refused as CardRefused
from collective.servicekonto.eid.service import Begun
from collective.servicekonto.eid.sessions import NotYours
from collective.servicekonto.eid.tc_token import desktop_link
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.registration.keys import draft_key
from collective.servicekonto.registration.rest import DRAFT_GONE
from collective.servicekonto.registration.service import DraftGone
from collective.servicekonto.store.tokens import TokenRefused
from typing import Any


class Begin(PortalService):
    """Opens a session at the eID-Server; subclasses implement ``begin``."""

    def answer(self) -> dict[str, Any]:
        """Return where the eID-Client fetches the TC token, and the browser's secret."""
        try:
            begun = self.begin()
        except TooManyAttempts as refused:
            raise Paused(self.request, refused) from None
        except EIDProblem as problem:
            return failed(self, problem)
        address = begun.address
        return self.accepted(
            201,
            {
                "tc_token": address,
                "desktop": desktop_link(address),
                "browser": begun.browser,
            },
        )

    def begin(self) -> Begun:
        """Begin the reading of the card."""
        raise NotImplementedError


class LogIn(Begin):
    """POST @servicekonto-eid-login: begin a log-in with the card."""

    flags = ("new_card",)

    def begin(self) -> Begun:
        """Begin it, with a new card where the program says so."""
        with_new_card = self.sent().get("new_card", False)
        begin = login.begin_with_new_card if with_new_card else login.begin
        return begin(self.request, FIRST_PAGE, now())


class Register(Begin):
    """POST @servicekonto-eid-registration: let the card fill in a registration."""

    def begin(self) -> Begun:
        """Begin it for the draft that the header names. Raises Refused."""
        self.sent()
        try:
            return registering.begin(self.request, draft_key(self.request), now())
        except DraftGone:
            raise Refused(410, "DraftGone", DRAFT_GONE) from None


class Return(PortalService):
    """POST @servicekonto-eid-return: the eID-Client led back.

    What was noted about a card that cannot be used stays noted.
    """

    texts = ("secret", "minor")

    def answer(self) -> dict[str, Any]:
        """Return the token of the session where the card let in, else nothing."""
        sent = self.sent()
        try:
            one = eid.returned(self.request, sent.get("secret", ""), now())
            received = eid.take(self.request, one, sent.get("minor", ""), now())
        except (TokenRefused, NotYours):
            message = _("No card was read here, or the five minutes are over.")
            raise Refused(410, "NothingRead", message) from None
        except NotReady as waiting:
            return self.accepted(202, {"message": self.translate(waiting.message)})
        except (EIDProblem, CardRefused) as problem:
            return failed(self, problem)
        ticket = received.ticket
        return {} if ticket is None else {"token": bearer.encode(ticket)}


def failed(service: PortalService, problem: EIDProblem | CardRefused) -> dict[str, Any]:
    """Answer that the card was not read or cannot be used, and why."""
    return service.accepted(
        409,
        {
            "type": "CardNotRead",
            "problem": type(problem).__name__,
            "message": service.translate(problem.message),
        },
    )
