"""A town with applications to one of its offices, and the visit to its inbox."""

from Acquisition import aq_base
from benchmarks.visit import visit
from benchmarks.zope import NO_PORT
from benchmarks.zope import open_site
from collective.servicekonto.clock import now
from collective.servicekonto.demo.offices import OFFICES
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.postbox.box import new_id
from collective.servicekonto.services.applications import lists
from collective.servicekonto.services.applications.content import Answer
from collective.servicekonto.services.applications.content import Antrag
from collective.servicekonto.services.applications.content import Content
from collective.servicekonto.services.applications.numbers import application_number
from collective.servicekonto.services.applications.rules import Actor
from collective.servicekonto.services.applications.rules import State
from collective.servicekonto.services.applications.service import move
from collective.servicekonto.services.applications.submission import make
from collective.servicekonto.services.applications.submission import NewApplication
from collective.servicekonto.store.service import get_store
from statistics import median
from typing import Any
import base64
import transaction
import Zope2


BATCH = 10_000
SAMPLES = 25
MINUTES = 500_000

_OFFICE = OFFICES[0]
_SERVICE = "0123456789abcdef0123456789abcdef"


def fill(number: int, are_open: int) -> None:
    """Make so many applications; all but some are decided, as long ago as can be.

    The decided ones are copies of one that went all the way.
    """
    with open_site() as site:
        get_portal().public_url = f"http://127.0.0.1:{NO_PORT}/Plone/buergerportal"
        for one in range(are_open):
            lists.enlist(_submitted(one), State.SUBMITTED)
        model = _decided()
        for one in range(number - are_open - 1):
            _copy(model, one)
            if one % BATCH == BATCH - 1:
                transaction.commit()
                site._p_jar.cacheMinimize()


def open_inbox() -> tuple[float, float]:
    """Return the seconds of processor time of the page: usually, and the first time."""
    with open_site() as site:
        path = f"/{site.getId()}/buergerportal/{_OFFICE.id}/vorgaenge"
    login = _OFFICE.clerks[0].login
    clerk = {"HTTP_AUTHORIZATION": f"Basic {_base64(f'{login}:{login}')}"}
    visit(path, **clerk)
    again = [visit(path, **clerk) for _number in range(SAMPLES)]
    first = []
    for _number in range(SAMPLES):
        Zope2.DB.cacheMinimize()
        first.append(visit(path, **clerk))
    return median(again), median(first)


def _submitted(number: int) -> Any:
    office = get_portal()[_OFFICE.id]
    answers = tuple(
        Answer(f"field{one}", f"Feld {one}", "Seite 1", f"Angabe {number}", "", "")
        for one in range(15)
    )
    new = NewApplication(
        _SERVICE, "Hundesteuer anmelden", office.UID(), office.title, answers=answers
    )
    return make(new, now())


def _decided() -> Any:
    application = _submitted(0)
    lists.enlist(application, State.SUBMITTED)
    move(application, State.APPROVED, Actor.OFFICE, "", now())
    return aq_base(application)


def _copy(model: Any, number: int) -> None:
    copy = Antrag()
    copy.__dict__.update(model.__dict__)
    copy.submitted = model.submitted - 60 * (number % MINUTES)
    copy.id = new_id(copy.submitted * 10**9 + number)
    copy.number = application_number(copy.id)
    copy.content = Content(model.answers)
    get_store().applications[copy.id] = copy
    lists.enlist(copy, State.APPROVED)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
