"""Logging in and registering with the card, through plone.restapi.

Nobody is logged in: a secret stands for the program that began, which sends it on in a
header, and with it the secret of the refresh address (see eid.rest).
"""

from collective.servicekonto.accounts.views import FIRST_PAGE
from collective.servicekonto.clock import now
from collective.servicekonto.eid.login import service as login
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.registering import service as registering
from collective.servicekonto.eid.rest import CardService
from collective.servicekonto.eid.rest import Take
from collective.servicekonto.eid.service import Begun
from collective.servicekonto.eid.tc_token import desktop_link
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.registration.keys import draft_key
from collective.servicekonto.registration.rest import DRAFT_GONE
from collective.servicekonto.registration.service import DraftGone
from typing import Any


class Begin(CardService):
    """Opens a session for one reading of the card; subclasses implement ``begin``."""

    def act(self) -> dict[str, Any]:
        """Return where the eID-Client fetches the TC token, and the secret."""
        try:
            begun = self.begin()
        except EIDProblem as problem:
            return self.failed(problem)
        answer = {
            "tc_token": begun.address,
            "desktop": desktop_link(begun.address),
            "browser": begun.browser,
        }
        return self.accepted(201, answer)

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


class Return(Take):
    """POST @servicekonto-eid-return: the eID-Client led back."""

    def act(self) -> dict[str, Any]:
        """Take the result for the program that began."""
        return self.take()
