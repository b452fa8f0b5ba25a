"""What runs in the sessions of citizens comes from those who may enter it."""

from collective.easyform.config import ACTIONS_DEFAULT
from collective.easyform.interfaces import IEasyForm
from collective.servicekonto.services.expressions import powers
from collective.servicekonto.services.service import is_service
from plone import api
from plone.restapi.interfaces import IFieldDeserializer
from tests.services.forms import field
from tests.services.forms import model
from tests.services.forms import SCRIPT
from zope.component import getMultiAdapter
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction


HARMLESS = model(field("vorname", "Vorname"))
CONDITION = HARMLESS.replace(
    'name="vorname"', 'name="vorname" easyform:depends_on="form.widgets.a=b"'
)
EXPRESSION = HARMLESS.replace(
    'name="vorname"', 'name="vorname" easyform:TDefault="python:request.cookies"'
)
NO_ACTIONS = model()


@pytest.mark.parametrize("name", ["TDefault", "TEnabled", "TValidator", "serverSide"])
def test_what_easyform_lets_few_people_enter_is_found(name):
    assert powers(EXPRESSION.replace("TDefault", name), NO_ACTIONS)


@pytest.mark.parametrize("harmless", [HARMLESS, CONDITION, "", "<model"])
def test_what_only_looks_is_left_alone(harmless):
    assert not powers(harmless, NO_ACTIONS)


def test_each_action_is_found():
    assert len(powers(HARMLESS, ACTIONS_DEFAULT)) == 1


def test_an_editor_cannot_add_an_expression_in_the_xml(service, editor):
    before = service.fields_model
    editor.opens("hundesteuer-anmelden/fields/@@modeleditor")
    editor.getControl(name="source").value = EXPRESSION
    editor.getControl(name="form.button.save").click()
    transaction.begin()
    assert service.fields_model == before
    assert "Only those who look after the website may add them" in editor.contents


def test_an_editor_cannot_add_an_action_in_the_xml(service, editor):
    before = service.actions_model
    editor.opens("hundesteuer-anmelden/actions/@@modeleditor")
    editor.getControl(name="source").value = SCRIPT
    editor.getControl(name="form.button.save").click()
    transaction.begin()
    assert service.actions_model == before


def test_an_editor_can_add_a_condition_in_the_xml(service, editor):
    editor.opens("hundesteuer-anmelden/fields/@@modeleditor")
    editor.getControl(name="source").value = CONDITION
    editor.getControl(name="form.button.save").click()
    transaction.begin()
    assert "depends_on" in service.fields_model


@pytest.mark.parametrize(
    ("name", "sent"), [("fields_model", EXPRESSION), ("actions_model", SCRIPT)]
)
def test_an_editor_cannot_add_them_through_rest(functional, service, name, sent):
    request = service.REQUEST
    deserialize = getMultiAdapter(
        (IEasyForm[name], service, request), IFieldDeserializer
    )
    with api.env.adopt_roles(["Editor"]), pytest.raises(ValueError, match="Only those"):
        deserialize(sent)
    with api.env.adopt_roles(["Manager"]):
        assert deserialize(sent) == sent


def test_a_form_with_an_expression_becomes_a_service_by_the_right_people_only(
    functional, new_service
):
    form = new_service(fields_model=EXPRESSION, is_online_service=False)
    form.is_online_service = True
    with api.env.adopt_roles(["Editor"]):
        notify(ObjectModifiedEvent(form))
    assert not is_service(form)
    assert not form.is_online_service
    form.is_online_service = True
    with api.env.adopt_roles(["Manager"]):
        notify(ObjectModifiedEvent(form))
    assert is_service(form)
