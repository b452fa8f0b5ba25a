"""The workflow of applications as the site's workflow tool has it."""

from collective.servicekonto import PACKAGE_NAME
from collective.servicekonto.services.applications.rules import ChangeRefused
from collective.servicekonto.services.applications.rules import State
from plone import api
from Products.CMFCore.WorkflowCore import WorkflowException
from typing import Any
from zope.i18nmessageid import Message
from zope.i18nmessageid import MessageFactory


TYPE_NAME = "Antrag"

_of_the_tool = MessageFactory(PACKAGE_NAME)


def begin(application: Any) -> None:
    """Put a new application into the first state."""
    _tool().notifyCreated(application)


def state(application: Any) -> str:
    """Return the state of an application that is wrapped in the portal."""
    found: str = api.content.get_state(application)
    return found


def possible(before: str) -> dict[str, str]:
    """Return which states can follow, each with the id of the transition."""
    workflow = _workflow()
    known = None if workflow is None else workflow.states.get(before)
    if workflow is None or known is None:
        return {}
    found = {one: workflow.transitions.get(one) for one in known.transitions}
    return {
        transition.new_state_id: name
        for name, transition in found.items()
        if transition is not None and transition.new_state_id
    }


def transition(application: Any, after: str) -> None:
    """Bring the application into the state. Raises ChangeRefused."""
    name = possible(state(application)).get(after)
    if name is None:
        raise ChangeRefused(after)
    try:
        _tool().doActionFor(application, name)
    except WorkflowException as error:
        raise ChangeRefused(after) from error


def states() -> list[str]:
    """Return all states, in the order of the tool; those that we know come first."""
    workflow = _workflow()
    found = [] if workflow is None else list(workflow.states)
    known = [one.value for one in State if one in found]
    return [*known, *(one for one in found if one not in known)]


def title(state: str) -> Message | str:
    """Return what the tool calls the state, to be translated."""
    workflow = _workflow()
    found = None if workflow is None else workflow.states.get(state)
    return state if found is None else _of_the_tool(found.title or state)


def _workflow() -> Any | None:
    """Return the first workflow of the type, None where it has none any more."""
    tool = _tool()
    for name in tool.getChainForPortalType(TYPE_NAME):
        return tool.getWorkflowById(name)
    return None


def _tool() -> Any:
    return api.portal.get_tool("portal_workflow")
