"""Somebody applies for a club or a company."""

from collective.easyform.api import get_schema
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.filling import organisations
from collective.servicekonto.services.filling.organisations import questions_of
from collective.servicekonto.store.service import get_store
from tests.services.filling.forms import add_service
from tests.services.filling.forms import FIELDS
from tests.services.filling.test_bad_luck import change
from zope.schema import getFieldNamesInOrder
import pytest


FOR, NAME = organisations.FOR, organisations.NAME
FUNCTION, REGISTER = organisations.FUNCTION, organisations.REGISTER
CLUB = {NAME: "Hundefreunde Musterstadt e. V.", FUNCTION: "Vorsitzende"}


@pytest.fixture
def audiences():
    """Who may apply; tests may say something else."""
    return {"account", "organisation"}


@pytest.fixture
def service(site, functional, office, audiences):
    """The registration of a dog, for organisations as well."""
    is_open = "anonymous" in audiences
    level = "basisregistrierung" if is_open else "niedrig"
    return add_service(site, office, audiences=audiences, required_level=level)


def answers():
    """Return the answers of the only application, by field."""
    [application_id] = get_store().applications
    return {one.field: one for one in applications.query(application_id).answers}


def goes_to_the_end(browser):
    """Answer the other pages, and send."""
    browser.goes_on()
    browser.types(dog_name="Rex")
    browser.chooses("race", "Dackel")
    browser.goes_on()
    browser.goes_on()
    browser.sends()


def test_the_chairwoman_applies_for_her_club(erika):
    erika.begins()
    erika.chooses_for("organisation")
    erika.types(**CLUB)
    goes_to_the_end(erika)
    found = answers()
    assert found[FOR].text == "for an organisation, such as a club or a company"
    assert found[NAME].text == "Hundefreunde Musterstadt e. V."
    assert found[NAME].label == "Name of the organisation"
    assert found[FUNCTION].text == "Vorsitzende"
    assert REGISTER not in found
    assert found["given_names"].text == "Erika"
    assert found["given_names"].origin
    assert list(found)[:3] == [FOR, NAME, FUNCTION]


def test_a_citizen_applies_for_herself(erika):
    erika.begins()
    erika.chooses_for("myself")
    goes_to_the_end(erika)
    found = answers()
    assert found[FOR].text == "for myself"
    assert not {NAME, FUNCTION, REGISTER} & set(found)


def test_for_whom_must_be_said(erika):
    erika.begins()
    erika.goes_on()
    assert f'href="#form-widgets-{FOR}-0"' in erika.contents
    assert f'href="#form-widgets-{NAME}"' not in erika.contents


def test_an_organisation_has_a_name(erika):
    erika.begins()
    erika.chooses_for("organisation")
    erika.goes_on()
    for name in (NAME, FUNCTION):
        assert f'href="#form-widgets-{name}"' in erika.contents
    assert f'href="#form-widgets-{REGISTER}"' not in erika.contents


def test_what_was_typed_for_an_organisation_is_not_sent_for_oneself(erika):
    erika.begins()
    erika.chooses_for("organisation")
    erika.types(**CLUB)
    erika.goes_on()
    erika.goes("zurueck")
    erika.chooses_for("myself")
    goes_to_the_end(erika)
    assert NAME not in answers()


def test_a_form_for_a_club_does_not_become_one_for_oneself(erika, service):
    erika.begins()
    erika.chooses_for("organisation")
    erika.types(**CLUB)
    erika.goes_on()
    erika.types(dog_name="Rex")
    erika.chooses("race", "Dackel")
    erika.goes_on()
    erika.goes_on()
    change(service, audiences={"account"})
    erika.sends()
    assert "have changed since you saw this page" in erika.contents
    assert len(get_store().applications) == 0


def test_the_service_says_that_organisations_can_apply(erika):
    erika.reads("")
    assert "You can also apply for an organisation" in erika.contents
    erika.opens("dienste")
    assert "You can also apply for an organisation" in erika.contents


def test_questions_of_the_editor_can_be_for_organisations_only(erika, service):
    only = f'easyform:depends_on="form.widgets.{FOR}={organisations.ORGANISATION}"'
    model = FIELDS.replace('<field name="born"', f'<field {only} name="born"')
    change(service, fields_model=model)
    erika.begins()
    erika.chooses_for("myself")
    erika.goes_on()
    assert "Geboren am" not in erika.contents
    erika.goes("zurueck")
    erika.chooses_for("organisation")
    erika.types(**CLUB)
    erika.goes_on()
    assert "Geboren am" in erika.contents


class TestOrganisationsOnly:
    """The form is for nobody else."""

    @pytest.fixture
    def audiences(self):
        return {"organisation"}

    def test_nobody_is_asked_for_whom(self, erika):
        erika.begins()
        assert "For whom do you apply?" not in erika.contents
        erika.types(**CLUB)
        goes_to_the_end(erika)
        assert answers()[NAME].text == CLUB[NAME]

    def test_who_acts_needs_an_account(self, new_browser, service):
        browser = new_browser()
        browser.begins()
        assert "anmelden" in browser.url

    def test_the_service_says_so(self, erika):
        erika.reads("")
        assert "It is for organisations, such as clubs and companies." in erika.contents


class TestWithoutAccount:
    """Everybody without account may apply, and organisations."""

    @pytest.fixture
    def audiences(self):
        return {"anonymous", "organisation"}

    def test_without_account_one_is_asked_for_whom(self, new_browser, service):
        browser = new_browser()
        browser.begins()
        assert "For whom do you apply?" in browser.contents

    def test_with_an_account_one_acts_for_an_organisation(self, erika):
        erika.begins()
        assert "For whom do you apply?" not in erika.contents
        assert erika.field(NAME).value == ""


@pytest.mark.parametrize("audiences", [{"account"}, {"account", "anonymous"}])
def test_other_forms_ask_nothing_more(service):
    assert next(iter(getFieldNamesInOrder(service_fields(service)))) == "given_names"


@pytest.mark.parametrize("model", ["", "<model", "<model/>"])
def test_a_form_with_a_broken_model_has_what_easyform_makes_of_it(service, model):
    service.fields_model = model
    of_easyform = getFieldNamesInOrder(get_schema(service))
    assert getFieldNamesInOrder(service_fields(service)) == of_easyform


def test_the_questions_speak_the_language_of_the_citizen(service):
    german = questions_of(service, True, "de")
    assert german[FOR].title == "Für wen stellen Sie den Antrag?"


def service_fields(form):
    """Return the fields as somebody with an account sees them."""
    return questions_of(form, True, "en")
