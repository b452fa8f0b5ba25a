"""What is sent with a key is sent once."""

from BTrees.IOBTree import IOBTree
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.postbox import orders
from collective.servicekonto.store.service import get_store
from concurrent.futures import ThreadPoolExecutor
from persistent import Persistent
from tests.transactions import in_transaction
from zope.annotation.attribute import AttributeAnnotations
from zope.annotation.interfaces import IAttributeAnnotatable
from zope.component import getGlobalSiteManager
from zope.component.hooks import site as in_site
from zope.interface import implementer
import pytest
import threading


SAME = "the fingerprint of one content"
OTHER = "the fingerprint of another content"


@pytest.fixture
def order(functional, send, clock):
    """Send a message with a key, or not; return the ids."""

    def order(key, fingerprint=SAME, office="bau"):
        return orders.once(office, key, fingerprint, clock(), lambda: [send().id])

    return order


def test_the_same_key_sends_once(order):
    first = order("1")
    assert order("1") == first
    assert order("2") != first


def test_each_office_has_its_own_keys(order):
    assert order("1", office="bau") != order("1", office="schule")


def test_a_key_never_stands_for_something_else(order):
    order("1")
    with pytest.raises(orders.KeyReused):
        order("1", OTHER)


def test_what_failed_can_be_sent_again(functional, clock, order):
    def fail():
        raise LookupError

    with pytest.raises(LookupError):
        orders.once("bau", "1", SAME, clock(), fail)
    assert order("1", OTHER)


def test_after_a_week_the_key_is_forgotten(order, clock):
    first = order("1")
    clock.forward(days=6, hours=23)
    cleanup.run(batch=10, window=60)
    assert order("1") == first
    clock.forward(hours=1, minutes=10)
    cleanup.run(batch=10, window=60)
    assert len(get_store().orders) == 0
    assert order("1") != first


def test_a_key_that_is_used_anew_before_the_cleanup_is_known_for_another_week(
    order, clock
):
    order("1")
    clock.forward(days=7)
    second = order("1")
    clock.forward(hours=1)
    cleanup.run(batch=10, window=60)
    assert order("1") == second


def test_nothing_readable_is_kept(order):
    order("Az. 17", orders.fingerprint({"title": "Mustermann"}))
    ((name, kept),) = get_store().orders.items()
    assert "Az. 17" not in name
    assert len(name) == len(kept[0]) == 64


@pytest.mark.usefixtures("functional")
def test_a_fingerprint_tells_contents_apart():
    first = orders.fingerprint({"title": "A", "files": ["1"]})
    assert first == orders.fingerprint({"files": ["1"], "title": "A"})
    assert first != orders.fingerprint({"files": ["2"], "title": "A"})


@implementer(IAttributeAnnotatable)
class Site(Persistent):
    """Where the store is found, as at a Plone site."""

    def getSiteManager(self):
        """Return the only registry that there is."""
        return getGlobalSiteManager()


def simultaneous(database, keys, now):
    """Send with these keys at the same time; return the answers and what was sent."""
    with database.transaction() as connection:
        root = connection.root()
        root["site"] = Site()
        annotations = AttributeAnnotations(root["site"])
        annotations["collective.servicekonto"] = root["store"]
        root["messages"] = IOBTree({-1: "An earlier one"})
    ready = threading.Barrier(len(keys))

    def request(number):
        tried = []

        def work(store):
            root = store._p_jar.root()

            def send():
                root["messages"][number] = "Bescheid"
                return [f"{number}"]

            with in_site(root["site"]):
                found = orders.once("bau", keys[number], SAME, now, send)
            if not tried:
                tried.append(number)
                ready.wait(timeout=30)
            return found

        return in_transaction(database, work)

    with ThreadPoolExecutor(len(keys)) as pool:
        answers = [*pool.map(request, range(len(keys)))]
    with database.transaction() as connection:
        return answers, [*connection.root()["messages"].keys(0)]


@pytest.mark.usefixtures("functional")
def test_of_eight_simultaneous_requests_with_one_key_exactly_one_sends(database, clock):
    answers, (sent,) = simultaneous(database, ["1"] * 8, clock())
    assert answers == [(f"{sent}",)] * 8


@pytest.mark.usefixtures("functional")
def test_of_eight_simultaneous_requests_with_eight_keys_each_sends(database, clock):
    answers, sent = simultaneous(database, [*"12345678"], clock())
    assert len(set(answers)) == len(sent) == 8
