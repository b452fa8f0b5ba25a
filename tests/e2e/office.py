"""An office that writes to citizens, without anybody looking at its pages."""

from lxml import html
from tests.e2e.town import MANAGER
from tests.e2e.town import Town
import requests


OFFICE = "amt-buergerbuero"
CLERK = ("amt", "amt")


class Office:
    """The Bürgerbüro of the demo town."""

    def __init__(self, town: Town) -> None:
        self._session = requests.Session()
        self._session.auth = CLERK
        self._portal = town.portal

    def relies_on(self, basis: str, land: str) -> None:
        """Name the law by which decisions count as delivered."""
        requests.patch(
            self._portal,
            json={"delivery_basis": basis, "land": land},
            auth=MANAGER,
            headers={"Accept": "application/json"},
            timeout=60,
        ).raise_for_status()

    def writes(self, recipient: str, **changes: str) -> None:
        """Write to a citizen."""
        entries = {
            "recipient": recipient,
            "kind": "query",
            "subject": "Ihr Antrag auf einen Bewohnerparkausweis",
            "text": "Guten Tag,\n\nbitte senden Sie uns eine Kopie Ihres Mietvertrags.",
            "reference": "BP-2026-117",
            "reply_until": "2099-12-31",
            "level": "niedrig",
        } | changes
        address = f"{self._portal}/{OFFICE}/schreiben"
        page = html.fromstring(self._session.get(address, timeout=60).text)
        [form] = [one for one in page.forms if "order" in one.fields]
        hidden = {name: form.fields[name] for name in ("csrf", "order")}
        sent = self._session.post(
            address, data=hidden | entries | {"buttons.send": "1"}, timeout=60
        )
        sent.raise_for_status()
        assert "/nachricht?" in sent.url, html.fromstring(sent.text).text_content()
