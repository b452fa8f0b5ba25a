"""A form filled in and sent as an Online-Dienst, beside the same form of EasyForm."""

from benchmarks.client import Answer
from benchmarks.client import Client
from benchmarks.client import hidden_fields
from benchmarks.letters import active_account
from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.zope import NO_PORT
from benchmarks.zope import open_site
from collections.abc import Iterator
from collective.easyform.config import ACTIONS_DEFAULT
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.attributes import type_in
from collective.servicekonto.accounts.cookies import SESSION_COOKIE
from collective.servicekonto.clock import now
from collective.servicekonto.demo.mailbox import Mailbox
from collective.servicekonto.demo.offices import OFFICES
from collective.servicekonto.demo.smtp import HOST
from collective.servicekonto.demo.smtp import mail_server
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.services.mapping.mapped import Mapped
from collective.servicekonto.services.mapping.service import set_mapping
from contextlib import contextmanager
from pathlib import Path
from plone import api
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


WARM_UPS = 3
SAMPLES = 40
SENDINGS = 20

_HEAD = """<model xmlns="http://namespaces.plone.org/supermodel/schema"><schema>
<field name="given_names" type="zope.schema.TextLine"><title>Vornamen</title></field>
<field name="family_name" type="zope.schema.TextLine"><title>Familienname</title></field>
<field name="telephone" type="zope.schema.TextLine">
<title>Telefon</title><required>False</required></field>
"""
_FIELD = """<field name="{name}" type="zope.schema.TextLine"><title>{title}</title>
<required>False</required></field>
"""
_MORE = [f"angabe{number}" for number in range(1, 10)]
FIELDS = (
    _HEAD
    + "".join(_FIELD.format(name=one, title=one.title()) for one in _MORE)
    + "</schema></model>"
)

_RECIPIENT = "<recipient_email>rathaus@musterstadt.example</recipient_email>"

MAPPING = (
    Mapped("given_names", "given_names"),
    Mapped("family_name", "family_name"),
    Mapped("telephone", "telephone"),
)

_TYPED = {
    "given_names": "Erika Maria Magdalena",
    "family_name": "Mustermann-Musterfrau",
    "telephone": "+49 30 123457",
} | {name: f"Angabe zu {name}, wie sie üblich ist" for name in _MORE}
_ENTRIES = {f"form.widgets.{name}": text for name, text in _TYPED.items()}


def measure() -> list[Measure]:
    """Measure opening and sending, in turns with EasyForm's own form and its mailer."""
    with _mails():
        with open_site() as site:
            get_portal().public_url = f"http://127.0.0.1:{NO_PORT}/Plone/buergerportal"
            ticket = str(_citizens_ticket())
            ours, theirs = _path(_service()), _path(_plain_form(site))
        client = Client(**{SESSION_COOKIE: ticket})
        return [*_opening(client, ours, theirs), *_sending(client, ours, theirs)]


@contextmanager
def _mails() -> Iterator[None]:
    """Let EasyForm's mailer have a real mail server."""
    with (
        TemporaryDirectory() as directory,
        mail_server(Mailbox(Path(directory))) as port,
    ):
        with open_site() as site:
            records = site.portal_registry
            records["plone.smtp_host"], records["plone.smtp_port"] = HOST, port
        yield


def _citizens_ticket() -> Any:
    account = active_account(1)
    type_in(account, "telephone", "+49 30 123456", now())
    return sessions.start(account, TrustLevel.LOW, "password", now())


def _service() -> Any:
    portal = get_portal()
    form = api.content.create(
        portal,
        "EasyForm",
        id="formular",
        title="Hundesteuer",
        fields_model=FIELDS,
        is_online_service=True,
        office=portal[OFFICES[0].id].UID(),
        audiences={"account"},
        required_level="niedrig",
        purpose="Festsetzung der Hundesteuer",
        legal_basis="§ 3 der Satzung",
    )
    set_mapping(form, MAPPING)
    notify(ObjectModifiedEvent(form))
    api.content.transition(form, "publish")
    return form


def _plain_form(site: Any) -> Any:
    title = ">Mailer</title>"
    form = api.content.create(
        site,
        "EasyForm",
        id="formular",
        title="Hundesteuer",
        fields_model=FIELDS,
        # Their default action, to the town hall.
        actions_model=ACTIONS_DEFAULT.replace(title, f"{title}{_RECIPIENT}"),
    )
    api.content.transition(form, "publish")
    return form


def _path(form: Any) -> str:
    return "/".join(form.getPhysicalPath())


def _opening(client: Client, ours: str, theirs: str) -> list[Measure]:
    _begin(client, ours)
    page = f"{ours}/ausfuellen?seite=1"
    pairs = [(client.get(page), client.get(theirs)) for _n in range(WARM_UPS + SAMPLES)]
    if "Erika Maria" not in pairs[0][0].body:
        raise LookupError("The form is not filled in.")
    used = [median(one.processor_seconds for one in side) for side in _sides(pairs)]
    return [
        at_most(
            "services.opening a prefilled form to EasyForm's", used[0] / used[1], 1.1
        ),
        Measure("services.opening a prefilled form, milliseconds", used[0] * 1000),
    ]


def _sending(client: Client, ours: str, theirs: str) -> list[Measure]:
    pairs = [
        (_send(client, ours), _send_plain(client, theirs))
        for _n in range(WARM_UPS + SENDINGS)
    ]
    seconds = [median(one.seconds for one in side) for side in _sides(pairs)]
    name = "services.sending a form"
    return [
        at_most(f"{name} to EasyForm's with its mailer", seconds[0] / seconds[1], 1.25),
        Measure(f"{name}, milliseconds", seconds[0] * 1000),
        Measure(f"{name}, EasyForm's, milliseconds", seconds[1] * 1000),
    ]


def _sides(pairs: list[tuple[Answer, Answer]]) -> Iterator[tuple[Answer, ...]]:
    # The first ones fill the caches.
    yield from zip(*pairs[WARM_UPS:], strict=True)


def _begin(client: Client, ours: str) -> None:
    token = hidden_fields(client.get(ours).body, "servicekonto-form")
    client.post(f"{ours}/ausfuellen", token | {"was": "beginnen"})


def _send(client: Client, ours: str) -> Answer:
    _begin(client, ours)
    page = client.get(f"{ours}/ausfuellen?seite=1")
    entries = hidden_fields(page.body, "servicekonto-form") | _ENTRIES
    client.post(f"{ours}/ausfuellen", entries | {"was": "weiter"})
    review = client.get(f"{ours}/pruefen")
    sent = client.post(
        f"{ours}/pruefen", hidden_fields(review.body, "servicekonto-form")
    )
    if "gesendet" not in sent.location:
        raise LookupError(sent.location)
    return sent


def _send_plain(client: Client, theirs: str) -> Answer:
    hidden = hidden_fields(client.get(theirs).body, "form")
    return client.post(theirs, hidden | _ENTRIES | {"form.buttons.submit": "Absenden"})
