"""What the log of transfers contributes to export and deletion."""

from collective.servicekonto import _
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.personal import WithoutFiles
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.dataaccess import log
from zope.interface import implementer


class OldTransfers(QueueProvider):
    """Deletes entries of the log whose retention is over."""

    title = _("Old entries of the log of data transfers")
    queue_name = log.TRANSFERS

    def delete(self, item: str) -> None:
        """Delete the entry."""
        log.discard(item)


@implementer(IPersonalData)
class TransferLog(WithoutFiles):
    """The log belongs to the citizen."""

    def contents(self, account) -> list:
        """Say how many entries there are."""
        number = sum(1 for _one in log.transfers(account.id))
        text = _(
            "${number} entries in the log of data transfers",
            mapping={"number": number},
        )
        return [text] if number else []

    def data(self, account) -> list[dict]:
        """Return the entries, the newest first."""
        return [
            {
                "at": one.at,
                "recipient": one.recipient,
                "purpose": one.purpose,
                "legal_basis": one.legal_basis,
                "session_level": one.session_level,
                "attributes": dict(one.attributes),
            }
            for one in log.transfers(account.id)
        ]

    def erase(self, account) -> None:
        """Delete all entries."""
        log.delete(account.id, log.transfers(account.id))
