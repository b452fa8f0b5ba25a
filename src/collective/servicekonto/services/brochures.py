"""The files that a service hands out with the confirmation: those that are published."""

from AccessControl.PermissionRole import rolesForPermissionOn
from Acquisition import aq_base
from collections.abc import Iterator
from DateTime import DateTime
from Products.CMFCore.permissions import View
from typing import Any


_EVERYBODY = "Anonymous"


def published(form: Any) -> tuple[Any, ...]:
    """Return the files that everybody may read at present."""
    return tuple(one for one in _chosen(form) if _is_public(one))


def withheld(form: Any) -> tuple[Any, ...]:
    """Return the files that the editor chose and that are not published (any more)."""
    return tuple(one for one in _chosen(form) if not _is_public(one))


def _chosen(form: Any) -> Iterator[Any]:
    for relation in form.brochures or ():
        found = None if relation.isBroken() else relation.to_object
        if found is not None and hasattr(aq_base(found), "file"):
            yield found


def _is_public(content: Any) -> bool:
    is_visible = _EVERYBODY in rolesForPermissionOn(View, content)
    return is_visible and bool(content.isEffective(DateTime()))
