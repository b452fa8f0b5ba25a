"""Nothing that citizens enter leaves a service but as an application."""

from collective.easyform.api import get_actions
from collective.easyform.config import ACTIONS_DEFAULT
from collective.easyform.interfaces import IEasyForm
from collective.servicekonto.services import access
from collective.servicekonto.services import outlets
from collective.servicekonto.services.service import is_service
from collective.servicekonto.services.service import settings
from datetime import date
from plone import api
from plone.restapi.interfaces import IFieldDeserializer
from tests.postbox.desk.staff import Clerk
from tests.postbox.desk.staff import PASSWORD
from tests.services.forms import SAVER
from tests.services.forms import SCRIPT
from zope.component import getMultiAdapter
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction


MAILER = ACTIONS_DEFAULT.replace("E-Mails Form Input", "An das Archiv")


@pytest.fixture
def webmaster(functional, portal):
    """The browser of somebody who may do everything with forms."""
    with api.env.adopt_roles(["Manager"]):
        api.user.create("web@musterstadt.example", "webmaster", PASSWORD)
        api.user.grant_roles("webmaster", roles=["Manager"])
    transaction.commit()
    return Clerk(functional["app"], portal.absolute_url(), "webmaster")


@pytest.mark.parametrize("actions", [MAILER, SAVER])
def test_a_form_that_mails_or_saves_does_not_become_a_service(
    integration, new_service, actions
):
    form = new_service(actions_model=actions)
    assert not is_service(form)
    assert not form.is_online_service
    form.actions_model = SCRIPT
    form.is_online_service = True
    with api.env.adopt_roles(["Manager"]):
        notify(ObjectModifiedEvent(form))
    assert is_service(form)


@pytest.mark.parametrize("actions", [MAILER, SAVER])
def test_what_was_imported_closes_the_service(integration, service, actions):
    service.actions_model = actions
    found = access.way(settings(service), None, date(2026, 1, 1))
    assert found is access.Way.FAULTY
    assert len(outlets.titles(service)) == 1


def test_an_action_that_is_switched_off_does_no_harm(integration, service):
    off = "<required>False</required>"
    service.actions_model = SAVER.replace("</title>", f"</title>{off}")
    assert not settings(service).has_outlet


def test_nothing_else_closes_it(integration, service):
    service.actions_model = SCRIPT
    assert not settings(service).has_outlet
    service.actions_model = "<model"
    assert not settings(service).has_outlet


@pytest.mark.parametrize(
    "kind",
    ["collective.easyform.actions.SaveData", "collective.easyform.actions.Mailer"],
)
def test_a_webmaster_who_adds_one_is_told_and_it_stays_off(service, webmaster, kind):
    webmaster.opens("hundesteuer-anmelden/actions/@@add-action")
    title = {"SaveData": "Save Data", "Mailer": "Mailer"}[kind.rpartition(".")[2]]
    webmaster.getControl(name="form.widgets.title").value = "Sammlung"
    webmaster.getControl(name="form.widgets.__name__").value = "sammlung"
    webmaster.getControl(name="form.widgets.factory:list").displayValue = [title]
    webmaster.getControl(name="form.buttons.add").click()
    webmaster.opens("hundesteuer-anmelden/actions")
    assert "neither mails nor saves what citizens enter" in webmaster.contents
    transaction.begin()
    assert get_actions(service)["sammlung"].required is False


def test_a_webmaster_cannot_switch_one_on(service, webmaster):
    off = "<required>False</required>"
    service.actions_model = SAVER.replace("</title>", f"</title>{off}")
    transaction.commit()
    webmaster.opens("hundesteuer-anmelden/actions")
    webmaster.getControl(name="form.widgets.saver:list").value = ["selected"]
    webmaster.getControl("Save").click()
    assert "neither mails nor saves what citizens enter" in webmaster.contents
    transaction.begin()
    assert get_actions(service)["saver"].required is False


@pytest.mark.parametrize("actions", [MAILER, SAVER])
def test_nobody_adds_one_in_the_xml(service, webmaster, actions):
    before = service.actions_model
    webmaster.opens("hundesteuer-anmelden/actions/@@modeleditor")
    webmaster.getControl(name="source").value = actions
    webmaster.getControl(name="form.button.save").click()
    transaction.begin()
    assert service.actions_model == before
    assert "neither mails nor saves what citizens enter" in webmaster.contents


def test_nobody_adds_one_through_rest(functional, service):
    deserialize = getMultiAdapter(
        (IEasyForm["actions_model"], service, service.REQUEST), IFieldDeserializer
    )
    with api.env.adopt_roles(["Manager"]), pytest.raises(ValueError, match="neither"):
        deserialize(SAVER)


def test_the_fields_of_a_closed_service_can_still_be_changed(functional, service):
    service.actions_model = SAVER
    deserialize = getMultiAdapter(
        (IEasyForm["fields_model"], service, service.REQUEST), IFieldDeserializer
    )
    with api.env.adopt_roles(["Manager"]):
        assert deserialize(service.fields_model) == service.fields_model


def test_the_editor_sees_why_it_is_closed_and_the_citizen_that_it_is(
    service, editor, erika
):
    service.actions_model = SAVER
    transaction.commit()
    editor.opens("hundesteuer-anmelden")
    assert "Nobody can apply" in editor.contents
    assert "Antworten sammeln" in editor.contents
    erika.opens("hundesteuer-anmelden")
    assert "At the moment this service cannot be used." in erika.contents
    assert "Antworten sammeln" not in erika.contents
    erika.opens("hundesteuer-anmelden/ausfuellen")
    assert "This form cannot be sent at present" in erika.contents
