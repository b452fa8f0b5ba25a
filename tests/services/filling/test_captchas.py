"""What an editor asks to keep robots out is asked once for each application.

The add-ons of EasyForm that ask are not installed here. What stands for them takes its
answer from the request as they do: from inputs of its own, and each answer once.
"""

from collective.easyform.fields import NorobotCaptchaHandler
from collective.easyform.interfaces import IEasyForm
from collective.easyform.interfaces import IEasyFormForm
from collective.easyform.interfaces import INorobotCaptcha
from collective.servicekonto.store.service import get_store
from plone.supermodel.interfaces import IFieldExportImportHandler
from tests.services.filling.forms import add_service
from tests.services.filling.forms import FIELDS
from tests.services.filling.test_drafts import the_draft
from z3c.form.interfaces import IValidator
from z3c.form.validator import SimpleFieldValidator
from zope.component import getGlobalSiteManager
from zope.interface import Interface
from zope.interface import Invalid
import pytest
import transaction


TYPE = "collective.easyform.fields.NorobotCaptcha"
ASKING = FIELDS.replace(
    '<fieldset name="dog"',
    f'<field name="robot" type="{TYPE}"><title>Wie viel ist 1 + 1?</title></field>'
    '<fieldset name="dog"',
)
ANSWER = {"question_id": "q1", "form.widgets.robot": "2"}


class Validator(SimpleFieldValidator):
    """Knows one question."""

    asked = 0

    def validate(self, value):
        """Raise Invalid for anything but the answer."""
        super().validate(value)
        type(self).asked += 1
        if (self.request.form.get("question_id"), value) != ("q1", "2"):
            raise Invalid("Wrong answer")


@pytest.fixture
def service(site, office):
    """A form with a captcha on its first page."""
    registry = getGlobalSiteManager()
    wanted = (IEasyForm, Interface, IEasyFormForm, INorobotCaptcha, Interface)
    registry.registerUtility(NorobotCaptchaHandler, IFieldExportImportHandler, TYPE)
    registry.registerAdapter(Validator, wanted, IValidator)
    yield add_service(site, office, fields_model=ASKING)
    registry.unregisterAdapter(Validator, wanted, IValidator)
    registry.unregisterUtility(NorobotCaptchaHandler, IFieldExportImportHandler, TYPE)


def sent():
    """Return how many applications there are."""
    transaction.begin()
    return len(get_store().applications)


def fills_in_the_rest(browser):
    """Answer what must be answered behind the first page."""
    dog = {"form.widgets.dog_name": "Rex", "form.widgets.race:list": "Dackel"}
    browser.posts("ausfuellen", was="weiter", seite="2", **dog)


def test_who_goes_around_its_page_cannot_send(erika):
    erika.begins()
    fills_in_the_rest(erika)
    erika.reads("pruefen")
    assert "It keeps robots out" in erika.contents
    assert "ausfuellen?seite=1#formfield-form-widgets-robot" in erika.contents
    erika.sends()
    assert sent() == 0


def test_a_wrong_answer_leads_nowhere(erika, account):
    erika.begins()
    erika.posts(
        "ausfuellen", was="weiter", seite="1", **(ANSWER | {"question_id": "x"})
    )
    assert "Wrong answer" in erika.contents
    assert the_draft(account).solved == ()


def test_one_answer_is_enough_for_one_application(erika, account):
    erika.begins()
    erika.posts("ausfuellen", was="weiter", seite="1", **ANSWER)
    assert erika.step == "ausfuellen?seite=2"
    assert the_draft(account).solved == ("robot",)
    erika.reads("ausfuellen?seite=1")
    assert "Wie viel ist 1 + 1?" not in erika.contents
    asked = Validator.asked
    erika.goes_on()
    fills_in_the_rest(erika)
    erika.reads("pruefen")
    erika.sends()
    assert sent() == 1
    assert Validator.asked == asked


def test_the_next_application_needs_another_one(erika):
    erika.begins()
    erika.posts("ausfuellen", was="weiter", seite="1", **ANSWER)
    fills_in_the_rest(erika)
    erika.reads("pruefen")
    erika.sends()
    erika.begins()
    fills_in_the_rest(erika)
    erika.reads("pruefen")
    erika.sends()
    assert sent() == 1


def test_nothing_of_the_answer_is_kept(erika, account):
    erika.begins()
    erika.posts("ausfuellen", was="weiter", seite="1", **ANSWER)
    assert "form.widgets.robot" not in the_draft(account).entries


def test_saving_uses_up_no_answer(erika, account):
    erika.begins()
    asked = Validator.asked
    erika.saves_by_script(robot="2")
    erika.posts("ausfuellen", was="speichern", seite="1", **ANSWER)
    assert Validator.asked == asked
    assert the_draft(account).solved == ()
