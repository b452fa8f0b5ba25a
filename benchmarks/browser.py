"""A citizen's browser, as far as a load generator needs one."""

from collections.abc import Callable
from lxml import html
from pathlib import Path
from urllib.parse import urljoin
import requests
import time


# Called with the step, the seconds that one request took, and its status.
Report = Callable[[str, float, int], None]

REDIRECTS = (301, 302, 303)
TIMEOUT = 60


class Refused(Exception):
    """The page was not what the citizen had to get."""


class Browser:
    """Keeps cookies, follows redirects, fills in forms, reports every request.

    ``trusted`` is a file with the certificate of a demo, which is its own.
    """

    def __init__(self, report: Report, trusted: Path | None = None) -> None:
        self._session = requests.Session()
        self._trusted = trusted
        self._report = report
        self.url = ""
        self.text = ""

    def open(self, step: str, url: str) -> None:
        """Get a page."""
        self._send(step, "GET", url)

    def submit(self, step: str, form: str, **values: str) -> None:
        """Fill in the page's form that has this control, and press its first button.

        The site's header has forms of its own, which are not meant.
        """
        page = html.fromstring(self.text)
        for candidate in page.xpath("//*[@id='content']//form"):
            if form in candidate.fields:
                break
        else:
            raise Refused(f"no form at {step}")
        data = [(n, v) for n, v in candidate.form_values() if n not in values]
        buttons = candidate.xpath(".//button[@name] | .//input[@type='submit'][@name]")
        data += [*values.items(), *((b.get("name"), "1") for b in buttons[:1])]
        action = urljoin(self.url, candidate.action or "")
        self._send(step, "POST", action, data)

    def expect(self, text: str) -> None:
        """Raise Refused where the page does not have the text."""
        if text not in self.text:
            raise Refused(f"{text!r} is not on the page")

    def _send(self, step: str, method: str, url: str, data=None) -> None:
        started = time.perf_counter()
        response = self._session.request(
            method,
            url,
            data=data,
            allow_redirects=False,
            timeout=TIMEOUT,
            verify=self._trusted,
        )
        seconds = time.perf_counter() - started
        self._report(f"{method} {step}", seconds, response.status_code)
        if response.status_code >= 400:
            self.url, self.text = url, response.text
            raise Refused(f"{response.status_code} at {method} {step}")
        if response.status_code in REDIRECTS:
            target = urljoin(url, response.headers["Location"])
            self._send(_name(target), "GET", target)
            return
        self.url, self.text = url, response.text


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]
