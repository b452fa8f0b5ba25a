"""What citizens enter is not mailed around because nobody thought of it."""

from collective.easyform.api import get_actions
from collective.easyform.config import ACTIONS_DEFAULT
from plone import api
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
from zope.schema import getFieldNames
import pytest


pytestmark = pytest.mark.usefixtures("integration")


def actions(form):
    """Return the names of the form's actions."""
    return getFieldNames(get_actions(form))


def test_a_service_does_not_send_the_mail_of_a_new_form(service):
    assert actions(service) == []


def test_a_form_that_becomes_a_service_does_not_send_it_any_more(portal, new_service):
    form = new_service(is_online_service=False)
    assert actions(form) == ["mailer"]
    form.is_online_service = True
    notify(ObjectModifiedEvent(form))
    assert actions(form) == []


def test_what_the_editor_made_is_kept(new_service):
    own = ACTIONS_DEFAULT.replace(">Mailer<", ">Unser Fachverfahren<")
    assert own != ACTIONS_DEFAULT
    assert actions(new_service(actions_model=own)) == ["mailer"]


def test_a_form_elsewhere_is_left_alone(portal):
    with api.env.adopt_roles(["Manager"]):
        site = api.portal.get()
        form = api.content.create(site, "EasyForm", title="Kontakt")
    assert actions(form) == ["mailer"]
