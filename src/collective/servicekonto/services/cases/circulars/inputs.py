"""The inputs of a circular."""

from collective.servicekonto import _
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.services import service as services
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.cases import inbox
from plone.supermodel import model
from typing import Any
from zope import schema
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


OPEN = "offen"
ALL = "alle"


def services_of(office: Any) -> dict[str, str]:
    """Return the titles of the office's services by their UIDs."""
    found = services.services_of(get_portal())
    own = office.UID()
    return {
        form.UID(): form.title
        for form in found
        if services.settings(form).office_id == own
    }


def states_of(chosen: str) -> tuple[str, ...]:
    """Return the states that were chosen, none for what cannot be chosen."""
    if chosen == OPEN:
        return tuple(inbox.open_states())
    known = applications.states()
    return tuple(known if chosen == ALL else [one for one in known if one == chosen])


def service_vocabulary(office: Any) -> SimpleVocabulary:
    """Return the services of the office."""
    found = services_of(office).items()
    return SimpleVocabulary([SimpleTerm(uid, uid, title) for uid, title in found])


def state_vocabulary(_office: Any) -> SimpleVocabulary:
    """Return the states that can be chosen."""
    choices = {OPEN: _("All that are open"), ALL: _("All, also decided ones")} | {
        one: applications.title(one) for one in applications.states()
    }
    return SimpleVocabulary(
        [SimpleTerm(value, value, title) for value, title in choices.items()]
    )


class ICircular(model.Schema):
    """What a clerk enters for a message to all applicants of a service."""

    service = schema.Choice(
        title=_("Service"),
        description=_("All who applied with it get the message, each once."),
        vocabulary="collective.servicekonto.OfficeServices",
        required=False,
    )
    states = schema.Choice(
        title=_("Applications"),
        vocabulary="collective.servicekonto.ApplicationStates",
        default=OPEN,
    )
    subject = schema.TextLine(title=_("Subject"), required=False)
    text = schema.Text(
        title=_("Text"),
        description=_("The signature of your office is put below."),
        required=False,
    )
    reply_until = schema.TextLine(
        title=_("The citizens can answer until (optional)"),
        description=_("The last day. Without it they cannot answer."),
        required=False,
    )
