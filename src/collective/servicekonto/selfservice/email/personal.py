"""What a change of the address contributes to cleanup, export and deletion."""

from collective.servicekonto import _
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.personal import WithoutFiles
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.clock import now
from collective.servicekonto.selfservice.email import change
from zope.interface import implementer


class UnconfirmedAddresses(QueueProvider):
    """Deletes new addresses that were not confirmed in time."""

    title = _("New e-mail addresses that were not confirmed")
    queue_name = change.PENDING

    def delete(self, item: str) -> None:
        """Delete the address."""
        account = query_account(item)
        if account is not None:
            change.cancel(account)


class FormerAddresses(QueueProvider):
    """Deletes former addresses once they can take nothing back any more."""

    title = _("Former e-mail addresses")
    queue_name = change.FORMER

    def delete(self, item: str) -> None:
        """Delete the addresses."""
        account = query_account(item)
        if account is not None:
            change.forget_former(account)


@implementer(IPersonalData)
class AddressChange(WithoutFiles):
    """The new address that waits, and the former ones."""

    def contents(self, account) -> tuple:
        """Everybody expects that they are deleted, so nothing is said."""
        return ()

    def data(self, account) -> dict:
        """Return the addresses."""
        pending = change.query_pending(account, now())
        return {
            "pending": pending.address if pending else "",
            "former": list(change.former_addresses(account)),
        }

    def erase(self, account) -> None:
        """Forget all of them."""
        change.cancel(account)
        change.forget_former(account)
