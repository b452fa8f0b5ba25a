"""The entries of Mein Bereich about data that leave the account."""

from collective.servicekonto import _
from collective.servicekonto.selfservice.area import AreaEntry


DATA_ACCESS = AreaEntry(
    "datenzugriff",
    _("Data transfers"),
    _("Who got which of your details, and what for."),
    50,
)
EXPORT = AreaEntry(
    "export",
    _("Export your data"),
    _("Everything that is in your account, in one file."),
    60,
)
