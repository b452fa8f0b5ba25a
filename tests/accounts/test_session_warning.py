"""Every page knows when the session ends, and a button prolongs it."""

from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts import warning
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.sessions import Authentication
from collective.servicekonto.identity.sessions import ends_at
from collective.servicekonto.identity.sessions import falls
from datetime import timedelta
from html import unescape
from hypothesis import given
from hypothesis import strategies as st
from tests.clocks import START
from tests.factories import active_account
from tests.identity.strategies import REACHED
from tests.selfservice.browsers import Citizen
from urllib.parse import urlencode
import json
import pytest
import re
import transaction


MINUTE = 60
HOUR = 60 * MINUTE

spans = st.timedeltas(timedelta(0), timedelta(hours=13))


@pytest.fixture
def account(functional, site, clock):
    """An account that can log in."""
    account = active_account(clock())
    transaction.commit()
    return account


@pytest.fixture
def new_browser(functional, site, account):
    """Opens browsers that share nothing."""
    return lambda: Citizen(functional["app"], site.buergerportal.absolute_url())


@pytest.fixture
def erika(new_browser):
    """A citizen who is logged in, on Mein Bereich."""
    browser = new_browser()
    browser.logs_in()
    return browser


def facts(browser):
    """Return what the page tells session.js, or None."""
    found = re.search(r'data-session="([^"]*)"', browser.contents)
    return json.loads(unescape(found.group(1))) if found else None


def prolong(browser, **changes):
    """Press the button of the dialog, as session.js does; return the answer."""
    token = re.search(r'name="csrf"\s+type="hidden"\s+value="(\w+)"', browser.contents)
    browser.post(
        f"{browser.portal}/sitzung", urlencode({"csrf": token.group(1)} | changes)
    )
    status = int(browser.headers["status"].split()[0])
    return status, browser.contents


def test_a_page_knows_when_the_session_ends(erika, clock):
    moment = clock().timestamp()
    assert facts(erika)["now"] == moment
    assert facts(erika)["falls"] == [[moment + HOUR, moment + 12 * HOUR]]


def test_opening_a_page_postpones_the_end_but_not_for_ever(erika, clock):
    began = clock().timestamp()
    clock.forward(minutes=30)
    erika.opens("mein-bereich")
    assert facts(erika)["falls"] == [[began + 1.5 * HOUR, began + 12 * HOUR]]


def test_the_session_lasts_as_long_as_the_page_says(erika, clock):
    """The ticket is not renewed within a minute, and the page knows that."""
    clock.forward(seconds=59)
    erika.opens("mein-bereich")
    (idle, _latest), *_ = facts(erika)["falls"]
    clock.forward(seconds=idle - clock().timestamp() - 1)
    assert erika.is_logged_in


def test_and_not_any_longer(erika, clock):
    (idle, _latest), *_ = facts(erika)["falls"]
    clock.forward(seconds=idle - clock().timestamp())
    assert not erika.is_logged_in


def test_the_button_prolongs_the_session_at_once(erika, clock):
    clock.forward(seconds=30)
    status, answer = prolong(erika)
    assert status == 200
    assert json.loads(answer)["falls"][0][0] == clock().timestamp() + HOUR
    clock.forward(minutes=59, seconds=59)
    assert erika.is_logged_in


def test_nothing_is_prolonged_beyond_twelve_hours(erika, clock):
    latest = facts(erika)["falls"][0][1]
    for _time in range(12):
        clock.forward(minutes=59)
        erika.opens("mein-bereich")
        status, answer = prolong(erika)
        assert json.loads(answer)["falls"][0][1] == latest
    clock.forward(minutes=12)
    erika.opens("anmelden")
    assert prolong(erika)[0] == 401


def test_an_ended_session_is_not_prolonged(erika, clock):
    clock.forward(hours=1)
    status, answer = prolong(erika)
    assert (status, json.loads(answer)) == (401, {"over": True})
    assert not erika.is_logged_in


def test_another_site_cannot_prolong_it(erika):
    assert prolong(erika, csrf="guessed")[0] == 403


def test_a_link_to_it_leads_to_mein_bereich(erika):
    erika.opens("sitzung")
    assert erika.page == "mein-bereich"


def test_every_page_of_the_site_knows(erika, site):
    erika.open(site.absolute_url())
    assert facts(erika)["own"] is False
    erika.opens("e-mail")
    assert facts(erika)["own"] is True
    assert "anmelden?weiter=e-mail" in erika.contents


def test_visitors_without_a_session_are_not_bothered(new_browser, site):
    visitor = new_browser()
    visitor.open(site.absolute_url())
    assert facts(visitor) is None
    assert "session.js" not in visitor.contents


def test_the_page_runs_no_script_of_its_own(erika):
    scripts = re.findall(r"<script[^>]*>([^<]*)</script>", erika.contents)
    assert not "".join(scripts).strip()


def test_a_page_writes_nothing(erika, site):
    before = site._p_jar.db().lastTransaction()
    erika.opens("mein-bereich")
    assert site._p_jar.db().lastTransaction() == before


def test_a_session_with_a_passkey_falls_before_it_ends(account, clock):
    ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
    session = sessions.resolve(ticket, clock())
    clock.forward(minutes=10)
    level = TrustLevel.SUBSTANTIAL
    ticket = sessions.step_up(session, account, level, "passkey", clock())
    moment = clock().timestamp()
    assert warning.times(sessions.resolve(ticket, clock()), clock())["falls"] == [
        [moment + 30 * MINUTE, moment + 2 * HOUR],
        [moment + HOUR, moment + 12 * HOUR],
    ]


@given(st.lists(st.tuples(st.sampled_from(REACHED), spans), max_size=3), spans, spans)
def test_the_first_fall_is_the_next_end(log_ins, active, idle):
    last = START + active
    authentications = [
        Authentication(level, min(START + after, last)) for level, after in log_ins
    ]
    found = falls(authentications, last, last + idle)
    expected = ends_at(authentications, last, last + idle)
    assert (min(found[0].idle, found[0].latest) if found else None) == expected
    assert [fall.level for fall in found] == sorted(
        {fall.level for fall in found}, reverse=True
    )


@given(st.sampled_from(REACHED), spans)
def test_after_the_last_fall_the_session_is_over(level, idle):
    log_in = [Authentication(level, START)]
    for fall in falls(log_in, START, START + idle):
        end = min(fall.idle, fall.latest)
        left = falls(log_in, START, end)
        assert all(lower.level < fall.level for lower in left)
