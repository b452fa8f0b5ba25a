"""Whole upgrades: a served site, its eID-Server over TLS, and the real AusweisApp."""

from benchmarks.browser import Browser
from benchmarks.flows import served
from benchmarks.measures import at_least
from benchmarks.measures import Measure
from benchmarks.people import address
from benchmarks.people import new_account
from benchmarks.people import PASSWORD
from benchmarks.zope import in_own_process
from benchmarks.zope import open_site
from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.eid.testserver.app import AusweisApp
from collective.servicekonto.eid.testserver.app import running
from collective.servicekonto.eid.testserver.run import keys
from lxml import html
from pathlib import Path
from statistics import median
from urllib.parse import parse_qs
from urllib.parse import urlsplit
import time


UPGRADES = 50
# The app's simulator fails now and then from a race of its own.
TRIES = 4


def measure(directory: Path) -> list[Measure]:
    """Let citizens upgrade one after the other, all with the simulator's one card."""
    in_own_process(directory, __name__, "register")
    instance = Instance(directory, free_port())
    pki = keys(instance.eid)
    upgraded, tries, seconds = 0, 0, []
    with (
        served(instance),
        running(directory / "app", pki.cvca, free_port()) as app,
    ):
        for number in range(UPGRADES):
            citizen = Holder(app, f"{instance.address}/buergerportal", pki.tls.path)
            began = time.perf_counter()
            upgraded += citizen.upgrades(number)
            seconds.append(time.perf_counter() - began)
            tries += citizen.tries
    return [
        at_least(
            f"eid.upgrades through Plone and the AusweisApp, of {UPGRADES}",
            upgraded,
            UPGRADES,
        ),
        Measure("eid.upgrades through Plone, tries", tries),
        Measure(
            "eid.upgrades through Plone, seconds, log-in included", median(seconds)
        ),
    ]


def register() -> None:
    """Make active accounts."""
    # Plone may be imported only after Zope has read its configuration.
    from collective.servicekonto.accounts import service as accounts
    from collective.servicekonto.clock import now

    with open_site():
        for number in range(UPGRADES):
            accounts.activate(
                accounts.create_account(new_account(number), now()), now()
            )


class Holder:
    """A citizen with a browser and the AusweisApp."""

    def __init__(self, app: AusweisApp, portal: str, certificate: Path) -> None:
        self._app = app
        self._portal = portal
        self._browser = Browser(lambda *_request: None, certificate)
        self.tries = 0

    def upgrades(self, number: int) -> bool:
        """Log in, upgrade, and free the card for the next; tell whether it worked."""
        browser = self._browser
        browser.open("anmelden", f"{self._portal}/anmelden")
        browser.submit("anmelden", "password", email=address(number), password=PASSWORD)
        if not self._reads_card():
            return False
        browser.submit("hochstufen-pruefen", "revision")
        browser.open("mein-bereich", f"{self._portal}/mein-bereich")
        browser.expect("Servicekonto Plus")
        browser.open("entfernen", f"{self._portal}/ausweis-entfernen")
        browser.submit("entfernen", "csrf")
        return True

    def _reads_card(self) -> bool:
        browser = self._browser
        while self.tries < TRIES:
            self.tries += 1
            browser.open("hochstufen", f"{self._portal}/hochstufen")
            browser.submit("hochstufen", "password", password=PASSWORD)
            (link,) = html.fromstring(browser.text).xpath("//@data-eid-open/../@href")[
                :1
            ]
            (token,) = parse_qs(urlsplit(link).query)["tcTokenURL"]
            browser.open("eid-rueckkehr", self._app.run(token))
            if "hochstufen-pruefen" in browser.url:
                return True
        return False
