"""A code in Mein Bereich, and the counter of an office, in browsers."""

from collective.servicekonto.accounts import history
from collective.servicekonto.accounts.attributes import attribute
from collective.servicekonto.accounts.attributes import type_in
from collective.servicekonto.accounts.history import Event
from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.cleanup.service import run
from collective.servicekonto.dataaccess.log import transfers
from collective.servicekonto.eid.counter import cases
from collective.servicekonto.eid.counter.personal import CounterData
from collective.servicekonto.eid.counter.rules import CODE_TIME
from collective.servicekonto.eid.counter.rules import WAITING_TIME
from collective.servicekonto.eid.counter.service import FREE_MISSES
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.store.service import get_store
from tests.eid.counter.conftest import ON_THE_CARD
from tests.factories import ADDRESS
from tests.factories import PASSWORD
import logging
import pytest
import re
import transaction


CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}")


def asks(browser, password=PASSWORD):
    """Let the citizen make a code; return it, or None."""
    browser.opens("schalter")
    browser.fills_in(password=password)
    browser.presses("ask")
    found = CODE.search(browser.contents)
    return found.group() if found else None


def source(account, name="family_name"):
    """Return who says so."""
    return attribute(account, name).source


def test_an_office_confirms_what_stands_on_the_document(erika, clerk, stored):
    clerk.compares(asks(erika))
    assert "Mustermann" in clerk.text
    assert "Müller-Łuczak" in clerk.text
    assert source(stored()) is Source.TYPED
    clerk.confirms()
    assert "It is confirmed" in clerk.text
    account = stored()
    name = attribute(account, "family_name")
    assert (name.value, name.level, name.source) == (
        "Müller-Łuczak",
        TrustLevel.LOW,
        Source.OFFICE,
    )
    assert attribute(account, "date_of_birth").value == "1964-08-12"
    assert attribute(account, "address").value["city"] == "Köln"


def test_the_citizen_learns_of_it_everywhere(
    erika, clerk, code, mailbox, stored, clock
):
    clerk.compares(code)
    clerk.confirms()
    account = stored()
    mail = mailbox.mails()[-1].get_body(("plain",)).get_content()
    assert "anmeldung" in mail
    assert "Müller" not in mail
    purposes = {one.purpose for one in transfers(account.id)}
    assert len(purposes) == 2
    assert {one.recipient for one in transfers(account.id)} == {"Bürgerbüro"}
    events = [one.event for one in history.entries(account, clock())]
    assert Event.IDENTITY_CONFIRMED in events
    titles = [one.title for one in get_store().postboxes[account.id].everything()]
    assert len(titles) == 2
    erika.opens("profil")
    assert "Confirmed by an authority" in erika.contents
    erika.opens("anmeldung")
    assert "Details confirmed at the counter" in erika.contents


def test_a_code_needs_the_password_once_more(erika):
    assert asks(erika, "falsch") is None
    assert "not your present password" in erika.contents


def test_a_code_is_kept_as_a_hash_only(code, account):
    kept = repr(list(get_store().tokens.items()))
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert account.id in kept


def test_a_code_works_once(clerk, code):
    clerk.compares(code)
    clerk.confirms()
    clerk.compares(code)
    assert "does not count" in clerk.text


def test_a_code_is_read_in_any_spelling(clerk, code):
    clerk.compares(code.lower().replace("-", " "))
    assert "On the document" in clerk.text


@pytest.mark.parametrize(("seconds", "counts"), [(-1, True), (0, False)])
def test_a_code_counts_for_seven_days(clerk, code, clock, seconds, counts):
    clock.forward(seconds=CODE_TIME.total_seconds() + seconds)
    clerk.compares(code)
    assert ("On the document" in clerk.text) is counts


def test_a_new_code_replaces_the_former_one(clerk, new_code):
    former, _new = new_code(), new_code()
    clerk.compares(former)
    assert "does not count" in clerk.text


def test_whatever_changes_in_the_account_makes_the_code_void(
    clerk, code, stored, clock
):
    type_in(stored(), "telephone", "+49 30 666", clock())
    transaction.commit()
    clerk.compares(code)
    assert "does not count" in clerk.text
    assert source(stored()) is Source.TYPED


