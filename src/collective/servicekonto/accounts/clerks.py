"""Who may work for an office is in the audit log."""

from collective.servicekonto.accounts import audit
from collective.servicekonto.offices.events import ClerksChanged
from plone import api


def record(event: ClerksChanged) -> None:
    """Write down to whom the role Clerk was given, and from whom it was taken."""
    office, by = event.office.UID(), str(api.user.get_current().getId())
    for clerk in sorted(event.given):
        audit.record_clerk("clerk-given", office, clerk, by)
    for clerk in sorted(event.taken):
        audit.record_clerk("clerk-taken", office, clerk, by)
