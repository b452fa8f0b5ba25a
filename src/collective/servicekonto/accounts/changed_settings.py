"""Who changed a setting of the Servicekonto is in the audit log."""

from collective.servicekonto.accounts import audit
from collective.servicekonto.portal.settings import PREFIX
from plone import api
from plone.registry.interfaces import IRecordModifiedEvent


def record(event: IRecordModifiedEvent) -> None:
    """Write down that the setting was changed; its value may be anything."""
    name = str(event.record.__name__)
    if name.startswith(f"{PREFIX}.") and event.newValue != event.oldValue:
        by = str(api.user.get_current().getId())
        audit.record_setting(name.removeprefix(f"{PREFIX}."), by)
