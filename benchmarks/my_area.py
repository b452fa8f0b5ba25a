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
from plone import api
from statistics import median
import Zope2


MEMBER = "mitglied"
PAGES = (
    "mein-bereich",
    "profil",
    "e-mail",
    "passwort",
    "anmeldung",
    "datenzugriff",
    "export",
)
SAMPLES = 60


def measure() -> list[Measure]:
    """Measure the processor time of each page in turns with @@personal-information."""
    with open_site() as site:
        get_portal().public_url = f"http://127.0.0.1:{NO_PORT}/Plone/buergerportal"
        account = accounts.create_account(new_account(1), now())
        accounts.activate(account, now())
        ticket = sessions.start(account, TrustLevel.LOW, "password", now())
        api.user.create(email=address(2), username=MEMBER, password=PASSWORD)
        theirs = f"/{site.getId()}/@@personal-information"
        ours = {page: f"/{site.getId()}/buergerportal/{page}" for page in PAGES}
    citizen = {"HTTP_COOKIE": f"{SESSION_COOKIE}={ticket}"}
    credentials = b64encode(f"{MEMBER}:{PASSWORD}".encode()).decode()
    member = {"HTTP_AUTHORIZATION": f"Basic {credentials}"}
    for path in (*ours.values(), *ours.values()):
        visit(path, **citizen)
        visit(theirs, **member)
    before = Zope2.DB.storage.lastTransaction()
    ratios = {
        page: _ratio(path, citizen, theirs, member) for page, path in ours.items()
    }
    written = Zope2.DB.storage.lastTransaction() != before
    return [
        at_most("account.database writes while pages are read", int(written), 0),
        *(
            at_most(f"account.page {page} to Plone's personal page", ratio, 1.0)
            for page, ratio in ratios.items()
        ),
    ]


def _ratio(path: str, citizen: dict, theirs: str, member: dict) -> float:
    ours, others = [], []
    for _number in range(SAMPLES):
        ours.append(visit(path, **citizen))
        others.append(visit(theirs, **member))
    return median(ours) / median(others)
