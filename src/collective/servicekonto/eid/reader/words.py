"""What the command says. It runs where there is no Zope, so it brings its own words."""

from collective.servicekonto.eid.reader.states import State
from typing import NamedTuple
import os


class Said(NamedTuple):
    """What is the matter, and what to do now."""

    title: str
    advice: str


class Words(NamedTuple):
    """All that is said in one language."""

    states: dict[State, Said]
    tries: dict[int, str]
    reader: str
    waiting: str


_AT_THE_OFFICE = (
    "Das geht im Bürgeramt oder über den PIN-Rücksetzbrief, wenn er angeboten wird."
)

GERMAN = Words(
    states={
        State.NOT_INSTALLED: Said(
            "Auf diesem Rechner fehlt das Programm für Kartenlesegeräte.",
            "Bitte sagen Sie der Systembetreuung Bescheid: Es fehlt das Paket pyscard "
            '(pip install "collective.servicekonto[kartenleser]").',
        ),
        State.NO_SERVICE: Said(
            "Der Dienst für Kartenlesegeräte läuft nicht.",
            "Bitte sagen Sie der Systembetreuung Bescheid: Der Dienst pcscd muss "
            "installiert sein und laufen.",
        ),
        State.NO_READER: Said(
            "Es ist kein Kartenlesegerät da.",
            "Stecken Sie das Kartenlesegerät ein und warten Sie einen Moment. Hat es "
            "einen Schalter, schalten Sie es ein.",
        ),
        State.NO_CARD: Said(
            "Es liegt keine Karte auf dem Kartenlesegerät.",
            "Legen Sie den Ausweis flach und mittig auf das Kartenlesegerät. Nehmen "
            "Sie ihn vorher aus der Hülle, und nehmen Sie andere Karten weg.",
        ),
        State.UNREADABLE: Said(
            "Die Karte lässt sich nicht lesen.",
            "Nehmen Sie die Karte weg und legen Sie sie noch einmal flach und mittig "
            "auf. Lassen Sie sie liegen. Hilft das nicht, probieren Sie ein anderes "
            "Kartenlesegerät.",
        ),
        State.OTHER_CARD: Said(
            "Diese Karte hat keinen Online-Ausweis.",
            "Nehmen Sie den Personalausweis, den elektronischen Aufenthaltstitel oder "
            "die eID-Karte. Ein Reisepass oder eine Bankkarte geht nicht.",
        ),
        State.IN_USE: Said(
            "Ein anderes Programm benutzt gerade die Karte.",
            "Beenden Sie zuerst den Vorgang in der AusweisApp. Läuft dort nichts, "
            "nehmen Sie die Karte weg und legen Sie sie noch einmal auf.",
        ),
        State.SWITCHED_OFF: Said(
            "Der Online-Ausweis auf dieser Karte ist ausgeschaltet.",
            "Er muss zuerst eingeschaltet werden. " + _AT_THE_OFFICE,
        ),
        State.BLOCKED: Said(
            "Die PIN ist gesperrt: Sie wurde dreimal falsch eingegeben.",
            "Heben Sie die Sperre in der AusweisApp mit der PUK auf. Sie steht im "
            "PIN-Brief. Die PIN bleibt dabei dieselbe. Kennen Sie PUK oder PIN nicht, "
            "brauchen Sie eine neue PIN. " + _AT_THE_OFFICE,
        ),
        State.SUSPENDED: Said(
            "Die PIN wurde zweimal falsch eingegeben.",
            "Für den letzten Versuch fragt die AusweisApp zuerst nach der CAN. Das "
            "sind die sechs Ziffern vorne rechts unten auf der Karte. Danach geben Sie "
            "die PIN ein. Sind Sie nicht sicher, hören Sie hier auf und holen Sie sich "
            "eine neue PIN. " + _AT_THE_OFFICE,
        ),
        State.ONE_WRONG_PIN: Said(
            "Kartenlesegerät und Karte sind bereit. Die PIN wurde einmal falsch "
            "eingegeben.",
            "Sie können anfangen. Geben Sie die PIN mit Ruhe ein.",
        ),
        State.READY: Said(
            "Kartenlesegerät und Karte sind bereit.",
            "Sie können anfangen. Sie brauchen die PIN mit sechs Ziffern. Haben Sie "
            "nur die PIN mit fünf Ziffern aus dem Brief, wählen Sie zuerst in der "
            "AusweisApp eine eigene PIN.",
        ),
    },
    tries={
        0: "Versuche für die PIN: keiner mehr",
        1: "Versuche für die PIN: noch 1",
        2: "Versuche für die PIN: noch 2",
        3: "Versuche für die PIN: alle 3",
    },
    reader="Kartenlesegerät: {name}",
    waiting="Bitte legen Sie den Ausweis auf das Kartenlesegerät …",
)

