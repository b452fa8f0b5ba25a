"""Applications of a citizen as JSON."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.postbox.rest.shown import file
from collective.servicekonto.postbox.rest.shown import time
from collective.servicekonto.services.applications import scans
from collective.servicekonto.services.applications import service
from typing import Any


APPLICATIONS = "@servicekonto-own-applications"
APPLICATION = "@servicekonto-own-application"
FILE = "@servicekonto-own-application-file"


def listed(application: Any, level: TrustLevel) -> dict[str, Any]:
    """Return what a list shows of an application to a session of this level.

    Of one that is locked it is when it was sent, and to whom.
    """
    known = summary(application)
    if not service.is_locked(application, level):
        return known
    return known | {
        "locked": True,
        "service": "",
        "state": "",
        "decided": None,
        "due": None,
        "takes_documents": False,
        "can_be_withdrawn": False,
    }


def summary(application: Any) -> dict[str, Any]:
    """Return what is told of an application that is not locked."""
    state = service.state(application)
    return {
        "@id": link(get_portal(), f"{APPLICATION}/{application.id}"),
        "id": application.id,
        "number": application.number,
        "locked": False,
        "required_level": application.level,
        "service": application.title,
        "office": application.office_name,
        "submitted": time(application.submitted),
        "state": state,
        "decided": service.is_decided(state),
        "due": application.due or None,
        "takes_documents": service.takes_documents(application),
        "can_be_withdrawn": service.can_be_withdrawn(application),
    }


def whole(application: Any) -> dict[str, Any]:
    """Return an application with what was entered, and what happened to it."""
    paper = application.paper
    return summary(application) | {
        "purpose": application.purpose,
        "legal_basis": application.legal_basis,
        "kept_until": time(application.keep_until),
        "thread": application.thread or None,
        "answers": [one._asdict() for one in application.answers],
        "pdf": None if paper is None else _file(application, paper),
        "files": [
            _file(application, one.attachment)
            | {
                "field": one.field,
                "added": time(one.at),
                "scanned": scans.is_clear(one),
            }
            for one in application.files
        ],
        "timeline": [
            one._asdict() | {"at": time(one.at)} for one in service.steps(application)
        ],
    }


def _file(application: Any, attachment: Any) -> dict[str, Any]:
    address = f"{FILE}/{application.id}/{attachment.id}"
    return file(attachment, link(get_portal(), address))
