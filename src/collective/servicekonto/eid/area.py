"""The entry of Mein Bereich about the Online-Ausweis."""

from collective.servicekonto import _
from collective.servicekonto.selfservice.area import AreaEntry


UPGRADE = AreaEntry(
    "hochstufen",
    _("Use your Online-Ausweis"),
    _("With it you have a Servicekonto Plus, at the highest trust level."),
    45,
)
