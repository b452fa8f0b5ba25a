"""The offices of the demo town, and who works there."""

from collective.servicekonto.demo.people import add_member
from collective.servicekonto.offices.content import CLERK
from collective.servicekonto.offices.content import COUNTER_CLERK
from dataclasses import dataclass
from plone import api
from typing import Any


@dataclass(frozen=True)
class Clerk:
    """Somebody who has this role at an office; the password is the login."""

    login: str
    name: str
    role: str = CLERK


@dataclass(frozen=True)
class Office:
    """An office with what citizens read about it, and its text blocks."""

    id: str
    title: str
    description: str
    hours: str
    contact: str
    signature: str
    text_blocks: tuple[dict[str, str], ...]
    clerks: tuple[Clerk, ...]


OFFICES = (
    Office(
        id="amt-buergerbuero",
        title="Bürgerbüro",
        description="Ausweise, Meldebescheinigungen und Führungszeugnisse.",
        hours=(
            "Montag bis Freitag 8 bis 12 Uhr\nDonnerstag zusätzlich 14 bis 18 Uhr\n"
            "Sie brauchen keinen Termin."
        ),
        contact="Marktplatz 1, Erdgeschoss\n00000 Musterstadt\nTelefon 00000 1234",
        signature="Mit freundlichen Grüßen\nIhr Bürgerbüro Musterstadt",
        text_blocks=(
            {
                "title": "Unterlagen fehlen",
                "text": (
                    "Guten Tag,\n\nzu Ihrem Antrag fehlt uns noch eine Kopie Ihres "
                    "Ausweises. Bitte antworten Sie auf diese Nachricht und hängen Sie "
                    "die Kopie an."
                ),
            },
            {
                "title": "Ausweis ist fertig",
                "text": (
                    "Guten Tag,\n\nIhr neuer Ausweis ist fertig. Sie können ihn ab "
                    "sofort abholen. Bitte bringen Sie den alten Ausweis mit."
                ),
            },
        ),
        clerks=(
            Clerk("amt", "Alma Amtmann"),
            Clerk("schalter", "Paula Passbild", COUNTER_CLERK),
            Clerk("schalter2", "Viktor Vieraugen", COUNTER_CLERK),
        ),
    ),
    Office(
        id="amt-ordnung",
        title="Ordnungsamt",
        description="Parken, Märkte, Feste und Fundsachen.",
        hours="Montag bis Freitag 9 bis 12 Uhr\nBitte vereinbaren Sie einen Termin.",
        contact="Brunnengasse 3\n00000 Musterstadt\nTelefon 00000 5678",
        signature="Mit freundlichen Grüßen\nIhr Ordnungsamt Musterstadt",
        text_blocks=(
            {
                "title": "Parkausweis verlängert",
                "text": (
                    "Guten Tag,\n\nwir haben Ihren Parkausweis um ein Jahr verlängert. "
                    "Sie finden ihn im Anhang."
                ),
            },
        ),
        clerks=(Clerk("ordnung", "Otto Ordnung"),),
    ),
)


def add_offices(portal: Any) -> None:
    """Add the offices to the Bürgerportal, each with its clerks."""
    for office in OFFICES:
        content = api.content.create(
            portal,
            "Dienststelle",
            id=office.id,
            title=office.title,
            description=office.description,
            hours=office.hours,
            contact=office.contact,
            signature=office.signature,
            text_blocks=office.text_blocks,
        )
        for clerk in office.clerks:
            add_member(clerk.login, clerk.name)
            api.user.grant_roles(clerk.login, roles=[clerk.role], obj=content)
