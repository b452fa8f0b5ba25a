"""Documents, and what stands on them, in the words of clerks and citizens."""

from collective.servicekonto import _
from collective.servicekonto.eid.counter.rules import Document


DOCUMENTS = {
    Document.IDENTITY_CARD: _("German identity card"),
    Document.PASSPORT: _("German passport"),
    Document.RESIDENCE_PERMIT: _("Electronic residence permit"),
    Document.FOREIGN: _("Passport or identity card of another state"),
}
