"""What the end of an account itself keeps about it."""

from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.personal import WithoutFiles
from collective.servicekonto.selfservice.deletion import inactivity
from collective.servicekonto.selfservice.deletion import service
from zope.interface import implementer


@implementer(IPersonalData)
class Deadlines(WithoutFiles):
    """When the account will be deleted or looked at."""

    def contents(self, account) -> tuple:
        """Everybody expects that they go with the account."""
        return ()

    def data(self, account) -> dict[str, int]:
        """Return the moment of the deletion, in epoch seconds, 0 for none."""
        return {"delete_at": account.delete_at}

    def erase(self, account) -> None:
        """Let nothing become due any more."""
        service.forget_deletion(account)
        inactivity.erase(account)
