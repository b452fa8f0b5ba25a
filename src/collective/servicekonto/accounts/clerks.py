"""Who may work for an office is in the audit log."""

from collective.servicekonto.accounts import audit
from collective.servicekonto.offices.content import CLERK
from collective.servicekonto.offices.content import COUNTER_CLERK
from collective.servicekonto.offices.events import ClerksChanged
from collective.servicekonto.offices.service import offices_of
from plone import api
from typing import Any


# How the audit log calls who has the role.
_WORDS = {CLERK: "clerk", COUNTER_CLERK: "counter-clerk"}


def record(event: ClerksChanged) -> None:
    """Write down to whom the role was given, and from whom it was taken."""
    office, by, word = event.office.UID(), _present_user(), _WORDS[event.role]
    for clerk in sorted(event.given):
        audit.record_clerk(f"{word}-given", office, clerk, by)
    for clerk in sorted(event.taken):
        audit.record_clerk(f"{word}-taken", office, clerk, by)


def record_joined(event: Any) -> None:
    """Write down who joined a group that has one of the roles."""
    _record_membership("joined", event)


def record_left(event: Any) -> None:
    """Write down who left a group that has one of the roles."""
    _record_membership("left", event)


def _record_membership(what: str, event: Any) -> None:
    for role, word in _WORDS.items():
        for office in offices_of(event.group_id, role):
            audit.record_clerk(
                f"{word}-{what}", office.UID(), event.principal, _present_user()
            )


def _present_user() -> str:
    return str(api.user.get_current().getId())
