"""Erika with a code, and the clerks of an office at the counter."""

from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.eid.counter import codes
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.offices.content import CLERK
from collective.servicekonto.offices.content import COUNTER_CLERK
from collective.servicekonto.portal.settings import settings
from html import unescape
from plone import api
from tests.factories import ADDRESS
from tests.postbox.desk.staff import Clerk
from tests.postbox.desk.staff import PASSWORD
from tests.selfservice.conftest import account
from tests.selfservice.conftest import erika
from tests.selfservice.conftest import new_browser
import pytest
import re
import transaction


__all__ = ["account", "erika", "new_browser"]

ON_THE_CARD = {
    "given_names": "Erika Maria",
    "family_name": "Müller-Łuczak",
    "birth_name": "Gabler",
    "date_of_birth": "12.08.1964",
    "place_of_birth": "Berlin",
    "street": "Heidestraße 17",
    "postal_code": "51147",
    "city": "Köln",
}


class CounterClerk(Clerk):
    """A clerk with a browser at the counter."""

    @property
    def text(self) -> str:
        """Return the words of the page."""
        main = self.contents.partition('<div class="servicekonto"')[2]
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())

    def compares(self, code: str, **changes: str) -> None:
        """Enter code and document, and go on to the comparison."""
        self.opens("schalter")
        entries = {"recipient": ADDRESS, "code": code, **ON_THE_CARD}
        self.fills_in(**(entries | changes))
        self.presses("compare")

    def confirms(self, password: str = PASSWORD, checked: bool = True) -> None:
        """Set the tick, type the password, and confirm."""
        self.getControl(name="checked").value = ["1"] if checked else []
        self.getControl(name="password").value = password
        self.presses("confirm")


@pytest.fixture
def office(site, account):
    """An office with two clerks at the counter, and one who writes letters only."""
    with api.env.adopt_roles(["Manager"]):
        office = api.content.create(
            site.buergerportal, "Dienststelle", title="Bürgerbüro"
        )
        for name, role in (
            ("eins", COUNTER_CLERK),
            ("zwei", COUNTER_CLERK),
            ("brief", CLERK),
        ):
            api.user.create(f"{name}@musterstadt.example", name, PASSWORD)
            api.user.grant_roles(name, roles=[role], obj=office)
    transaction.commit()
    return office


@pytest.fixture
def other_office(site, account):
    """An office with a counter of its own."""
    with api.env.adopt_roles(["Manager"]):
        other = api.content.create(
            site.buergerportal, "Dienststelle", title="Steueramt"
        )
        api.user.create("steuer@musterstadt.example", "steuer", PASSWORD)
        api.user.grant_roles("steuer", roles=[COUNTER_CLERK], obj=other)
    transaction.commit()
    return other


@pytest.fixture
def new_clerk(functional, office):
    """Opens browsers of clerks who are logged in."""

    def new_clerk(name="eins", at=office):
        return CounterClerk(functional["app"], at.absolute_url(), name)

    return new_clerk


@pytest.fixture
def clerk(new_clerk):
    """The browser of the first clerk."""
    return new_clerk()


@pytest.fixture
def new_code(account, clock):
    """Makes a code, in a session of this level."""

    def new_code(level=TrustLevel.LOW):
        transaction.begin()
        code = codes.issue(query_account(account.id), level, clock())
        transaction.commit()
        return code

    return new_code


@pytest.fixture
def code(new_code):
    """A code that Erika made after logging in with the password."""
    return new_code()


@pytest.fixture
def four_eyes(office):
    """The town wants two clerks."""
    settings().counter_four_eyes = True
    transaction.commit()


@pytest.fixture
def stored(account):
    """Returns the account as it is in the database now."""

    def present():
        transaction.begin()
        return query_account(account.id)

    return present


@pytest.fixture
def session(account, clock):
    """A session with the password."""
    ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
    return sessions.resolve(ticket, clock())
