"""The days on which a citizen is away, through plone.restapi."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.postbox import absence
from collective.servicekonto.postbox.absence import Absence
from collective.servicekonto.postbox.rest.base import day
from collective.servicekonto.postbox.rest.base import OwnPostbox
from datetime import date
from typing import Any


NAME = "@servicekonto-postbox-absence"


class Away(OwnPostbox):
    """GET @servicekonto-postbox-absence: the days that offices see."""

    def act(self):
        """Return first and last day, null where the citizen is there."""
        found = absence.present_or_coming(self.account.id, now())
        return {
            "@id": link(get_portal(), NAME),
            "first": None if found is None else found.first.isoformat(),
            "last": None if found is None else found.last.isoformat(),
        }


class SayAway(Away):
    """PUT @servicekonto-postbox-absence: say first and last day."""

    texts = ("first", "last")

    def act(self):
        """Return them."""
        sent = self.sent()
        first, last = _demand("first", sent), _demand("last", sent)
        try:
            absence.say(self.account, Absence(first, last), now())
        except absence.WrongDays:
            message = _(
                "The last day must be today or later, not before the first day, and "
                "within a year."
            )
            raise Incorrect({"last": message}) from None
        return super().act()


class Back(Away):
    """DELETE @servicekonto-postbox-absence: the citizen is there."""

    def act(self):
        """Return that there are no days."""
        absence.forget(self.account.id)
        return super().act()


def _demand(name: str, sent: dict[str, Any]) -> date:
    found = day(name, sent.get(name))
    if found is None:
        raise Incorrect({name: _("Please enter a day as 2026-03-31.")})
    return found
