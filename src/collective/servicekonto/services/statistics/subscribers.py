"""Decisions are counted when they are made."""

from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.rules import Actor
from collective.servicekonto.services.statistics import service
from typing import Any


def changed(event: Any) -> None:
    """An application may have been decided; what citizens take back is not."""
    if event.by == Actor.CITIZEN or not applications.is_decided(event.state):
        return
    if applications.is_decided(event.before):
        return
    application = event.application
    sent = day_of(moment_of(application.submitted))
    days = (day_of(event.now) - sent).days
    service.note_decided(application.service, days, event.now)
