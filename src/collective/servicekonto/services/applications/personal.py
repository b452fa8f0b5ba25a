"""What applications contribute to export and deletion."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.accounts.interfaces import PersonalFile
from collective.servicekonto.services.applications import lists
from collective.servicekonto.services.applications import notes
from collective.servicekonto.services.applications import scans
from collective.servicekonto.services.applications import service
from typing import Any
from zope.interface import implementer


@implementer(IPersonalData)
class ApplicationsData:
    """What the citizen applied for. With the account it goes from the account only.

    The office has to keep its files (decided by their retention): it goes on with what
    is open, and answers by post.
    """

    def contents(self, account) -> list:
        """Say how many applications there are."""
        number = len(service.of_account(account))
        text = _(
            "The view of your ${number} applications. The offices keep the applications "
            "themselves until their time is over.",
            mapping={"number": number},
        )
        return [text] if number else []

    def warnings(self, account) -> list:
        """Say what is not decided yet."""
        found = service.of_account(account)
        open_ones = [one for one in found if not service.is_decided(service.state(one))]
        if not open_ones:
            return []
        return [
            _(
                "Applications that are not decided yet: ${number}. The offices go on with "
                "them, but can write to you only by post then. If you do not want that, "
                "withdraw them first.",
                mapping={"number": len(open_ones)},
            )
        ]

    def data(self, account) -> list[dict]:
        """Return the applications, the newest first."""
        return list(map(_exported, service.of_account(account)))

    def files(self, account) -> Iterator[PersonalFile]:
        """Yield the citizen's files, and each application as PDF."""
        for application in service.of_account(account):
            for number, one in enumerate(_attachments(application), start=1):
                path = f"{application.number}/{number}-{one.name}"
                yield PersonalFile(path, one.size, one.reader())

    def erase(self, account) -> None:
        """Let the applications be nobody's, for their offices to keep."""
        for application in service.of_account(account):
            lists.disown(application)
            application.account_id = ""
            application.thread = ""


def _attachments(application: Any) -> list[Any]:
    paper = [application.paper] if application.paper else []
    files = [one.attachment for one in application.files if scans.is_clear(one)]
    return [*paper, *files]


def _exported(application: Any) -> dict:
    return {
        "number": application.number,
        "service": application.title,
        "office": application.office_name,
        "submitted": application.submitted,
        "state": service.state(application),
        "purpose": application.purpose,
        "legal_basis": application.legal_basis,
        "keep_until": application.keep_until,
        "answers": [one._asdict() for one in application.answers],
        "timeline": [one._asdict() for one in service.steps(application)],
        "notes": notes.exported(application),
        "files": [
            {
                "name": one.name,
                "type": one.media_type,
                "bytes": one.size,
                "sha256": one.sha256,
            }
            for one in _attachments(application)
        ],
    }
