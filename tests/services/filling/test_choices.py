"""A choice that must be made is made by the citizen, not by the order of a list."""

from tests.services.filling.forms import add_service
from tests.services.filling.forms import FIELDS
import pytest


# The required choice alone on its page, and one that need not be made.
OPTIONAL = """<field name="size" type="zope.schema.Choice">
  <title>Größe</title><required>False</required>
  <values><element>klein</element></values></field>"""


@pytest.fixture
def service(site, office):
    """The registration of a dog, with its size."""
    fields = FIELDS.replace('<field name="permit"', f'{OPTIONAL}<field name="permit"')
    return add_service(site, office, fields_model=fields)


def test_nothing_is_chosen_in_advance(erika):
    erika.begins()
    erika.goes_on()
    race, size = (erika.field(f"{name}:list") for name in ("race", "size"))
    assert race.displayOptions == ["Please choose", "Dackel", "Pitbull"]
    assert race.displayValue == ["Please choose"]
    assert size.displayOptions == ["not specified", "klein"]
    erika.types(dog_name="Rex")
    erika.goes_on()
    assert erika.contents.count('<a href="#form-widgets-') == 1
    assert 'href="#form-widgets-race"' in erika.contents
    assert "Please fill in this field." in erika.contents
    erika.chooses("race", "Dackel")
    erika.goes_on()
    assert erika.step == "ausfuellen?seite=3"


def test_what_was_chosen_stays_chosen(erika):
    erika.begins()
    erika.goes_on()
    erika.types(dog_name="Rex")
    erika.chooses("race", "Pitbull")
    erika.goes("speichern")
    assert erika.field("race:list").displayValue == ["Pitbull"]