def test_the_citizen_withdraws_the_code(erika, clerk, code):
    erika.opens("schalter")
    erika.presses("withdraw")
    clerk.compares(code)
    assert "does not count" in clerk.text


def test_without_a_code_there_is_nothing_to_withdraw(erika):
    erika.opens("schalter")
    assert "Withdraw" not in erika.contents
    assert asks(erika)
    erika.opens("schalter")
    assert "Withdraw" in erika.contents


def test_what_came_meanwhile_goes_only_when_it_was_seen(erika, stored, clock):
    erika.opens("schalter")
    type_in(stored(), "telephone", "+49 30 666", clock())
    transaction.commit()
    erika.fills_in(password=PASSWORD)
    erika.presses("ask")
    assert "Your account was changed in the meantime." in erika.contents
    assert "telephone" in erika.getControl(name="keep:list").value
    assert attribute(stored(), "telephone") is not None


def test_what_the_citizen_does_not_know_goes_before_there_is_a_code(
    erika, stored, clock
):
    type_in(stored(), "telephone", "+49 30 666", clock())
    transaction.commit()
    erika.opens("schalter")
    erika.fills_in(password=PASSWORD)
    erika.getControl(name="keep:list").value = []
    erika.presses("ask")
    assert CODE.search(erika.contents)
    assert attribute(stored(), "telephone") is None


def test_without_a_code_nothing_is_shown(clerk, account):
    clerk.compares("AAAA-BBBB-CCCC")
    assert "does not count" in clerk.text
    assert "Mustermann" not in clerk.text
    assert list(transfers(account.id)) == []


def test_without_a_code_nobody_learns_who_has_an_account(clerk, account):
    clerk.compares("AAAA-BBBB-CCCC")
    known = clerk.text
    clerk.compares("AAAA-BBBB-CCCC", recipient="niemand@buerger.example")
    assert "does not count" in clerk.text
    assert clerk.text.replace("niemand@buerger.example", ADDRESS) == known


def test_trying_codes_is_slowed_down(clerk, code):
    for _time in range(FREE_MISSES + 1):
        clerk.compares("AAAA-BBBB-CCCC")
    clerk.compares(code)
    assert "wait" in clerk.text
    assert "On the document" not in clerk.text


def test_a_slip_of_the_pen_is_no_try(clerk, code, account):
    number = account_number(account.id)
    wrong = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    for _time in range(FREE_MISSES + 1):
        clerk.compares(code, recipient=wrong)
        assert "slip of the pen" in clerk.text
    clerk.compares(code)
    assert "On the document" in clerk.text


@pytest.mark.parametrize(
    ("password", "checked", "says"),
    [("falsch", True, "not your present password"), (None, False, "have checked")],
)
def test_the_clerk_authenticates_again_and_vouches(
    clerk, code, stored, password, checked, says
):
    clerk.compares(code)
    clerk.confirms(**({"password": password} if password else {}), checked=checked)
    assert says in clerk.text
    assert source(stored()) is Source.TYPED
    clerk.confirms()
    assert source(stored()) is Source.OFFICE


def test_nobody_else_gets_in(new_clerk, office, other_office, code):
    for name in ("brief", "steuer"):
        stranger = new_clerk(name)
        for page in ("schalter", "schalter-warten", "schalter-pruefen?fall=0"):
            stranger.opens(page)
            assert stranger.status == 403
    visitor = new_clerk("")
    visitor.opens("schalter")
    assert "require_login" in visitor.url or "login" in visitor.url


def test_who_confirms_identities_reads_no_letters(clerk):
    clerk.opens("nachrichten")
    assert clerk.status == 403


@pytest.mark.parametrize("name", ["family_name", "date_of_birth", "street"])
def test_what_stands_on_the_document_has_to_be_entered(clerk, code, name):
    changes = {"street": "", "postal_code": "", "city": ""} if name == "street" else {}
    clerk.compares(code, **({name: ""} | changes))
    assert f'id="{name}-error"' in clerk.contents


def test_a_passport_changes_no_address(clerk, code, stored):
    clerk.compares(code, document="reisepass")
    clerk.confirms()
    assert source(stored()) is Source.OFFICE
    assert attribute(stored(), "address") is None


def test_the_citizen_corrects_what_was_confirmed(clerk, code, stored, clock):
    clerk.compares(code)
    clerk.confirms()
    account = stored()
    type_in(account, "place_of_birth", "Bernau", clock())
    found = attribute(account, "place_of_birth")
    assert (found.level, found.source) == (TrustLevel.BASIS, Source.TYPED)


