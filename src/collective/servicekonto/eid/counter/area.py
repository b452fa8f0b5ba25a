"""The entry of Mein Bereich about the counter."""

from collective.servicekonto import _
from collective.servicekonto.selfservice.area import AreaEntry


COUNTER = AreaEntry(
    "schalter",
    _("Have your details confirmed at the counter"),
    _("With a code and your identity document, in an office of the town."),
    46,
)
