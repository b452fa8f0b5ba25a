"""The door for programs of an office (Fachverfahren). Each function checks the office.

A program is a member of the site with the role Clerk there, as for messages
(postbox.desk.programs). It asks which applications came or changed, reads them, changes
their state, and writes to the citizen. What it does with a key happens once.
"""

from collective.servicekonto.postbox import feed as messages_feed
from collective.servicekonto.postbox import orders
from collective.servicekonto.postbox.desk.letter import Letter
from collective.servicekonto.postbox.desk.service import demand
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.cases import feed
from collective.servicekonto.services.cases import letters
from collective.servicekonto.services.cases import service
from collective.servicekonto.services.cases.service import Case
from dataclasses import dataclass
from datetime import datetime
from typing import Any


PAGE_SIZE = 100


@dataclass(frozen=True)
class Page:
    """``cursor`` is to be sent next time; ``more`` where it should be sent at once."""

    items: list[Any]
    cursor: str
    more: bool


def changed(office: Any, since: str, now: datetime) -> Page:
    """Return applications that came or changed since the cursor. Raises NotYours."""
    demand(office)
    page = feed.changed(office.UID(), since, PAGE_SIZE, now)
    found = (applications.query(one) for one in page.ids)
    return Page([one for one in found if one is not None], page.cursor, page.more)


def change(
    office: Any, case: Case, to: str, note: str, seen: str, now: datetime, key: str
) -> None:
    """Bring the application into a state, once for each key.

    ``seen`` is the version that the program knows, empty for whatever it is. Raises
    NotYours, ChangedMeanwhile, ChangeRefused or KeyReused.
    """
    demand(office)

    def change_now() -> tuple[str, ...]:
        service.change(office, case, to, note, seen or case.version, now)
        return (case.id,)

    content = {"application": case.id, "state": to, "note": note, "seen": seen}
    orders.once(office.UID(), key, orders.fingerprint(content), now, change_now)


def write(
    office: Any,
    case: Case,
    letter: Letter,
    outcome: str,
    seen: str,
    now: datetime,
    key: str,
) -> Any:
    """Write to the citizen, once for each key, and return the message.

    What becomes of it is told with the messages of the program. Raises what
    letters.send raises.
    """
    sent = letters.send(
        office,
        case,
        letters.addressed(case, letter),
        outcome,
        seen or case.version,
        now,
        key,
    )
    account = letters.query_citizen(case)
    is_known = messages_feed.query_sent(office.UID(), sent.id) is not None
    if account is not None and not is_known:
        messages_feed.watch(account, sent, now)
    return sent