def test_the_audit_log_names_nobody(clerk, code, account, caplog):
    with caplog.at_level(logging.INFO, "collective.servicekonto.audit"):
        clerk.compares(code)
        clerk.confirms()
    lines = [
        one.getMessage() for one in caplog.records if "counter" in one.getMessage()
    ]
    assert [line.split()[0] for line in lines] == [
        "event=counter-compared",
        "event=counter-confirmed",
    ]
    assert all(account.id in line for line in lines)
    for word in ("eins", "Müller", "Köln", code):
        assert word not in " ".join(lines)


def waits(new_clerk, code):
    """Let the first clerk take it from the document; return the second at work."""
    first = new_clerk("eins")
    first.compares(code)
    first.confirms()
    assert "A second clerk is needed" in first.text
    second = new_clerk("zwei")
    second.opens("schalter-warten")
    return first, second


def test_with_four_eyes_a_second_clerk_confirms(four_eyes, new_clerk, code, stored):
    _first, second = waits(new_clerk, code)
    assert source(stored()) is Source.TYPED
    second.getLink("Account").click()
    assert "Müller-Łuczak" in second.text
    second.confirms()
    assert "It is confirmed" in second.text
    assert source(stored()) is Source.OFFICE
    second.opens("schalter-warten")
    assert "Nothing is waiting" in second.text


def test_the_first_clerk_is_not_the_second(four_eyes, new_clerk, code, stored):
    first, second = waits(new_clerk, code)
    second.getLink("Account").click()
    first.open(second.url)
    first.confirms()
    assert "A second clerk is needed" in first.text
    assert source(stored()) is Source.TYPED


def test_the_second_clerk_authenticates_again(four_eyes, new_clerk, code, stored):
    _first, second = waits(new_clerk, code)
    second.getLink("Account").click()
    second.confirms("falsch")
    assert "not your present password" in second.text
    assert source(stored()) is Source.TYPED


def test_the_second_clerk_erases_it(four_eyes, new_clerk, code, stored):
    _first, second = waits(new_clerk, code)
    second.getLink("Account").click()
    second.presses("reject")
    assert source(stored()) is Source.TYPED
    assert len(get_store().counter_cases) == 0


def test_another_office_does_not_see_it(
    four_eyes, new_clerk, code, other_office, stored
):
    _first, second = waits(new_clerk, code)
    second.getLink("Account").click()
    stranger = new_clerk("steuer", other_office)
    stranger.opens("schalter-warten")
    assert "Nothing is waiting" in stranger.text
    stranger.opens(second.url.rpartition("/")[2])
    assert "Müller" not in stranger.contents


def test_a_change_meanwhile_ends_it(four_eyes, new_clerk, code, stored, clock):
    _first, second = waits(new_clerk, code)
    second.getLink("Account").click()
    type_in(stored(), "telephone", "+49 30 666", clock())
    transaction.commit()
    second.confirms()
    assert "was changed" in second.text
    assert source(stored()) is Source.TYPED


def test_the_citizen_withdraws_what_waits(four_eyes, new_clerk, code, erika):
    _first, second = waits(new_clerk, code)
    erika.opens("schalter")
    erika.presses("withdraw")
    second.opens("schalter-warten")
    assert "Nothing is waiting" in second.text


def test_what_waits_is_exported_and_erased(four_eyes, new_clerk, code, stored):
    waits(new_clerk, code)
    account = stored()
    (one,) = CounterData().data(account)["waiting"]
    assert one["attributes"]["place_of_birth"] == ON_THE_CARD["place_of_birth"]
    CounterData().erase(account)
    assert cases.of_account(account.id) == []
    assert len(get_store().queue(cases.CASES)) == 0


def test_what_nobody_looked_at_is_erased(four_eyes, new_clerk, code, clock, account):
    waits(new_clerk, code)
    clock.forward(seconds=WAITING_TIME.total_seconds() + 360)
    transaction.begin()
    run(batch=10, window=60)
    assert cases.of_account(account.id) == []


def test_the_export_has_no_code(code, account):
    data = CounterData().data(query_account(account.id))
    assert data["code_until"]
    assert code not in repr(data)
