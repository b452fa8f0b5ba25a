"""A site whose office has applications, some of them open, and a clerk who looks at them.

The first ones are submitted as ever. The settled ones are copies of one of them, each a
whole object of its own with its place in the lists: submitting a million would take a
day, and the inbox would see the same.
"""

from Acquisition import aq_base
from benchmarks.visit import visit
from benchmarks.zope import open_site
from collective.servicekonto.clock import now
from collective.servicekonto.offices.service import offices
from collective.servicekonto.postbox.box import new_id
from collective.servicekonto.services.applications import lists
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.content import Antrag
from collective.servicekonto.services.applications.numbers import application_number
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import Answer
from collective.servicekonto.services.applications.service import NewApplication
from collective.servicekonto.services.applications.service import State
from collective.servicekonto.store.service import get_store
from statistics import median
from typing import Any
import base64
import transaction
import Zope2


BATCH = 50_000
SAMPLES = 25

_CLERK = "Basic " + base64.b64encode(b"amt:amt").decode()


def fill(open_ones: int, settled: int) -> None:
    """Add applications to the first office."""
    with open_site() as site:
        for _number in range(open_ones):
            _submit()
        transaction.commit()
        model = _submit()
        service.move(model, State.SETTLED, Actor.OFFICE, "", now())
        for number in range(1, settled):
            _copy(model)
            if number % BATCH == 0:
                transaction.commit()
                site._p_jar.cacheMinimize()


def open_inbox() -> tuple[float, float]:
    """Return the seconds of processor time of the page: usually, and the first time."""
    with open_site() as site:
        path = f"/{site.getId()}/buergerportal/{offices()[0].getId()}/vorgaenge"
    clerk = {"HTTP_AUTHORIZATION": _CLERK}
    visit(path, **clerk)
    again = [visit(path, **clerk) for _number in range(SAMPLES)]
    first = []
    for _number in range(SAMPLES):
        Zope2.DB.cacheMinimize()
        first.append(visit(path, **clerk))
    return median(again), median(first)


def _submit() -> Any:
    office = offices()[0]
    answers = (Answer("name", "Name", "Ihr Hund", "Bello", "Bello"),)
    new = NewApplication(
        "dog-tax",
        "Hundesteuer",
        office.UID(),
        office.title,
        answers=answers,
        decision_days=30,
    )
    return service.submit(new, now())


def _copy(model: Any) -> None:
    copied = Antrag.__new__(Antrag)
    copied.__dict__.update(aq_base(model).__dict__)
    copied.id = new_id(int(now().timestamp() * 1e9))
    copied.number = application_number(copied.id)
    get_store().applications[copied.id] = copied
    lists.enlist(copied, State.SETTLED)
