"""Who works for an office, by name."""

from collective.servicekonto.offices.content import CLERK
from collective.servicekonto.offices.content import holders
from plone import api
from typing import Any


# Whole departments are in a group; a list of more names helps nobody.
MOST = 200


def name(member: str) -> str:
    """Return the name of the member, the id where nobody is known by it any more."""
    user = api.user.get(member) if member else None
    full = user.getProperty("fullname", "") if user is not None else ""
    return full or member


def members(office: Any) -> dict[str, str]:
    """Return names of those who work for the office by their ids, in alphabetical order."""
    found: dict[str, str] = {}
    for principal in holders(office, CLERK):
        group = api.group.get(principal)
        ids = [principal] if group is None else group.getGroupMemberIds()
        found |= {one: name(one) for one in ids[: MOST - len(found)]}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))
