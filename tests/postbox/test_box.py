"""A box of messages, and the list of threads of an office."""

from collective.servicekonto.postbox.box import new_id
from collective.servicekonto.postbox.box import OfficeBox
from collective.servicekonto.postbox.box import Postbox
from collective.servicekonto.postbox.box import ThreadKey
from collective.servicekonto.postbox.box import time_of
from collective.servicekonto.postbox.rules import Folder
from dataclasses import dataclass
from hypothesis import given
from hypothesis import strategies as st


@dataclass
class Letter:
    """As much of a message as a box looks at."""

    id: str
    thread: str = ""


times = st.lists(st.integers(1, 2**62), min_size=1, max_size=30, unique=True)


@given(times)
def test_the_newest_comes_first(moments):
    box = Postbox()
    for moment in moments:
        box.put(Folder.INBOX, Letter(new_id(moment)))
    found = [time_of(one.id) for one in box.newest(Folder.INBOX)]
    assert found == sorted(moments, reverse=True)


@given(times, st.data())
def test_a_page_goes_on_behind_a_message(moments, data):
    box = Postbox()
    letters = [Letter(new_id(moment)) for moment in moments]
    for letter in letters:
        box.put(Folder.INBOX, letter)
    last = data.draw(st.sampled_from(letters))
    behind = [time_of(one.id) for one in box.newest(Folder.INBOX, last.id)]
    older = [moment for moment in moments if moment < time_of(last.id)]
    assert behind == sorted(older, reverse=True)


def test_a_message_is_found_in_every_folder_by_its_whole_id_only():
    box = Postbox()
    letter = Letter(new_id(7))
    box.put(Folder.ARCHIVE, letter)
    assert box.query(letter.id) is letter
    assert box.query(new_id(7)) is None  # another random part
    assert box.query("") is None
    assert box.query("../../etc") is None
    box.take(Folder.ARCHIVE, letter)
    assert box.query(letter.id) is None


def test_two_messages_of_the_same_nanosecond_are_both_kept():
    box = Postbox()
    first = Letter(new_id(box.free_time(5)))
    box.put(Folder.INBOX, first)
    second = Letter(new_id(box.free_time(5)))
    box.put(Folder.BIN, second)
    assert box.query(first.id) is first
    assert box.query(second.id) is second


def test_a_thread_begins_with_its_first_message_and_forgets_what_goes():
    box = Postbox()
    first, second, third = "a", Letter("b", "a"), Letter("c", "a")
    box.add_to_thread(second)
    box.add_to_thread(third)
    assert box.thread(first) == ("a", "b", "c")
    box.forget_in_thread(second)
    assert box.thread(first) == ("a", "c")
    box.forget_in_thread(third)
    assert box.thread(first) == ("a",)
    assert not len(box.threads)


@given(st.lists(st.integers(0, 2**31), min_size=1, max_size=20, unique=True))
def test_an_office_sees_the_latest_activity_first(minutes):
    office = OfficeBox()
    for minute in minutes:
        office.put(ThreadKey(minute, new_id(1), "0" * 32), is_open=True)
    found = office.newest(is_open=True, number=50)
    assert [key.minute for key in found] == sorted(minutes, reverse=True)
    rest = office.newest(is_open=True, number=50, behind=str(found[0]))
    assert rest == found[1:]


def test_a_thread_is_either_open_or_settled():
    office = OfficeBox()
    key = ThreadKey(100, new_id(1), "0" * 32)
    office.put(key, is_open=True)
    office.take(key)
    office.put(key._replace(minute=200), is_open=False)
    assert office.newest(is_open=True, number=5) == []
    assert office.newest(is_open=False, number=5) == [key._replace(minute=200)]


def test_an_office_finds_its_threads_by_the_whole_reference():
    office = OfficeBox()
    first, second, account = new_id(1), new_id(2), "a" * 32
    office.note_reference("HU-2026 17", first, account)
    office.note_reference("hu-2026\u00a017", second, account)
    office.note_reference("HU-2026-1", new_id(3), account)
    found = office.find("hu-2026 17", 9)
    assert sorted(found) == sorted([(first, account), (second, account)])
    assert office.find("HU-2026", 9) == []
    office.forget_reference("HU-2026 17", first)
    assert office.find("HU-2026 17", 9) == [(second, account)]
    assert office.find("", 9) == []
