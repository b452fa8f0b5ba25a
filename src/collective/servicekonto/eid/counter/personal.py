"""What the counter contributes to cleanup, export and deletion."""

from collective.servicekonto import _
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.personal import WithoutFiles
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.clock import now
from collective.servicekonto.eid.counter import cases
from collective.servicekonto.eid.counter import codes
from zope.interface import implementer


class WaitingCases(QueueProvider):
    """Erases what no second clerk confirmed in time."""

    title = _("Confirmations at the counter that no second clerk looked at")
    queue_name = cases.CASES

    def delete(self, item: str) -> None:
        """Erase it."""
        cases.discard(item)


@implementer(IPersonalData)
class CounterData(WithoutFiles):
    """A code that was not used yet, and what waits for a second clerk: for some days."""

    def contents(self, account) -> tuple:
        """Everybody expects that it is deleted, so nothing is said."""
        return ()

    def data(self, account) -> dict:
        """Return until when there is a code, and what waits; never the code itself."""
        return {
            "code_until": codes.query_expiry(account, now()),
            "waiting": [
                {
                    "document": case.document.value,
                    "at": case.at,
                    "attributes": dict(case.values),
                }
                for _key, case in cases.of_account(account.id)
            ],
        }

    def erase(self, account) -> None:
        """Forget both."""
        codes.withdraw(account)
        for key, _case in cases.of_account(account.id):
            cases.discard(key)
