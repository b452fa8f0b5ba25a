"""What readings of cards contribute to cleanup, export and deletion."""

from collective.servicekonto import _
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.personal import WithoutFiles
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.eid import sessions
from datetime import datetime
from zope.interface import implementer


class EIDSessions(QueueProvider):
    """Erases readings of cards that were not confirmed in time."""

    title = _("Readings of the Online-Ausweis that were not completed")
    queue_name = sessions.EID_SESSIONS

    def later_deadline(self, item: str, now: datetime) -> int | None:
        """Return the deadline where the card was read, or more time was asked for."""
        expires = sessions.deadline(item)
        return expires if expires is not None and expires > now.timestamp() else None

    def delete(self, item: str) -> None:
        """Erase the reading."""
        sessions.discard(item)


@implementer(IPersonalData)
class CardReadings(WithoutFiles):
    """What a card said, until the citizen has confirmed it: for some minutes."""

    def contents(self, account) -> tuple:
        """Everybody expects that it is deleted, so nothing is said."""
        return ()

    def data(self, account) -> list[dict]:
        """Return what was read and waits to be confirmed."""
        readings = [one.read for one in sessions.all_of(account.id)]
        return [
            {"at": one.at, "attributes": dict(one.values)}
            for one in readings
            if one is not None
        ]

    def erase(self, account) -> None:
        """Forget it."""
        for one in sessions.all_of(account.id):
            sessions.end(one)
