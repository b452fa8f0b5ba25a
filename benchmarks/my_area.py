"""Mein Bereich as a citizen reads it, beside the page of a member of Plone's own."""

from base64 import b64encode
from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.people import address
from benchmarks.people import new_account
from benchmarks.people import PASSWORD
from benchmarks.visit import visit
from benchmarks.zope import NO_PORT
from benchmarks.zope import open_site
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.cookies import SESSION_COOKIE
from collective.servicekonto.clock import now
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.service import deliver
from collective.servicekonto.postbox.service import NewMessage
from collective.servicekonto.postbox.service import note_read
from plone import api
from statistics import median
from typing import Any
import Zope2


MEMBER = "mitglied"
PAGES = (
    "mein-bereich",
    "postfach",
    "profil",
    "e-mail",
    "passwort",
    "anmeldung",
    "datenzugriff",
    "export",
)
SAMPLES = 60

MESSAGES = 25
LETTER = "<p>Guten Tag,</p><p>bitte senden Sie uns eine Kopie.</p>" * 10


def measure() -> list[Measure]:
    """Measure the processor time of each page in turns with @@personal-information."""
    with open_site() as site:
        get_portal().public_url = f"http://127.0.0.1:{NO_PORT}/Plone/buergerportal"
        account = accounts.create_account(new_account(1), now())
        accounts.activate(account, now())
        ticket = sessions.start(account, TrustLevel.LOW, "password", now())
        api.user.create(email=address(2), username=MEMBER, password=PASSWORD)
        theirs = f"/{site.getId()}/@@personal-information"
        portal = f"/{site.getId()}/buergerportal"
        opened = _fill_box(account)
    citizen = {"HTTP_COOKIE": f"{SESSION_COOKIE}={ticket}"}
    ours = {page: (f"{portal}/{page}", citizen) for page in PAGES}
    reading = citizen | {"QUERY_STRING": f"nachricht={opened}"}
    ours["postfach-nachricht"] = (f"{portal}/postfach-nachricht", reading)
    credentials = b64encode(f"{MEMBER}:{PASSWORD}".encode()).decode()
    member = {"HTTP_AUTHORIZATION": f"Basic {credentials}"}
    for path, environ in (*ours.values(), *ours.values()):
        visit(path, **environ)
        visit(theirs, **member)
    before = Zope2.DB.storage.lastTransaction()
    ratios = {
        page: _ratio(path, environ, theirs, member)
        for page, (path, environ) in ours.items()
    }
    written = Zope2.DB.storage.lastTransaction() != before
    return [
        at_most("account.database writes while pages are read", int(written), 0),
        *(
            at_most(f"account.page {page} to Plone's personal page", ratio, 1.0)
            for page, ratio in ratios.items()
        ),
    ]


def _fill_box(account: Any) -> str:
    """Deliver more messages than a page shows, and return the id of one that was read."""
    new = NewMessage(Kind.LETTER, "Ihr Antrag", LETTER, "Bürgeramt")
    messages = [deliver(account, new, now()) for _number in range(MESSAGES)]
    note_read(account, messages[0], now())
    return str(messages[0].id)


def _ratio(path: str, citizen: dict, theirs: str, member: dict) -> float:
    ours, others = [], []
    for _number in range(SAMPLES):
        ours.append(visit(path, **citizen))
        others.append(visit(theirs, **member))
    return median(ours) / median(others)
