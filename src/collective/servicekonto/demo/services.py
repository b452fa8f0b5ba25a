"""The services of the demo town, made with nothing but what an editor may do."""

from collective.servicekonto.demo.people import add_member
from dataclasses import dataclass
from pathlib import Path
from plone import api
from plone.app.textfield.value import RichTextValue
from typing import Any


EDITOR = "redaktion"
_ROLES = ["Contributor", "Editor", "Reviewer"]
_FORMS = Path(__file__).with_name("forms")


@dataclass(frozen=True)
class Service:
    """A service: its texts, and what is set under “Online-Dienst”.

    The fields are in the directory forms, in a file that is called as its ``id``;
    ``first_page`` is the title of the fields in front of the fieldsets.
    """

    id: str
    title: str
    description: str
    text: str
    first_page: str
    office: str
    required_level: str
    purpose: str
    legal_basis: str
    checklist: str
    fee: str
    decision_days: int


SERVICES = (
    Service(
        id="hundesteuer-anmelden",
        title="Hundesteuer anmelden",
        description="Sie haben einen Hund? Dann melden Sie ihn hier an.",
        text="""
<p>Melden Sie den Hund innerhalb von zwei Wochen an, nachdem Sie ihn bekommen haben.
Die Hundemarke schicken wir Ihnen mit der Post.</p>
""",
        first_page="Über Sie",
        office="amt-buergerbuero",
        required_level="niedrig",
        purpose="Festsetzung der Hundesteuer",
        legal_basis="§§ 2 und 8 der Hundesteuersatzung der Stadt Musterstadt",
        checklist=(
            "Den Heimtierausweis Ihres Hundes\n"
            "Ihre IBAN, wenn wir die Steuer abbuchen sollen"
        ),
        fee=(
            "Die Anmeldung kostet nichts. Die Steuer beträgt 96 Euro im Jahr, für jeden "
            "weiteren Hund 144 Euro."
        ),
        decision_days=14,
    ),
    Service(
        id="bewohnerparkausweis",
        title="Bewohnerparkausweis",
        description="Parken in der Altstadt, wenn Sie dort wohnen.",
        text="""
<p>Der Ausweis gilt ein Jahr für ein Fahrzeug. Wir schicken ihn Ihnen in das Postfach.
Drucken Sie ihn aus und legen Sie ihn gut sichtbar in das Fahrzeug.</p>
""",
        first_page="Über Sie",
        office="amt-ordnung",
        required_level="niedrig",
        purpose="Erteilung eines Bewohnerparkausweises",
        legal_basis="§ 45 (1b) Nr. 2a StVO",
        checklist=(
            "Das Kennzeichen\n"
            "Die Zulassungsbescheinigung Teil 1, als Foto oder PDF\n"
            "Wenn das Fahrzeug jemand anderem gehört: dessen Erlaubnis"
        ),
        fee="30,70 Euro im Jahr. Sie bekommen eine Rechnung.",
        decision_days=7,
    ),
    Service(
        id="meldebescheinigung",
        title="Meldebescheinigung",
        description="Sie bestätigt, wo Sie gemeldet sind.",
        text="""
<p>Viele Stellen wollen wissen, ob Sie wirklich dort wohnen. Die Bescheinigung bekommen
Sie in Ihr Postfach. Damit niemand sie für eine andere Person holt, brauchen Sie dafür
den Online-Ausweis.</p>
""",
        first_page="Ihre Angaben aus dem Ausweis",
        office="amt-buergerbuero",
        required_level="hoch",
        purpose="Ausstellung einer Meldebescheinigung",
        legal_basis="§ 18 BMG",
        checklist=(
            "Ihren Personalausweis mit Online-Funktion und die sechsstellige PIN\n"
            "Ein Smartphone oder einen Kartenleser"
        ),
        fee="9 Euro",
        decision_days=3,
    ),
)


def add_services(portal: Any) -> None:
    """Let an editor add the services to the Bürgerportal and publish them."""
    add_member(EDITOR, "Rita Redaktion")
    api.user.grant_roles(EDITOR, roles=_ROLES, obj=portal)
    with api.env.adopt_user(EDITOR):
        for service in SERVICES:
            _add(portal, service)


def _add(portal: Any, service: Service) -> None:
    form = api.content.create(
        portal,
        "EasyForm",
        id=service.id,
        title=service.title,
        description=service.description,
        fields_model=(_FORMS / f"{service.id}.xml").read_text(encoding="utf-8"),
        formPrologue=RichTextValue(service.text, "text/html", "text/x-html-safe"),
        default_fieldset_label=service.first_page,
        # The portal's own list shows them; the menu of the site stays short.
        exclude_from_nav=True,
        is_online_service=True,
        office=portal[service.office].UID(),
        required_level=service.required_level,
        purpose=service.purpose,
        legal_basis=service.legal_basis,
        checklist=service.checklist,
        fee=service.fee,
        decision_days=service.decision_days,
    )
    api.content.transition(form, "publish")
