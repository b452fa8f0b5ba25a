"""What registering contributes to export and deletion."""

from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.personal import WithoutFiles
from collective.servicekonto.registration import draft
from zope.interface import implementer


@implementer(IPersonalData)
class SentDrafts(WithoutFiles):
    """The address to which the mail can be sent again, for less than an hour."""

    def contents(self, account) -> tuple:
        """Everybody expects that it goes with the account."""
        return ()

    def data(self, account) -> list[dict]:
        """Return the address, the page of the first log-in and the end of the time."""
        return [
            {
                "email": one.details.email,
                "page": one.page_behind,
                "expires": one.expires,
            }
            for _key, one in draft.drafts_of(account.id)
        ]

    def erase(self, account) -> None:
        """Forget it."""
        draft.erase(account.id)
