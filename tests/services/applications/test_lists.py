"""The lists of applications, and citizens who submit at the same moment."""

from collective.servicekonto.postbox.box import new_id
from collective.servicekonto.services.applications.lists import OfficeApplications
from collective.servicekonto.services.applications.lists import Place
from concurrent.futures import ThreadPoolExecutor
from hypothesis import given
from hypothesis import strategies as st
from tests.transactions import in_transaction


SERVICE = "5" * 32

places = st.builds(
    Place,
    st.integers(0, 0xFFFF_FFFF),
    st.text("0123456789abcdef", min_size=32, max_size=32),
    st.just(SERVICE),
)


@given(places)
def test_the_text_of_a_place_is_the_place(place):
    assert Place.of(str(place)) == place


@given(st.dictionaries(places, st.sampled_from("abc")), st.sets(st.sampled_from("abc")))
def test_what_is_in_the_states_is_listed_the_newest_first(found, states):
    lists = OfficeApplications()
    for place, state in found.items():
        lists.put(place, state)
    listed = list(lists.newest(states))
    wanted = {place for place, state in found.items() if state in states}
    assert set(listed) == wanted
    minutes = [one.minute for one in listed]
    assert minutes == sorted(minutes, reverse=True)
    assert sum(map(lists.count, states)) == len(wanted)


@given(st.lists(places, min_size=1, unique=True), st.data())
def test_a_list_goes_on_behind_any_place(found, data):
    lists = OfficeApplications()
    for place in found:
        lists.put(place, "a")
    listed = list(lists.newest("a"))
    last = data.draw(st.sampled_from(listed))
    assert list(lists.newest("a", str(last))) == listed[listed.index(last) + 1 :]


def test_what_was_taken_is_not_listed():
    lists, place = OfficeApplications(), Place(1, "a" * 32, SERVICE)
    lists.put(place, "a")
    lists.take(place, "a")
    lists.take(place, "b")
    assert list(lists.newest(["a", "b"])) == []
    assert lists.states() == ["a"]


def test_forty_citizens_at_the_same_moment_are_all_listed(database):
    """On a real FileStorage, in eight threads; nobody has to try more than thrice."""

    def prepare(store):
        store.office_applications["amt"] = OfficeApplications()
        for _number in range(200):
            put(store)

    def put(store):
        place = Place(1000, new_id(1), SERVICE)
        store.office_applications["amt"].put(place, "submitted")
        store.account_applications.insert(f"{place.application_id}:x")
        store.queue("applications").add(place.application_id, 5)
        return place

    def decide(place):
        def work(store):
            lists = store.office_applications["amt"]
            lists.take(place, "submitted")
            lists.put(place, "approved")

        in_transaction(database, work, tries=4)

    in_transaction(database, prepare)
    with ThreadPoolExecutor(8) as threads:
        works = [
            threads.submit(in_transaction, database, put, tries=4) for _one in range(40)
        ]
        put_in = [one.result() for one in works]
        list(threads.map(decide, put_in[:20]))
    with database.transaction() as connection:
        store = connection.root()["store"]
        lists = store.office_applications["amt"]
        assert lists.count("submitted") == 220
        assert set(lists.newest(["approved"])) == set(put_in[:20])
        assert len(store.account_applications) == 240


def test_open_ones_are_found_among_a_hundred_thousand(database):
    """What was decided is not read: few objects are loaded for the first page."""

    def fill(store):
        lists = store.office_applications["amt"] = OfficeApplications()
        for number in range(100_000):
            lists.put(Place(number, new_id(number + 1), SERVICE), "approved")
        for number in range(50):
            lists.put(Place(number, new_id(number + 1), SERVICE), "submitted")

    in_transaction(database, fill)
    connection = database.open()
    try:
        lists = connection.root()["store"].office_applications["amt"]
        before = connection.getTransferCounts()[0]
        assert len(list(lists.newest(["submitted", "queried"]))) == 50
        assert lists.count("submitted") == 50
        assert connection.getTransferCounts()[0] - before < 30
    finally:
        connection.close()
