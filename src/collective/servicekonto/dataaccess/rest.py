"""The log of data transfers through plone.restapi."""

from collective.servicekonto import _
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.dataaccess import service
from collective.servicekonto.dataaccess.log import Transfer
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from datetime import date
from datetime import datetime
from datetime import UTC
from typing import Any
from zExceptions import Unauthorized


PAGE_SIZE = 100
LONGEST_NUMBER = 9


class OwnTransfers(PortalService):
    """A service about the log of the citizen whose session it is."""

    @property
    def account(self) -> Any:
        """The citizen's own account. Raises Unauthorized."""
        session = current_session()
        if session is None:
            raise Unauthorized
        return query_account(session.account_id)


class TransferList(OwnTransfers):
    """GET @servicekonto-data-access: the entries, the newest first.

    ``start`` is the number of the first entry wanted, from 0.
    """

    def answer(self):
        """Return at most 100 entries and how many there are."""
        return self.entries(service.Search(), str(self.request.form.get("start", "0")))

    def entries(self, search: service.Search, start: str) -> dict[str, Any]:
        """Return those that are looked for."""
        if not (start.isdecimal() and len(start) < LONGEST_NUMBER):
            raise Incorrect({"start": _("Please enter a number.")})
        found = service.find(self.account, search)
        return {
            "@id": link(get_portal(), "@servicekonto-data-access"),
            "total": len(found),
            "recipients": service.recipients(self.account),
            "entries": [_entry(one) for one in found[int(start) :][:PAGE_SIZE]],
        }


class Find(TransferList):
    """POST @servicekonto-data-access: the entries that are looked for.

    ``text``, ``recipient``, ``since`` and ``until`` narrow the list; they are no part
    of the address, which servers write down. Nothing is changed.
    """

    texts = ("text", "recipient", "since", "until", "start")

    def answer(self):
        """Return at most 100 entries and how many there are."""
        sent = self.sent()
        search = service.Search(
            text=sent.get("text", ""),
            recipient=sent.get("recipient", ""),
            since=_day("since", sent.get("since")),
            until=_day("until", sent.get("until")),
        )
        return self.entries(search, sent.get("start", "0"))


class Forget(OwnTransfers):
    """DELETE @servicekonto-data-access: delete one entry, a recipient's, or all.

    What the recipient got stays there.
    """

    texts = ("id", "recipient", "all")

    def answer(self):
        """Return how many entries were deleted."""
        sent = self.sent()
        if len(sent) != 1:
            raise Incorrect(
                {"all": _("Please send one of “id”, “recipient” and “all”.")}
            )
        if "id" in sent:
            return {"deleted": service.forget_one(self.account, sent["id"])}
        if "recipient" in sent:
            return {
                "deleted": service.forget_recipient(self.account, sent["recipient"])
            }
        return {"deleted": service.forget_all(self.account)}


def _entry(transfer: Transfer) -> dict:
    return {
        "id": transfer.id,
        "at": datetime.fromtimestamp(transfer.at, UTC).isoformat(),
        "recipient": transfer.recipient,
        "purpose": transfer.purpose,
        "legal_basis": transfer.legal_basis,
        "session_level": transfer.session_level,
        "attributes": dict(transfer.attributes),
    }


def _day(name: str, text: Any) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise Incorrect({name: _("Please enter a day as 2026-03-31.")}) from None
