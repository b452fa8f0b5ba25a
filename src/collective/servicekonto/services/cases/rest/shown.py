"""Applications as JSON."""

from collective.servicekonto.postbox.rest.shown import file
from collective.servicekonto.postbox.rest.shown import time
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.cases import service
from collective.servicekonto.services.cases.service import Case
from typing import Any


def summary(application: Any, address: str) -> dict[str, Any]:
    """Return what a list shows of an application: nothing of what was entered."""
    return {
        "@id": address,
        "id": application.id,
        "number": application.number,
        "service": application.title,
        "service_id": application.service,
        "state": applications.state(application),
        "submitted": time(application.submitted),
        "due": application.due or None,
    }


def whole(case: Case, address: str) -> dict[str, Any]:
    """Return an application with all that was entered and what happened to it."""
    application = case.application
    return summary(application, address) | {
        "version": case.version,
        "purpose": application.purpose,
        "legal_basis": application.legal_basis,
        "email": application.email,
        "has_postbox": applications.query_citizen(application) is not None,
        "answers": [one._asdict() for one in application.answers],
        "files": [
            file(one.attachment, f"{address}/{one.attachment.id}")
            | {"field": one.field, "added": time(one.at)}
            for one in application.files
        ],
        "has_pdf": application.paper is not None,
        "timeline": [
            one._asdict() | {"at": time(one.at)}
            for one in applications.steps(application)
        ],
        "possible_states": service.possible_changes(case),
    }
