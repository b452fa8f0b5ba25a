"""Messages in the words of the staff."""

from collective.servicekonto import _
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.desk.status import Status
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.rules import Turn


KINDS = {
    Kind.SYSTEM: _("Message of the system"),
    Kind.COPY: _("Copy of what was sent"),
    Kind.QUERY: _("Query"),
    Kind.CONFIRMATION: _("Confirmation"),
    Kind.DECISION: _("Decision"),
    Kind.LETTER: _("Information"),
    Kind.REPLY: _("Answer of the citizen"),
}

EXPLAINED_KINDS = {
    Kind.QUERY: _("Query: you need an answer or a document."),
    Kind.CONFIRMATION: _("Confirmation: you have received or done something."),
    Kind.DECISION: _("Decision: the office decides, and time limits begin with it."),
    Kind.LETTER: _("Information: anything else."),
}

LEVELS = {
    TrustLevel.BASIS: _("Everybody who has logged in"),
    TrustLevel.LOW: _("With e-mail address and password (usual)"),
    TrustLevel.SUBSTANTIAL: _("With password and passkey"),
    TrustLevel.HIGH: _("With the Online-Ausweis only"),
}

TURNS = {
    Turn.NOBODY: _("Nobody has to answer"),
    Turn.CITIZEN: _("The citizen has to answer"),
    Turn.OFFICE: _("Your office has to answer"),
}

STATUS = {
    Status.WAITING: _("Will be sent as soon as its files are checked"),
    Status.PROVIDED: _("In the citizen's Postfach"),
    Status.NOTIFIED: _("In the Postfach, the citizen was told by e-mail"),
    Status.RETURNED: _("In the Postfach. The e-mail came back, we try once more"),
    Status.UNDELIVERABLE: _("In the Postfach, but the e-mail could not be delivered"),
    Status.RETRIEVED: _("Opened by the citizen"),
    Status.REFUSED: _("Not sent: a file holds malicious software"),
    Status.RECALLED: _("Taken back by your office"),
    Status.DELETED: _("Deleted by the citizen"),
}

EVENTS = {
    Event.PROVIDED: _("Laid into the Postfach"),
    Event.NOTIFIED: _("The citizen was told by e-mail"),
    Event.NOTIFIED_AGAIN: _("The citizen was told by e-mail once more"),
    Event.BOUNCED: _("The e-mail came back"),
    Event.RETRIEVED: _("Opened by the citizen"),
    Event.ANSWERED: _("Answered by the citizen"),
    Event.RECALLED: _("Taken back by your office"),
    Event.DELETED: _("Deleted by the citizen"),
}
