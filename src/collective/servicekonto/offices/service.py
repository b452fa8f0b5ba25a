"""The door to the offices."""

from AccessControl import getSecurityManager
from collective.servicekonto.offices.content import CLERK
from collective.servicekonto.offices.content import holders
from collective.servicekonto.offices.content import IDienststelle
from collective.servicekonto.portal.service import query_portal
from plone.app.workflow.browser.sharing import AUTH_GROUP
from typing import Any


PERMISSION = "collective.servicekonto: Answer citizens"


def offices() -> list[Any]:
    """Return all offices of the Bürgerportal, in its order."""
    portal = query_portal()
    if portal is None:
        return []
    return [one for one in portal.objectValues() if IDienststelle.providedBy(one)]


def query_office(office_id: str) -> Any | None:
    """Return the office with this id (its UID), or None where it is gone."""
    return next((one for one in offices() if one.UID() == office_id), None)


def may_answer(office: Any) -> bool:
    """Tell whether the present user works for the office (see may)."""
    return may(CLERK, PERMISSION, office)


def may(role: str, permission: str, office: Any) -> bool:
    """Tell whether the present user has the role at the office, and the permission.

    The role counts only where it was given at the office itself, to the user or
    a group: not for the whole site or portal, and not to all who are logged in.
    """
    manager = getSecurityManager()
    user = manager.getUser()
    if user.getId() is None:
        return False
    principals = {user.getId(), *user.getGroups()} - {AUTH_GROUP}
    if holders(office, role).isdisjoint(principals):
        return False
    return bool(manager.checkPermission(permission, office))


def own_offices() -> list[Any]:
    """Return the offices that the present user works for."""
    return [one for one in offices() if may_answer(one)]


def offices_of(group: str, role: str) -> list[Any]:
    """Return the offices at which the members of the group have the role."""
    return [one for one in offices() if group in holders(one, role)]
