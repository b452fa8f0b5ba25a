"""The upgrade as it costs the site: all its pages, without the eID-Server."""

from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.page import PAGE
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
from collective.servicekonto.demo.site import SITE_ID
from collective.servicekonto.eid.connection import IEIDServer
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.service import get_portal
from dataclasses import replace
from html import unescape
from http.cookies import SimpleCookie
from io import BytesIO
from statistics import median
from tests.eid.provider import ERIKA
from tests.eid.provider import Provider
from typing import Any
from urllib.parse import parse_qs
from urllib.parse import urlencode
from urllib.parse import urlsplit
from xml.etree import ElementTree
from zope.component import getGlobalSiteManager
from ZPublisher.WSGIPublisher import publish_module
import re
import secrets
import time


UPGRADES = 30
PORTAL = f"http://127.0.0.1:{NO_PORT}/{SITE_ID}/buergerportal"


def measure() -> list[Measure]:
    """Measure the processor time in turns with a plain page."""
    provider = Provider()
    getGlobalSiteManager().registerUtility(provider, IEIDServer)
    tickets = _tickets()
    plain = f"/{SITE_ID}/{PAGE}"
    for _time in range(10):
        visit(plain)
    upgrades, pages = [], []
    for ticket in tickets:
        provider.answer = replace(ERIKA, pseudonym=secrets.token_hex(32))
        upgrades.append(_Browser(ticket).upgrade())
        pages += [visit(plain), visit(plain)]
    # The first ones read templates and fill caches.
    upgrade, page = median(upgrades[5:]), median(pages)
    return [
        at_most("eid.processor time of an upgrade to a plain page", upgrade / page, 6),
        Measure("eid.milliseconds of an upgrade", 1000 * upgrade),
    ]


def _tickets() -> list[str]:
    tickets = []
    with open_site():
        get_portal().public_url = PORTAL
        for number in range(UPGRADES):
            account = accounts.create_account(new_account(number), now())
            accounts.activate(account, now())
            assert account.email == address(number)  # noqa: S101 (a wrong town)
            ticket = sessions.start(account, TrustLevel.LOW, "password", now())
            tickets.append(str(ticket))
    return tickets


class _Browser:
    """Sends requests to the publisher and counts their processor time."""

    def __init__(self, ticket: str) -> None:
        self._cookies = {SESSION_COOKIE: ticket}
        self._seconds = 0.0

    def upgrade(self) -> float:
        """Go through all pages; return the seconds of processor time."""
        form = self._open("hochstufen")
        entries = {"csrf": _csrf(form), "password": PASSWORD, "buttons.upgrade": "1"}
        start = self._open("hochstufen", entries)
        link = unescape(_found(r'href="(http://127[^"]*eID-Client[^"]*)"', start))
        (token_address,) = parse_qs(urlsplit(link).query)["tcTokenURL"]
        token = ElementTree.fromstring(self._open(_page(token_address)))  # noqa: S314
        self._open(f"{_page(token.findtext('RefreshAddress', ''))}&ResultMajor=ok")
        check = self._open("hochstufen-pruefen")
        revision = _found(r'name="revision"\s+type="hidden"\s+value="(\d+)"', check)
        entries = {"csrf": _csrf(check), "revision": revision, "confirm": "1"}
        done = self._open("hochstufen-pruefen", entries)
        if "Servicekonto Plus" not in done:
            raise LookupError("The account was not upgraded.")
        return self._seconds

    def _open(self, page: str, form: dict[str, str] | None = None) -> str:
        environ = self._environ(page, urlencode(form or {}).encode())
        environ["REQUEST_METHOD"] = "GET" if form is None else "POST"
        began = time.thread_time()
        body = b"".join(publish_module(environ, self._keep_cookies))
        self._seconds += time.thread_time() - began
        return body.decode()

    def _environ(self, page: str, body: bytes) -> dict[str, Any]:
        path, _mark, query = page.partition("?")
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return {
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(NO_PORT),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SCRIPT_NAME": "",
            "PATH_INFO": f"/{SITE_ID}/buergerportal/{path}",
            "QUERY_STRING": query,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_COOKIE": cookies,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": BytesIO(),
            "wsgi.url_scheme": "http",
        }

    def _keep_cookies(self, status: str, headers: list, error: Any = None) -> None:
        for name, value in headers:
            if name.lower() == "set-cookie":
                for cookie in SimpleCookie(value).values():
                    self._cookies[cookie.key] = cookie.value


def _page(url: str) -> str:
    return url.removeprefix(f"{PORTAL}/")


def _csrf(page: str) -> str:
    return _found(r'name="csrf"\s+type="hidden"\s+value="([^"]*)"', page)


def _found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    if match is None:
        raise LookupError(pattern)
    return match.group(1)
