"""The words of the demo town. Town, people and numbers are invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page of the town's site; the text is HTML."""

    id: str
    title: str
    description: str
    text: str
    portal_type: str = "Document"


@dataclass(frozen=True)
class Section:
    """A folder in the navigation: its front page and the pages below it."""

    front: Page
    pages: tuple[Page, ...]


WELCOME = Page(
    id="willkommen",
    title="Willkommen in Musterstadt",
    description="Eine kleine Stadt am Fluss, mit kurzen Wegen auch ins Rathaus.",
    text="""
<p>Hier finden Sie Öffnungszeiten, Ansprechpersonen und die Dienste der
Stadtverwaltung. Vieles können Sie von zu Hause erledigen.</p>
<ul>
<li><a href="/Plone/buergerportal">Zum Bürgerportal</a>: Servicekonto anlegen
und anmelden</li>
<li><a href="/Plone/rathaus">Öffnungszeiten des Rathauses</a></li>
<li><a href="/Plone/aktuelles">Aktuelles aus der Stadt</a></li>
</ul>
<h2>Dies ist eine Vorführung</h2>
<p>Musterstadt gibt es nicht. Alle E-Mails dieser Vorführung bleiben auf diesem
Rechner: <a href="/Plone/@@demo-mails">Gesendete E-Mails ansehen</a>.</p>
""",
)

SECTIONS = (
    Section(
        front=Page(
            id="rathaus",
            title="Rathaus",
            description="Wann wir für Sie da sind und wie Sie uns erreichen.",
            text="""
<p>Das Rathaus steht am Marktplatz 1. Der Eingang an der Brunnengasse ist
stufenlos, ein Aufzug führt in alle Stockwerke.</p>
<h2>Öffnungszeiten</h2>
<ul>
<li>Montag bis Freitag 8 bis 12 Uhr</li>
<li>Donnerstag zusätzlich 14 bis 18 Uhr</li>
</ul>
<p>Für das Bürgerbüro brauchen Sie keinen Termin. Für alle anderen Ämter
vereinbaren Sie bitte einen.</p>
""",
        ),
        pages=(
            Page(
                id="buergerbuero",
                title="Bürgerbüro",
                description="Ausweise, Meldebescheinigungen und Führungszeugnisse.",
                text="""
<p>Bitte bringen Sie Ihren Personalausweis oder Reisepass mit. Ein neuer Ausweis
ist nach etwa drei Wochen fertig. Die PIN kommt mit der Post.</p>
""",
            ),
            Page(
                id="stadtrat",
                title="Stadtrat",
                description="Der Rat tagt an jedem zweiten Dienstag im Monat.",
                text="""
<p>Die Sitzungen beginnen um 18 Uhr im großen Saal und sind öffentlich. Zu Beginn
können Einwohnerinnen und Einwohner eine Viertelstunde lang Fragen stellen.</p>
""",
            ),
        ),
    ),
    Section(
        front=Page(
            id="aktuelles",
            title="Aktuelles",
            description="Was in der Stadt geschieht.",
            text="""
<ul>
<li><a href="/Plone/aktuelles/servicekonto">Ihr Servicekonto ist da</a></li>
<li><a href="/Plone/aktuelles/brunnengasse">Die Brunnengasse wird saniert</a></li>
</ul>
""",
        ),
        pages=(
            Page(
                id="servicekonto",
                title="Ihr Servicekonto ist da",
                description="Einmal anlegen, danach weniger tippen.",
                text="""
<p>Ab sofort können Sie im <a href="/Plone/buergerportal">Bürgerportal</a> ein
Servicekonto anlegen. Das ist freiwillig und kostet nichts. Natürlich sind wir
auch weiter im Rathaus für Sie da.</p>
""",
                portal_type="News Item",
            ),
            Page(
                id="brunnengasse",
                title="Die Brunnengasse wird saniert",
                description="Von März bis Juni ist die Durchfahrt gesperrt.",
                text="""
<p>Die Stadtwerke erneuern die Wasserleitung. Zu Fuß kommen Sie jederzeit durch.
Der Wochenmarkt zieht so lange auf den Kirchplatz.</p>
""",
                portal_type="News Item",
            ),
        ),
    ),
    Section(
        front=Page(
            id="bauen-wohnen",
            title="Bauen & Wohnen",
            description="Von der Bauvoranfrage bis zum Anwohnerparken.",
            text="""
<p>Das Bauamt berät Sie, bevor Sie planen. Oft klärt ein Gespräch, ob Sie
überhaupt eine Genehmigung brauchen.</p>
""",
        ),
        pages=(
            Page(
                id="bauvoranfrage",
                title="Bauvoranfrage",
                description="Einzelne Fragen klären, bevor Sie bauen.",
                text="""
<p>Mit einer Bauvoranfrage erfahren Sie verbindlich, ob Ihr Vorhaben an dieser
Stelle möglich ist. Die Antwort gilt drei Jahre.</p>
""",
            ),
            Page(
                id="anwohnerparken",
                title="Anwohnerparken",
                description="Der Ausweis für Ihr Viertel.",
                text="""
<p>Wer in der Altstadt gemeldet ist und ein Auto hält, kann einen Parkausweis
bekommen. Er gilt ein Jahr.</p>
""",
            ),
        ),
    ),
)

PORTAL_DESCRIPTION = "Die Dienste der Stadt Musterstadt, von zu Hause aus."

PORTAL_TEXT = """
<p>Im Bürgerportal erledigen Sie Ihre Angelegenheiten mit der Stadt. Dafür legen
Sie ein Servicekonto an. In Ihrem Postfach lesen Sie, was die Stadt Ihnen schreibt, und
können antworten.</p>
"""

PRIVACY = """
<p>Die Stadt Musterstadt speichert Ihren Namen, Ihre E-Mail-Adresse und die
Angaben, die Sie selbst in Ihr Servicekonto eintragen. Ihr Passwort kennen wir
nicht: Gespeichert ist nur ein Prüfwert.</p>
<p>Wir geben Ihre Angaben nur weiter, wenn Sie das selbst veranlassen. Sie können
Ihr Servicekonto jederzeit löschen. Aktivieren Sie es nicht, löschen wir es von
selbst.</p>
<p>Verantwortlich: Stadt Musterstadt, Marktplatz 1, 00000 Musterstadt.</p>
"""

TERMS = """
<p>Das Servicekonto ist freiwillig und kostenlos. Bitte geben Sie Ihr Passwort an
niemanden weiter. Dies ist eine Vorführung: Geben Sie hier nichts ein, was
vertraulich ist.</p>
"""
