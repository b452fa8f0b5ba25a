"""What applications contribute to export and deletion."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.accounts.interfaces import HandedOut
from collective.servicekonto.accounts.interfaces import IProtectedData
from collective.servicekonto.accounts.interfaces import PersonalFile
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.applications import lists
from collective.servicekonto.services.applications import notes
from collective.servicekonto.services.applications import scans
from collective.servicekonto.services.applications import service
from datetime import datetime
from typing import Any
from zope.interface import implementer


@implementer(IProtectedData)
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
        """Return what a session of the lowest level gets, the newest first."""
        return _data(account, TrustLevel.BASIS)

    def files(self, account) -> Iterator[PersonalFile]:
        """Yield the files that a session of the lowest level gets."""
        return _files(account, TrustLevel.BASIS)

    def hand_out(self, account, level: TrustLevel, now: datetime) -> HandedOut:
        """Return the applications, without those that need a higher level."""
        data = _data(account, level)
        locked = len(service.of_account(account)) - len(data)
        missing = (_missing(locked),) if locked else ()
        return HandedOut(data, _files(account, level), missing)

    def erase(self, account) -> None:
        """Let the applications be nobody's, for their offices to keep."""
        for application in service.of_account(account):
            lists.disown(application)
            application.account_id = ""
            application.thread = ""


def _readable(account: Any, level: TrustLevel) -> list[Any]:
    found = service.of_account(account)
    return [one for one in found if not service.is_locked(one, level)]


def _missing(number: int) -> Any:
    return _(
        "Applications are missing, because they need a log-in with a higher trust "
        "level: ${number}.",
        mapping={"number": number},
    )


def _data(account: Any, level: TrustLevel) -> list[dict]:
    return list(map(_exported, _readable(account, level)))


def _files(account: Any, level: TrustLevel) -> Iterator[PersonalFile]:
    """Yield the citizen's files, and each application as PDF."""
    for application in _readable(account, level):
        for number, one in enumerate(_attachments(application), start=1):
            path = f"{application.number}/{number}-{one.name}"
            yield PersonalFile(path, one.size, one.reader())


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
