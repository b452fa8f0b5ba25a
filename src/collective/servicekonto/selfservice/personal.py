"""What Mein Bereich itself contributes to export and deletion."""

from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.personal import WithoutFiles
from collective.servicekonto.selfservice import kept
from zope.interface import implementer


@implementer(IPersonalData)
class KeptEntries(WithoutFiles):
    """What was typed when a session ended, for an hour."""

    def contents(self, account) -> tuple:
        """Everybody expects that it is deleted, so nothing is said."""
        return ()

    def data(self, account) -> list[dict]:
        """Return the entries of each form."""
        return [
            {"page": one.page, "entries": dict(one.entries)}
            for one in kept.all_of(account.id)
        ]

    def erase(self, account) -> None:
        """Forget it."""
        kept.erase(account.id)
