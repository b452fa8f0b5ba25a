"""The menu “State” speaks German."""

from plone import api
from plone.app.contentmenu.menu import WorkflowMenu
from plone.app.contentmenu.menu import WorkflowSubMenuItem
from zope.i18n import translate
import pytest


GERMAN = {
    "preparation": ("In Vorbereitung", {"Für die Registrierung öffnen"}),
    "open": (
        "Registrierung geöffnet",
        {"Registrierung schließen", "Zurück in die Vorbereitung"},
    ),
    "closed": (
        "Registrierung geschlossen",
        {"Für die Registrierung öffnen", "Zurück in die Vorbereitung"},
    ),
}


def german(text):
    """Translate as Plone's menu does: in the domain of Plone."""
    return translate(text, domain="plone", target_language="de")


@pytest.mark.parametrize("state", GERMAN)
def test_the_menu_is_german(integration, site, state):
    portal = site.buergerportal
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(portal, to_state=state)
        entries = WorkflowMenu("workflow").getMenuItems(portal, integration["request"])
        shown = WorkflowSubMenuItem(portal, integration["request"]).extra["stateTitle"]
        titles = {
            german(entry["title"])
            for entry in entries
            if entry["extra"]["id"].startswith("workflow-transition")
            and "advanced" not in entry["extra"]["id"]
            and "policy" not in entry["extra"]["id"]
        }
    assert (german(shown), titles) == GERMAN[state]


def test_the_messages_about_changes_are_german(integration, site):
    workflow = site.portal_workflow.buergerportal_workflow
    parts = [*workflow.states.objectValues(), *workflow.transitions.objectValues()]
    for part in parts:
        assert german(part.title) != part.title, part.title
