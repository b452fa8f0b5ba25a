"""The door to the services of the town: which there are, and what is set there."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.offices.service import query_office
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import query_portal
from collective.servicekonto.services import outlets
from collective.servicekonto.services.applications.rules import State
from collective.servicekonto.services.brochures import published
from collective.servicekonto.services.mapping.stored import levels
from collective.servicekonto.services.online_service import IOnlineServiceForm
from collective.servicekonto.services.settings import Audience
from collective.servicekonto.services.settings import Settings
from datetime import timedelta
from plone import api
from plone.app.uuid.utils import uuidToObject
from typing import Any


_LOWEST = TrustLevel.BASIS


def is_service(context: Any) -> bool:
    """Tell whether this is a form that citizens apply with."""
    return bool(IOnlineServiceForm.providedBy(context))


def settings(form: Any) -> Settings:
    """Return what the editor set for the service, as plain values.

    The level that is required is at least that of each mapped field: a session below
    it could not hand over what the form demands.
    """
    return Settings(
        office_id=_office_id(form),
        required_level=max(_chosen_level(form), *levels(form.fields_model), _LOWEST),
        audiences=frozenset(Audience(each) for each in form.audiences or ()),
        purpose=form.purpose or "",
        legal_basis=form.legal_basis or "",
        retentions=_retentions(form),
        allows_uploads_later=bool(form.allows_uploads_later),
        fee=form.fee or "",
        open_until=form.open_until,
        checklist=_lines(form.checklist or ""),
        brochures=published(form),
        decision_days=form.decision_days,
        has_outlet=bool(outlets.titles(form)),
    )


def has_services(portal: Any) -> bool:
    """Tell whether the present user sees a service below the portal."""
    return bool(_find(portal))


def services_of(portal: Any) -> list[Any]:
    """Return the services below the portal that the present user sees, by title."""
    forms = (brain.getObject() for brain in _find(portal))
    return sorted(forms, key=lambda form: form.title.casefold())


def service_of(uid: str) -> Any | None:
    """Return the service with this UID, or None where there is none (any more).

    Whether the present user may see it is not asked.
    """
    portal, form = query_portal(), uuidToObject(uid, unrestricted=True)
    if portal is None or form is None or not is_service(form):
        return None
    above = portal.getPhysicalPath()
    return form if form.getPhysicalPath()[: len(above)] == above else None


def page_of(form: Any, page: str = "") -> str:
    """Return a page of the service as a page below the portal (see portal.service.link)."""
    above = len(get_portal().getPhysicalPath())
    path = "/".join(form.getPhysicalPath()[above:])
    return f"{path}/{page}" if page else path


def way_back(form: Any) -> str:
    """Return the page of the portal that leads to the service, for the log-in."""
    return f"dienste?dienst={form.UID()}"


def _find(portal: Any) -> list[Any]:
    found: list[Any] = api.content.find(
        context=portal, object_provides=IOnlineServiceForm
    )
    return found


def _chosen_level(form: Any) -> TrustLevel:
    return TrustLevel(form.required_level) if form.required_level else _LOWEST


def _office_id(form: Any) -> str:
    chosen: str = form.office or ""
    return chosen if chosen and query_office(chosen) is not None else ""


def _retentions(form: Any) -> dict[str, timedelta]:
    days = {
        State.APPROVED: form.approved_days,
        State.REJECTED: form.rejected_days,
        State.SETTLED: form.settled_days,
        State.WITHDRAWN: form.withdrawn_days,
    }
    return {state: timedelta(days=each) for state, each in days.items() if each}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
