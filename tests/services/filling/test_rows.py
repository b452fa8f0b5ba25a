"""Of two dogs in the account, the citizen says which one the form is about."""

from collective.servicekonto.accounts import attributes
from collective.servicekonto.services.mapping.mapped import Mapped
from tests.services.filling.forms import add_service
from tests.services.filling.forms import MAPPING
from tests.services.filling.test_drafts import the_draft
from tests.services.filling.test_path import the_application
import pytest
import transaction


REX = {"name": "Rex", "chip_number": "111"}
WALDI = {"name": "Waldi", "chip_number": "222"}
HUND = (Mapped("dog_name", "Hund", "name"), Mapped("note", "Hund", "chip_number"))
QUESTION = "Which entry of"


@pytest.fixture
def service(site, office):
    """A form that asks for one dog."""
    return add_service(site, office, mapping=(*MAPPING, *HUND))


@pytest.fixture
def dogs(account, clock):
    """Let the account have these dogs."""

    def dogs(*rows):
        transaction.begin()
        attributes.type_in(account, "Hund", list(rows), clock())
        transaction.commit()

    return dogs


@pytest.fixture
def at_the_dog(erika, dogs):
    """Erika, who has two dogs, at the page that asks for one."""
    dogs(REX, WALDI)
    erika.begins()
    erika.reads("ausfuellen?seite=2")
    return erika


def keys(browser):
    """Return the answers that the page offers."""
    return browser.getControl(name="eintrag.Hund").options


def chooses(browser, number):
    """Choose an answer."""
    browser.getControl(name="eintrag.Hund").value = [keys(browser)[number]]


def test_one_dog_needs_no_question(erika, dogs):
    dogs(REX)
    erika.begins()
    erika.reads("ausfuellen?seite=2")
    assert QUESTION not in erika.contents
    assert erika.field("dog_name").value == "Rex"


def test_two_dogs_are_asked_for(at_the_dog):
    assert QUESTION in at_the_dog.contents
    assert "Waldi, 222" in at_the_dog.contents
    assert at_the_dog.field("dog_name").value == ""


def test_the_dog_that_is_chosen_fills_in_the_form(at_the_dog):
    chooses(at_the_dog, 1)
    at_the_dog.goes("eintrag")
    assert at_the_dog.step == "ausfuellen?seite=2"
    assert at_the_dog.field("dog_name").value == "Waldi"
    at_the_dog.reads("ausfuellen?seite=3")
    assert at_the_dog.field("note").value == "222"


def test_whoever_goes_on_at_once_sees_first_what_was_filled_in(at_the_dog):
    chooses(at_the_dog, 0)
    at_the_dog.goes_on()
    assert at_the_dog.step == "ausfuellen?seite=2"
    assert at_the_dog.field("dog_name").value == "Rex"
    at_the_dog.chooses("race", "Dackel")
    at_the_dog.goes_on()
    assert at_the_dog.step == "ausfuellen?seite=3"


def test_the_other_dog_takes_the_place_of_the_first(at_the_dog, account):
    for number in (0, 1):
        chooses(at_the_dog, number)
        at_the_dog.goes("eintrag")
    assert at_the_dog.field("dog_name").value == "Waldi"
    assert "form.widgets.dog_name" not in the_draft(account).entries


def test_none_of_them_leaves_what_was_typed(at_the_dog, account):
    chooses(at_the_dog, 0)
    at_the_dog.goes("eintrag")
    chooses(at_the_dog, 2)
    at_the_dog.types(dog_name="Bello")
    at_the_dog.goes("eintrag")
    assert at_the_dog.field("dog_name").value == "Bello"
    assert the_draft(account).chosen == {}


@pytest.mark.parametrize("name", ["eintrag.Hund", "eintrag.Hund:list"])
def test_nobody_chooses_a_dog_that_the_account_does_not_have(at_the_dog, account, name):
    forged = {name: "0123456789abcdef", "eintrag.given_names": "x"}
    at_the_dog.posts("ausfuellen", was="eintrag", seite="2", **forged)
    assert at_the_dog.field("dog_name").value == ""
    assert dict(the_draft(account).chosen) == {}


def test_what_was_changed_in_the_account_is_asked_for_again(at_the_dog, dogs):
    chooses(at_the_dog, 0)
    at_the_dog.goes("eintrag")
    dogs({**REX, "chip_number": "333"}, WALDI)
    at_the_dog.reads("ausfuellen?seite=2")
    assert at_the_dog.field("dog_name").value == ""
    assert at_the_dog.getControl(name="eintrag.Hund").value == [""]


def test_the_office_gets_the_one_that_was_chosen(at_the_dog):
    chooses(at_the_dog, 1)
    at_the_dog.goes("eintrag")
    at_the_dog.chooses("race", "Dackel")
    at_the_dog.goes_on()
    at_the_dog.goes_on()
    at_the_dog.sends()
    application = the_application()
    answers = {one.field: one for one in application.answers}
    assert answers["dog_name"].text == "Waldi"
    assert answers["dog_name"].origin
    assert "Rex" not in str(application.answers)


def test_what_is_kept_back_is_not_asked_for(erika, dogs, service):
    dogs(REX, WALDI)
    service.fields_model = service.fields_model.replace(
        "<title>Name des Hundes</title>",
        "<title>Name des Hundes</title><required>False</required>",
    )
    transaction.commit()
    erika.begins(angeboten=["Hund"], daten=[])
    erika.reads("ausfuellen?seite=2")
    assert QUESTION not in erika.contents
    assert "Waldi" not in erika.contents