_AT_THE_OFFICE_ENGLISH = (
    "The citizens' office does it, or the PIN reset letter where it is offered."
)

ENGLISH = Words(
    states={
        State.NOT_INSTALLED: Said(
            "The program for card readers is missing on this computer.",
            "Please tell the administrator: the package pyscard is missing "
            '(pip install "collective.servicekonto[kartenleser]").',
        ),
        State.NO_SERVICE: Said(
            "The service for card readers is not running.",
            "Please tell the administrator: the service pcscd must be installed and "
            "running.",
        ),
        State.NO_READER: Said(
            "There is no card reader.",
            "Plug in the card reader and wait a moment. If it has a switch, switch it "
            "on.",
        ),
        State.NO_CARD: Said(
            "There is no card on the card reader.",
            "Put the identity card flat onto the middle of the card reader. Take it out "
            "of its cover first, and remove other cards.",
        ),
        State.UNREADABLE: Said(
            "The card cannot be read.",
            "Take the card away and put it flat onto the middle again. Leave it there. "
            "If that does not help, try another card reader.",
        ),
        State.OTHER_CARD: Said(
            "This card has no Online-Ausweis.",
            "Use the German identity card, the electronic residence permit or the eID "
            "card. A passport or a bank card does not work.",
        ),
        State.IN_USE: Said(
            "Another program is using the card.",
            "First finish what is going on in the AusweisApp. If there is nothing, take "
            "the card away and put it there again.",
        ),
        State.SWITCHED_OFF: Said(
            "The Online-Ausweis of this card is switched off.",
            "It has to be switched on first. " + _AT_THE_OFFICE_ENGLISH,
        ),
        State.BLOCKED: Said(
            "The PIN is blocked: it was entered wrongly three times.",
            "Unblock it in the AusweisApp with the PUK, which is in the PIN letter. The "
            "PIN stays the same. If you do not know the PUK or the PIN, you need a new "
            "PIN. " + _AT_THE_OFFICE_ENGLISH,
        ),
        State.SUSPENDED: Said(
            "The PIN was entered wrongly twice.",
            "For the last try, the AusweisApp first asks for the CAN: the six digits at "
            "the bottom right of the front of the card. Then enter the PIN. If you are "
            "not sure, stop here and get a new PIN. " + _AT_THE_OFFICE_ENGLISH,
        ),
        State.ONE_WRONG_PIN: Said(
            "Card reader and card are ready. The PIN was entered wrongly once.",
            "You can start. Take your time to enter the PIN.",
        ),
        State.READY: Said(
            "Card reader and card are ready.",
            "You can start. You need the PIN with six digits. If you only have the one "
            "with five digits from the letter, first choose your own PIN in the "
            "AusweisApp.",
        ),
    },
    tries={
        0: "Tries for the PIN: none left",
        1: "Tries for the PIN: 1 left",
        2: "Tries for the PIN: 2 left",
        3: "Tries for the PIN: all 3",
    },
    reader="Card reader: {name}",
    waiting="Please put the identity card onto the card reader …",
)

LANGUAGES = {"de": GERMAN, "en": ENGLISH}


def language_of_the_machine() -> str:
    """Return "en" where the machine speaks English, otherwise "de"."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return "en" if value.startswith("en") else "de"
    return "de"
