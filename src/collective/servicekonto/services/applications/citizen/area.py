"""Where citizens find their applications: in Mein Bereich."""

from collective.servicekonto import _
from collective.servicekonto.selfservice.area import AreaEntry


APPLICATIONS = AreaEntry(
    "antraege",
    _("My applications"),
    _("What you applied for, how it stands, and what happens next."),
    5,
)
