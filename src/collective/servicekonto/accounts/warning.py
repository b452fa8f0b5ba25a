"""The warning before a session ends or its level falls.

Every page carries the times for session.js. They are computed from the session and
written nowhere.
"""

from collective.servicekonto import _
from collective.servicekonto.accounts.cookies import set_ticket
from collective.servicekonto.accounts.interfaces import IOwnPage
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.sessions import prolonged
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.clock import now
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.sessions import limits
from collective.servicekonto.portal import csrf
from collective.servicekonto.portal.service import link
from collective.servicekonto.portal.service import query_portal
from collective.servicekonto.portal.silent import SilentViewlet
from collective.servicekonto.portal.viewlets import is_citizen
from collective.servicekonto.portal.web import PortalPage
from dataclasses import replace
from datetime import datetime
from Products.Five.browser import BrowserView
from zope.i18n import translate
import json


# What is said when so many seconds are left.
REMAINING = {
    90: _("Time left: 2 minutes"),
    60: _("Time left: 1 minute and 30 seconds"),
    30: _("Time left: 1 minute"),
    10: _("Time left: 30 seconds"),
    0: _("Time left: a few seconds"),
}

# Heading and text of what happens. {time} is put in by the browser.
TEXTS = {
    "soon": (
        _("You will be logged out soon"),
        _(
            "For your safety we log you out when nothing happens for a long time. "
            "What you have typed is not lost: after logging in again it is still here."
        ),
    ),
    "limit": (
        _("You will be logged out soon"),
        _(
            "You have been logged in for as long as possible. At {time} you will be "
            "logged out; this cannot be prolonged. What you have typed is not lost: "
            "after logging in again it is still here."
        ),
    ),
    "lower": (
        _("Your secure log-in ends soon"),
        _(
            "You stay logged in. For some things you will have to confirm once more "
            "who you are. What you have typed is not lost."
        ),
    ),
    "over": (
        _("You are logged out"),
        _(
            "For your safety your log-in has ended. Please log in again. What you had "
            "typed on this page is still here then."
        ),
    ),
}

FAILED = _("That did not work. Please check your connection and try again.")


def times(session: Session, moment: datetime) -> dict:
    """Return the time and, for each level down to the end, when it ends.

    All in epoch seconds: without activity, and at the latest.
    """
    return {
        "now": moment.timestamp(),
        "falls": [
            [fall.idle.timestamp(), fall.latest.timestamp()]
            for fall in session.falls(moment)
        ],
    }


class SessionView(PortalPage, BrowserView):
    """POST prolongs the session; the answer is JSON for session.js."""

    def answer(self):
        """Return the new times, or 401 where the session is over."""
        session, moment = current_session(), now()
        if self.request.method != "POST":
            return self.redirect("mein-bereich")
        self.request.response.setHeader("Content-Type", "application/json")
        if session is None:
            self.request.response.setStatus(401, lock=True)
            return json.dumps({"over": True})
        ticket = prolonged(session, moment)
        set_ticket(self.request, ticket)
        return json.dumps(times(replace(session, ticket=ticket), moment))


class SessionViewlet(SilentViewlet):
    """The dialog on every page of the site, for citizens who are logged in."""

    @property
    def available(self) -> bool:
        """Tell whether there is a session."""
        return is_citizen() and current_session() is not None

    @property
    def data(self) -> str:
        """What session.js needs, as JSON."""
        return json.dumps(
            {
                **times(current_session(), now()),
                "url": self.link("sitzung"),
                "own": IOwnPage.providedBy(self.view),
                "remaining": [
                    [seconds, self._translated(text)]
                    for seconds, text in REMAINING.items()
                ],
                "texts": {
                    name: [self._translated(text) for text in texts]
                    for name, texts in TEXTS.items()
                },
                "failed": self._translated(FAILED),
            }
        )

    @property
    def login(self) -> str:
        """The log-in, and back to this page where it is one's own."""
        page = self.view.way_back if IOwnPage.providedBy(self.view) else "mein-bereich"
        return self.link(f"anmelden?weiter={page}")

    @property
    def idle_minutes(self) -> int:
        """After how long without activity a session is over."""
        return int(limits(TrustLevel.LOW).inactivity.total_seconds()) // 60

    @property
    def csrf_token(self) -> str:
        """The value of the hidden field of forms."""
        return csrf.token(self.request)

    def link(self, page: str) -> str:
        """Return the public address of a page of the portal."""
        return link(query_portal(), page)

    def _translated(self, message) -> str:
        return translate(message, context=self.request)
