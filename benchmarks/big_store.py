"""A store with as many accounts as one wants, some of them due for deletion.

Ids are random, so that the due accounts lie all over the store.
"""

from Acquisition import aq_base
from benchmarks.letters import active_account
from benchmarks.letters import new_message
from benchmarks.people import address
from benchmarks.people import new_account
from benchmarks.zope import open_site
from collective.servicekonto.accounts.attributes import type_in
from collective.servicekonto.accounts.content import Servicekonto
from collective.servicekonto.accounts.service import address_index
from collective.servicekonto.accounts.service import create_account
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.accounts.service import query_by_address
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.clock import now
from collective.servicekonto.dataaccess.log import record
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.limits import for_staff
from collective.servicekonto.postbox.messages import get_box
from collective.servicekonto.postbox.service import deliver
from collective.servicekonto.selfservice.deletion.inactivity import INACTIVITY
from collective.servicekonto.selfservice.deletion.service import delete
from collective.servicekonto.store.service import get_store
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from random import sample
from statistics import median
from typing import Any
from uuid import uuid4
import re
import time
import transaction


BATCH = 100_000
REGISTERED = 1_000
LOOK_UPS = 400
TRIES = 5
DELETIONS = 5
NOT_ACTIVATED_IN_TIME = timedelta(days=3)

PROFILE = {
    "birth_name": "Gabler",
    "date_of_birth": "1964-08-12",
    "place_of_birth": "Berlin",
    "nationality": "DE",
    "address": {
        "street": "Heidestraße 17",
        "postal_code": "51147",
        "city": "Köln",
        "country": "DE",
    },
    "telephone": "+49 30 123456",
    "Kind": [{"given_names": "Max"}, {"given_names": "Moritz"}],
}


def grow(size: int) -> None:
    """Add active accounts until there are so many.

    The first ones are registered and activated; the others are copies, found by an id
    and an address of their own, and seen by the cleanup when they are not used.
    """
    with open_site() as site:
        present = len(get_store().accounts)
        for number in range(present, min(size, REGISTERED)):
            active_account(number)
        model = query_by_address(address(0))
        for number in range(max(present, REGISTERED), size):
            _copy(model, number)
            if number % BATCH == BATCH - 1:
                transaction.commit()
                site._p_jar.cacheMinimize()


def _copy(model: Any, number: int) -> None:
    copy = Servicekonto()
    copy.__dict__.update(aq_base(model).__dict__)
    copy.id = uuid4().hex
    copy.family_name = f"Mustermann-{number}"
    copy.email = address(number)
    # The model's own copy of these would be shared by all.
    copy.workflow_history = deepcopy(aq_base(model).workflow_history)
    store = get_store()
    store.accounts[copy.id] = copy
    store.addresses[address_index(copy.email)] = copy
    store.queue(INACTIVITY).add(copy.id, copy.look_at)
    get_box(copy.id)


def add_due(number: int) -> None:
    """Add so many accounts that were not activated in time."""
    past = now() - NOT_ACTIVATED_IN_TIME
    with open_site():
        first = len(get_store().accounts)
        for one in range(first, first + number):
            create_account(new_account(one), past)


def look_up() -> tuple[float, float]:
    """Return the seconds of a first and of a repeated look-up, typically."""
    with open_site() as site:
        numbers = sample(range(1, len(get_store().accounts)), LOOK_UPS)
        first, again = [], []
        for number in numbers:
            site._p_jar.cacheMinimize()
            # What every look-up needs is in memory in a running server.
            _seconds(0)
            first.append(_seconds(number))
        for number in numbers:
            _seconds(number)
            # The quickest of several: what else the machine does is not ours.
            again.append(min(_seconds(number) for _try in range(TRIES)))
    return median(first), median(again)


def clean_up() -> tuple[int, float, int]:
    """Run the cleanup; return how many were done, the seconds, and the peak bytes."""
    with open_site():
        records = settings()
        started = time.perf_counter()
        outcomes = cleanup.run(records.cleanup_batch, records.cleanup_window)
        seconds = time.perf_counter() - started
    done = sum(outcome["done"] for outcome in outcomes.values())
    return done, seconds, _peak_bytes()


def delete_rich_accounts(number: int, files: int) -> float:
    """Return the seconds that deleting one account takes, its commit included.

    Each has a full profile, so many messages and entries in the log of data transfers,
    and so many attachments.
    """
    with open_site() as site:
        size = len(get_store().accounts)
        ids = sample(list(get_store().accounts), DELETIONS)
        for account_id in ids:
            _enrich(query_account(account_id), number, files)
            transaction.commit()
        seconds = []
        for account_id in ids:
            site._p_jar.cacheMinimize()
            account = query_account(account_id)
            started = time.perf_counter()
            delete(account, now())
            transaction.commit()
            seconds.append(time.perf_counter() - started)
        store = get_store()
        left = (len(store.accounts), len(store.postboxes), len(store.transfers))
        if left != (size - DELETIONS, size - DELETIONS, 0):
            raise LookupError("Something is left over.")
    return median(seconds)


def _enrich(account: Any, number: int, files: int) -> None:
    present = now()
    for name, value in PROFILE.items():
        type_in(account, name, value, present)
    attributes = [(name, "basisregistrierung") for name in PROFILE]
    for one in range(number):
        attachments = (_file(one),) if one < files else ()
        deliver(account, replace(new_message(one), attachments=attachments), present)
        record(
            account.id,
            f"Amt {one}",
            "Antrag auf Anwohnerparken",
            "Einwilligung, Art. 6 (1) a DSGVO",
            "niedrig",
            attributes,
            present,
            timedelta(days=730),
        )


def _file(number: int) -> Attachment:
    content = f"Anlage {number}\n".encode() * 2000
    return take_in(BytesIO(content), f"Anlage-{number}.txt", for_staff())


def _seconds(number: int) -> float:
    started = time.perf_counter()
    account = query_by_address(address(number))
    seconds = time.perf_counter() - started
    if account is None or account.email != address(number):
        raise LookupError(number)
    return seconds


def _peak_bytes() -> int:
    with open("/proc/self/status", encoding="ascii") as status:
        (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read())
    return int(kilobytes) * 1024
