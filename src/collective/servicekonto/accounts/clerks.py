"""Who may work for an office is in the audit log."""

from collective.servicekonto.accounts import audit
from collective.servicekonto.offices.events import ClerksChanged
from collective.servicekonto.offices.service import offices_of
from plone import api
from typing import Any


def record(event: ClerksChanged) -> None:
    """Write down to whom the role Clerk was given, and from whom it was taken."""
    office, by = event.office.UID(), _present_user()
    for clerk in sorted(event.given):
        audit.record_clerk("clerk-given", office, clerk, by)
    for clerk in sorted(event.taken):
        audit.record_clerk("clerk-taken", office, clerk, by)


def record_joined(event: Any) -> None:
    """Write down who joined a group that has the role Clerk."""
    _record_membership("clerk-joined", event)


def record_left(event: Any) -> None:
    """Write down who left a group that has the role Clerk."""
    _record_membership("clerk-left", event)


def _record_membership(what: str, event: Any) -> None:
    for office in offices_of(event.group_id):
        audit.record_clerk(what, office.UID(), event.principal, _present_user())


def _present_user() -> str:
    return str(api.user.get_current().getId())
