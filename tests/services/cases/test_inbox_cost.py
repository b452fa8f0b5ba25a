"""The inbox costs the same however many applications are settled."""

from collective.servicekonto.postbox.box import new_id
from collective.servicekonto.services.applications import lists
from collective.servicekonto.services.applications.lists import Place
from collective.servicekonto.services.applications.service import State
from collective.servicekonto.services.cases import inbox
from collective.servicekonto.services.cases.rules import Filter
import transaction


SETTLED = 20_000


def loaded(site, office, at_work, clock):
    """Return how many objects are read from the database for a page of the inbox."""
    transaction.commit()
    connection = site._p_jar
    with at_work():
        connection.cacheMinimize()
        connection.getTransferCounts(clear=True)
        inbox.counts(office)
        chosen = Filter(states=tuple(inbox.open_states()))
        assert len(inbox.page(office, chosen, clock().date()).applications) == 3
    return connection.getTransferCounts()[0]


def test_no_more_is_read_for_it(functional, site, office, submit, at_work, clock):
    for _number in range(3):
        submit()
    few = loaded(site, office, at_work, clock)
    applications = lists.query_office(office.UID())
    for number in range(SETTLED):
        place = Place(number, new_id(number + 1), "hundesteuer")
        applications.put(place, State.SETTLED)
    assert loaded(site, office, at_work, clock) <= few + 2
