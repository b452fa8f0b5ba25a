"""What the verifier says. It runs where there is no Zope, so it brings its own words."""

from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.receipts.verify import Kind
from typing import NamedTuple


class Words(NamedTuple):
    """All that is said in one language."""

    events: dict[Event, str]
    problems: dict[Kind, str]
    entry: str
    time: str
    message: str
    unchanged: str
    changed: str
    unchecked: str
    no_receipt: str
    no_key: str
    no_message: str
    unreadable: str


GERMAN = Words(
    events={
        Event.PROVIDED: "im Postfach bereitgestellt",
        Event.NOTIFIED: "Hinweis per E-Mail verschickt",
        Event.NOTIFIED_AGAIN: "zweiter Hinweis per E-Mail verschickt",
        Event.BOUNCED: "Hinweis per E-Mail nicht zustellbar",
        Event.RETRIEVED: "von der Empfängerin oder dem Empfänger geöffnet",
        Event.ANSWERED: "beantwortet",
        Event.RECALLED: "zurückgezogen",
        Event.DELETED: "gelöscht",
    },
    problems={
        Kind.FORM: "Das ist nicht so geschrieben, wie die Stadt es schreibt.",
        Kind.BEGINNING: "Am Anfang fehlt die Bereitstellung der Nachricht.",
        Kind.HASH: "Der Eintrag passt nicht zu dem, was davor steht.",
        Kind.SIGNATURE: "Die Unterschrift der Stadt stimmt nicht.",
        Kind.UNKNOWN_KEY: (
            "Der Eintrag nennt einen Schlüssel, der nicht in Ihrer Schlüsseldatei steht."
        ),
        Kind.CONTENT: "Die Nachricht ist nicht die, die bereitgestellt wurde.",
        Kind.OTHER_COPY: "Der andere Beleg ist selbst nicht in Ordnung.",
        Kind.OTHER_MESSAGE: "Der andere Beleg gehört zu einer anderen Nachricht.",
        Kind.DIVERGES: "Der andere Beleg sagt hier etwas anderes.",
        Kind.SHORTENED: "Er fehlt hier und steht im anderen Beleg.",
    },
    entry="Eintrag {place}: {text}",
    time="%d.%m.%Y, %H:%M:%S Uhr",
    message="Beleg der Nachricht {message}",
    unchanged="Der Beleg ist unverändert.",
    changed="Der Beleg ist NICHT in Ordnung.",
    unchecked="Der Beleg konnte nicht geprüft werden.",
    no_receipt="Die Datei ist kein Beleg, oder sie ist beschädigt: {path}",
    no_key="In der Datei steht kein passender öffentlicher Schlüssel: {path}",
    no_message="Die Datei beschreibt keine Nachricht, oder ein Anhang fehlt: {path}",
    unreadable="Die Datei kann nicht gelesen werden: {path}",
)

ENGLISH = Words(
    events={
        Event.PROVIDED: "provided in the postbox",
        Event.NOTIFIED: "notice sent by e-mail",
        Event.NOTIFIED_AGAIN: "second notice sent by e-mail",
        Event.BOUNCED: "notice by e-mail could not be delivered",
        Event.RETRIEVED: "opened by the recipient",
        Event.ANSWERED: "answered",
        Event.RECALLED: "recalled",
        Event.DELETED: "deleted",
    },
    problems={
        Kind.FORM: "This is not written as the town writes it.",
        Kind.BEGINNING: "It does not begin with the provision of the message.",
        Kind.HASH: "The entry does not fit what is before it.",
        Kind.SIGNATURE: "The signature of the town is wrong.",
        Kind.UNKNOWN_KEY: "The entry names a key that is not in your file of keys.",
        Kind.CONTENT: "The message is not the one that was provided.",
        Kind.OTHER_COPY: "The other receipt is not in order itself.",
        Kind.OTHER_MESSAGE: "The other receipt is of another message.",
        Kind.DIVERGES: "The other receipt says something else here.",
        Kind.SHORTENED: "It is missing here, and is in the other receipt.",
    },
    entry="Entry {place}: {text}",
    time="%Y-%m-%d, %H:%M:%S",
    message="Receipt of the message {message}",
    unchanged="The receipt is unaltered.",
    changed="The receipt is NOT in order.",
    unchecked="The receipt could not be checked.",
    no_receipt="The file is no receipt, or it is damaged: {path}",
    no_key="The file holds no public key of this kind: {path}",
    no_message="The file describes no message, or an attachment is missing: {path}",
    unreadable="The file cannot be read: {path}",
)

LANGUAGES = {"de": GERMAN, "en": ENGLISH}
