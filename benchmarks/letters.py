"""Messages as an office writes them, and accounts that get them."""

from benchmarks.people import new_account
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.clock import now
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.service import NewMessage
from datetime import date
from typing import Any


OFFICE = "0" * 32

BODY = """<p>Guten Tag,</p>
<p>zu Ihrem Antrag auf einen Anwohnerparkausweis fehlt uns noch eine Kopie Ihres
Fahrzeugscheins. Bitte senden Sie sie uns bis zum Ende des Monats als Antwort auf diese
Nachricht. Sie können sie auch im Rathaus abgeben.</p>
<p>Freundliche Grüße<br>Ihr Bürgerbüro</p>"""


def new_message(number: int) -> NewMessage:
    """Return a query as it is usual."""
    return NewMessage(
        kind=Kind.QUERY,
        title=f"Rückfrage zu Ihrem Antrag Nummer {number}",
        body=BODY,
        sender="Bürgerbüro Musterstadt",
        office=OFFICE,
        reference=f"AP-2026-{number:06}",
        reply_until=date(2099, 12, 31),
    )


def active_account(number: int) -> Any:
    """Return an account that can get messages."""
    account = accounts.create_account(new_account(number), now())
    accounts.activate(account, now())
    return account
