"""What somebody does who makes a service: added, filled, published, without a Manager."""

from collective.servicekonto.services.service import is_service
from collective.servicekonto.services.service import settings
from plone import api
from tests.services.forms import field
from tests.services.forms import model
import transaction


FORM = model(field("vorname", "Vorname", attribute="given_names"))


def test_an_editor_makes_a_service(portal, office, editor):
    transaction.commit()
    editor.opens("++add++EasyForm")
    editor.getControl(name="form.widgets.IDublinCore.title").value = "Wohngeld"
    editor.getControl(
        name="form.widgets.IOnlineService.is_online_service:list"
    ).value = ["selected"]
    editor.getControl(name="form.widgets.IOnlineService.office:list").value = [
        office.UID()
    ]
    editor.getControl(name="form.widgets.IOnlineService.purpose").value = "Wohngeld"
    editor.getControl(name="form.widgets.IOnlineService.legal_basis").value = "WoGG"
    editor.getControl(name="form.buttons.save").click()
    assert "Citizens do not see this service yet" in editor.contents
    transaction.begin()
    form = portal["wohngeld"]
    assert is_service(form)
    assert settings(form).office_id == office.UID()
    assert settings(form).retentions["withdrawn"].days == 90

    editor.opens("wohngeld/fields/@@modeleditor")
    editor.getControl(name="source").value = FORM
    editor.getControl(name="form.button.save").click()
    transaction.begin()
    assert "given_names" in form.fields_model
    with api.env.adopt_user("redaktion"):
        api.content.transition(form, "publish")
    assert api.content.get_state(form) == "published"
    transaction.commit()
    editor.opens("wohngeld")
    assert "You see the page as citizens see it" in editor.contents
    assert "Citizens do not see this service yet" not in editor.contents


def test_an_editor_sees_the_service_under_another_address(service, portal, editor):
    portal.public_url = "https://www.musterstadt.example/buergerportal"
    transaction.commit()
    editor.opens("hundesteuer-anmelden")
    assert editor.status == 200
    assert "You see the page as citizens see it" in editor.contents
    assert "/hundesteuer-anmelden/zuordnung" in editor.contents


def test_a_service_that_is_not_complete_is_not_saved(portal, office, editor):
    transaction.commit()
    editor.opens("++add++EasyForm")
    editor.getControl(name="form.widgets.IDublinCore.title").value = "Wohngeld"
    editor.getControl(
        name="form.widgets.IOnlineService.is_online_service:list"
    ).value = ["selected"]
    editor.getControl(name="form.buttons.save").click()
    assert "Please choose the responsible office" in editor.contents
    assert "Please enter for what purpose" in editor.contents
    assert "Please enter the legal basis" in editor.contents
    transaction.begin()
    assert "wohngeld" not in portal


def test_the_model_editor_refuses_a_level_that_does_not_exist(service, editor):
    transaction.commit()
    editor.opens("hundesteuer-anmelden/fields/@@modeleditor")
    editor.getControl(name="source").value = FORM.replace(
        'attribute="given_names"', 'attribute="given_names" servicekonto:level="riesig"'
    )
    editor.getControl(name="form.button.save").click()
    transaction.begin()
    assert "riesig" not in service.fields_model
