"""Mein Bereich itself, in the browser."""

from collective.servicekonto import _
from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.accounts.service import is_plus
from collective.servicekonto.portal.waiting import WaitingShown
from collective.servicekonto.selfservice.area import IAreaEntry
from collective.servicekonto.selfservice.own import OwnView
from zope.component import getUtilitiesFor


class MyAreaView(WaitingShown, OwnView):
    """Mein Bereich: where everything about the account begins."""

    label = _("Mein Bereich")

    @property
    def number(self) -> str:
        """The account number, for the staff of the town."""
        return account_number(self.account.id)

    @property
    def is_plus(self) -> bool:
        """Tell whether the Online-Ausweis is registered."""
        return is_plus(self.account)

    def entries(self):
        """Return the pages of Mein Bereich in their order."""
        found = [entry for _name, entry in getUtilitiesFor(IAreaEntry)]
        return sorted(found, key=lambda entry: entry.order)
