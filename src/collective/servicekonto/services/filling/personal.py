"""What forms under way contribute to export and deletion."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.accounts.interfaces import HandedOut
from collective.servicekonto.accounts.interfaces import IProtectedData
from collective.servicekonto.accounts.interfaces import PersonalFile
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.filling.drafts import Draft
from collective.servicekonto.services.service import service_of
from datetime import datetime
from typing import Any
from zope.interface import implementer


@implementer(IProtectedData)
class ServiceDrafts:
    """Forms that a citizen has begun and not sent, with their files."""

    def contents(self, account: Any) -> list[Any]:
        """Say how many forms there are."""
        number = sum(1 for _one in drafts.all_of(account.id))
        text = _("Forms that you have begun: ${number}", mapping={"number": number})
        return [text] if number else []

    def warnings(self, account: Any) -> list[Any]:
        """Say that they were never sent."""
        number = sum(1 for _one in drafts.all_of(account.id))
        text = _(
            "You have begun forms and not sent them: ${number}. They will be deleted.",
            mapping={"number": number},
        )
        return [text] if number else []

    def data(self, account: Any) -> list[dict[str, Any]]:
        """Return what a session of the lowest level gets."""
        return [_exported(*one) for one in _readable(account, TrustLevel.BASIS)]

    def files(self, account: Any) -> Iterator[PersonalFile]:
        """Yield the files that a session of the lowest level gets."""
        return _files(account, TrustLevel.BASIS)

    def hand_out(self, account: Any, level: TrustLevel, now: datetime) -> HandedOut:
        """Return the drafts, without those of forms that need a higher level."""
        everything = sum(1 for _one in drafts.all_of(account.id))
        data = [_exported(*one) for one in _readable(account, level)]
        missing = everything - len(data)
        return HandedOut(
            data, _files(account, level), (_missing(missing),) if missing else ()
        )

    def erase(self, account: Any) -> None:
        """Forget them."""
        drafts.erase(account.id)


def _readable(account: Any, level: TrustLevel) -> Iterator[tuple[str, Draft]]:
    for uid, draft in drafts.all_of(account.id):
        if TrustLevel(draft.level) <= level:
            yield uid, draft


def _missing(number: int) -> Any:
    return _(
        "Forms that you have begun are missing, because they need a log-in with a "
        "higher trust level: ${number}.",
        mapping={"number": number},
    )


def _exported(uid: str, draft: Draft) -> dict[str, Any]:
    form = service_of(uid)
    return {
        "service": "" if form is None else form.title,
        "entries": dict(draft.entries),
        "not_taken_over": dict(draft.aside),
        "kept_back": list(draft.kept_back),
        "saved": draft.saved,
        "files": [
            {
                "field": name,
                "name": one.name,
                "type": one.media_type,
                "bytes": one.size,
                "sha256": one.sha256,
            }
            for name, one in draft.files.items()
        ],
    }


def _files(account: Any, level: TrustLevel) -> Iterator[PersonalFile]:
    for uid, draft in _readable(account, level):
        for name, one in draft.files.items():
            path = f"formular-{uid}/{name}-{one.name}"
            yield PersonalFile(path, one.size, one.reader())
