"""The door to circulars: letters to all applicants of a service.

Who gets it is settled when it is sent. The first batch goes at once; the others go with
the cleanup, each in a transaction of its own: what is interrupted goes on where it was,
and nobody gets it twice.
"""

from collections.abc import Iterable
from collective.servicekonto import logger
from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts.service import NotActive
from collective.servicekonto.keys import signature
from collective.servicekonto.offices.service import query_office
from collective.servicekonto.postbox import orders
from collective.servicekonto.postbox.desk.letter import check
from collective.servicekonto.postbox.desk.letter import Letter
from collective.servicekonto.postbox.desk.service import clerk
from collective.servicekonto.postbox.desk.service import content_of
from collective.servicekonto.postbox.desk.service import demand
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.cases import letters
from collective.servicekonto.services.cases.circulars.content import Circular
from collective.servicekonto.services.cases.circulars.content import Header
from collective.servicekonto.services.cases.service import case_of
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import query_store
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from itertools import islice
from transaction.interfaces import TransientError
from typing import Any
import secrets
import transaction


BATCH = 25

# More than that is rather for the newspaper.
MOST = 20_000

# The progress can be looked at for so long.
KEPT = timedelta(days=30)

# The due queues of batches, and of what is over.
CIRCULARS = "circulars"
OLD_CIRCULARS = "old-circulars"

_PURPOSE = "circulars"


class NoCircular(LookupError):
    """The office has sent no such circular, or it is long ago."""


class TooMany(ValueError):
    """There are more applications than a circular can have."""


@dataclass(frozen=True)
class Audience:
    """Whom it is for: applicants of a service, with applications in these states."""

    service: str
    title: str
    states: tuple[str, ...]


def ids_of(office: Any, audience: Audience) -> tuple[str, ...]:
    """Return the applications of the audience. Raises NotYours or TooMany."""
    demand(office)
    places = applications.of_office(office.UID(), audience.states)
    found = (one.application_id for one in places if one.service == audience.service)
    ids = tuple(islice(found, MOST + 1))
    if len(ids) > MOST:
        raise TooMany
    return ids


def send(
    office: Any, audience: Audience, letter: Letter, now: datetime, order: str
) -> str:
    """Write to the audience; return the id of the circular.

    ``order`` is a key of the form: sending again with it sends nothing more. Raises
    NotYours, Incorrect, TooMany or KeyReused.
    """
    demand(office)
    check(letter, now)

    def send_now() -> tuple[str, ...]:
        return (_begin(office, audience, letter, now),)

    content = {"service": audience.service, "states": list(audience.states)}
    fingerprint = orders.fingerprint(content | content_of(letter))
    (circular_id,) = orders.once(office.UID(), order, fingerprint, now, send_now)
    return circular_id


def get(office: Any, circular_id: str) -> Circular:
    """Return a circular of the office. Raises NotYours or NoCircular."""
    demand(office)
    found = query(circular_id)
    if found is None or found.header.office != office.UID():
        raise NoCircular
    return found


def latest(office: Any, service: str) -> tuple[str, Circular] | None:
    """Return the last circular of the office to this service, with its id, or None.

    Raises NotYours.
    """
    demand(office)
    found = [
        (one.header.created, key, one)
        for key, one in _all()
        if one.header[:2] == (office.UID(), service)
    ]
    return max(found, key=lambda each: each[0])[1:] if found else None


def query(circular_id: str) -> Circular | None:
    """Return the circular with this id, or None. Nobody's permission is checked."""
    store = query_store()
    return None if store is None else store.circulars.get(circular_id)


def under_way(office: Any) -> list[tuple[str, Circular]]:
    """Return the circulars of the office that are still being sent, with their ids.

    Raises NotYours.
    """
    demand(office)
    own = ((key, one) for key, one in _all() if one.header.office == office.UID())
    return [(key, one) for key, one in own if one.is_under_way]


def stop(office: Any, circular_id: str, now: datetime) -> None:
    """Send it to nobody else; who got it keeps it. Raises NotYours or NoCircular."""
    circular = get(office, circular_id)
    if circular.is_under_way:
        circular.stopped = int(now.timestamp())
        _note("circular-stopped", office, circular_id)


def deliver_batch(circular_id: str, number: int, now: datetime) -> None:
    """Deliver a batch, once: what was delivered is left out.

    Who cannot be written to is noted, and the others get it all the same.
    """
    circular = query(circular_id)
    if circular is None or circular.stopped or number not in circular.batches:
        return
    office = query_office(circular.header.office)
    for application_id in circular.batches.pop(number):
        _try_to_deliver(office, circular, application_id, now)


def forget(circular_id: str) -> None:
    """Remove the circular; its messages stay in the boxes of the citizens."""
    get_store().circulars.pop(circular_id, None)


def _begin(office: Any, audience: Audience, letter: Letter, now: datetime) -> str:
    header = Header(
        office.UID(), audience.service, audience.title, clerk(), int(now.timestamp())
    )
    ids = ids_of(office, audience)
    batches = tuple(ids[at : at + BATCH] for at in range(0, len(ids), BATCH))
    circular_id, store = secrets.token_hex(16), get_store()
    store.circulars[circular_id] = Circular(header, letter, batches)
    for number in range(1, len(batches)):
        store.queue(CIRCULARS).add(f"{circular_id}:{number}", 0)
    expires = int((now + KEPT).timestamp())
    store.queue(OLD_CIRCULARS).add(circular_id, expires)
    _note("circular-sent", office, circular_id)
    if batches:
        deliver_batch(circular_id, 0, now)
    return circular_id


def _note(event: str, office: Any, circular_id: str) -> None:
    audit.record_for_office(event, office.UID(), clerk(), circular=circular_id)


def _try_to_deliver(
    office: Any | None, circular: Circular, application_id: str, now: datetime
) -> None:
    before = transaction.savepoint(optimistic=True)
    try:
        is_sent = office is not None and _deliver(office, circular, application_id, now)
    except TransientError:
        # The whole batch is tried again.
        raise
    except Exception as error:
        # The message of the error may hold personal data; its kind does not.
        logger.error("One letter to many failed: %s", type(error).__name__)
        before.rollback()
        circular.failed = (*circular.failed, application_id)
        return
    if is_sent:
        circular.sent += 1
    else:
        circular.skipped += 1


def _deliver(
    office: Any, circular: Circular, application_id: str, now: datetime
) -> bool:
    application = applications.query(application_id)
    account = None if application is None else applications.query_citizen(application)
    if account is None:
        return False
    who = signature(_PURPOSE, account.id)
    if who in circular.reached:
        return False
    case = case_of(office, application, now.date())
    letter = letters.addressed(case, circular.letter)
    try:
        letters.deliver_about(office, case, account, letter, now, circular.header.clerk)
    except NotActive:
        return False
    circular.reached.insert(who)
    return True


def _all() -> Iterable[tuple[str, Circular]]:
    store = query_store()
    found: Iterable[tuple[str, Circular]]
    found = () if store is None else store.circulars.items()
    return found
