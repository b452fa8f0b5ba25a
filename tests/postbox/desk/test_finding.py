"""Finding a citizen, and a thread by its file number."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.desk import recipients
from collective.servicekonto.postbox.desk import service
from collective.servicekonto.store.service import get_store
from datetime import timedelta
from tests.factories import ADDRESS
from tests.factories import pending_account
import logging
import pytest


pytestmark = pytest.mark.usefixtures("integration")


class TestRecipient:
    """Finding a citizen."""

    @pytest.fixture
    def find(self, office, at_work, clock):
        def find(text, clerk="amt", office=office):
            with at_work(clerk):
                return service.find_recipient(office, text, clock())

        return find

    def test_address_and_number_find_the_citizen(self, find, account):
        assert find(f" {ADDRESS.upper()} ").id == account.id
        assert find(account_number(account.id)).id == account.id

    @pytest.mark.parametrize(
        "text",
        ["", "@", "erika", "Mustermann", "erika@", "*@example.org", "erika@example.or"],
    )
    def test_parts_and_names_find_nobody(self, find, text):
        with pytest.raises(recipients.NoRecipient):
            find(text)

    def test_parts_of_the_number_find_nobody(self, find, account):
        number = account_number(account.id)
        for text in (number[:-1], number[:14], account.id, account.id[:12]):
            with pytest.raises(recipients.NoRecipient):
                find(text)

    def test_who_cannot_get_messages_is_not_told_from_nobody(
        self, find, account, clock
    ):
        waiting = pending_account(clock(), "wartet@example.org")
        with pytest.raises(recipients.NoRecipient):
            find(account_number(waiting.id))
        accounts.lock(account, clock() + timedelta(days=7))
        with pytest.raises(recipients.NoRecipient):
            find(ADDRESS)

    def test_only_staff_find_anybody(self, find):
        with pytest.raises(service.NotYours):
            find(ADDRESS, clerk="ordnung")

    def test_guessing_is_slowed_down_for_this_clerk_only(
        self, find, account, clock, other_office
    ):
        for number in range(recipients.FREE_MISSES + 1):
            with pytest.raises(recipients.NoRecipient):
                find(f"geraten{number}@example.org")
        with pytest.raises(recipients.TooManyLookups):
            find(ADDRESS)
        assert find(ADDRESS, "ordnung", other_office).id == account.id
        clock.forward(minutes=2)
        assert find(ADDRESS).id == account.id

    def test_a_hit_costs_nothing_and_leaves_the_misses_where_they_were(
        self, find, account, clock
    ):
        for number in range(recipients.FREE_MISSES + 1):
            with pytest.raises(recipients.NoRecipient):
                find(f"geraten{number}@example.org")
        clock.forward(seconds=2)
        for _number in range(3):
            assert find(ADDRESS).id == account.id
        with pytest.raises(recipients.NoRecipient):
            find("geraten@example.org")
        clock.forward(seconds=2)
        with pytest.raises(recipients.TooManyLookups):
            find(ADDRESS)

    def test_a_list_of_addresses_cannot_be_tried(self, find, account, clock):
        for _number in range(recipients.LOOKUPS):
            find(ADDRESS)
        with pytest.raises(recipients.TooManyLookups):
            find(ADDRESS)
        clock.forward(hours=1)
        assert find(ADDRESS).id == account.id

    def test_the_audit_log_says_who_looked_for_whom_and_nothing_personal(
        self, find, account, office, caplog
    ):
        caplog.set_level(logging.INFO)
        find(ADDRESS)
        with pytest.raises(recipients.NoRecipient):
            find("niemand@example.org")
        found, unknown = caplog.messages[-2:]
        assert f"event=recipient-found account={account.id}" in found
        assert f"office={office.UID()}" in found
        assert "event=recipient-unknown account=-" in unknown
        assert found.split("clerk=")[1] == unknown.split("clerk=")[1] != "amt"
        assert "example.org" not in found + unknown


@pytest.fixture
def find(office, at_work, clock):
    """Return the subjects of the threads with a file number."""

    def find(reference):
        with at_work():
            found = service.find_threads(office, reference, clock().date())
        return [one.first.title for one in found]

    return find


def test_a_thread_is_found_by_its_file_number(write, find, clock):
    write(reference="HU-1", subject="Eins")
    clock.forward(minutes=1)
    write(reference="hu-1 ", subject="Zwei")
    write(reference="HU-12", subject="Drei")
    write(reference="", subject="Vier")
    assert find(" HU-1") == ["Zwei", "Eins"]
    assert find("HU") == find("") == []


def test_what_is_gone_is_not_found_by_its_file_number(
    write, find, get_thread, office, account, at_work, clock
):
    first, second, third = (write(reference="HU-1") for _number in range(3))
    with at_work():
        service.recall(office, get_thread(first), first.id, clock())
    messages.discard(account, second)
    assert find("HU-1") == ["Ihr Antrag"]
    accounts.remove_account(account)
    assert find("HU-1") == []
    assert not any(get_store().office_boxes[office.UID()]._references)
