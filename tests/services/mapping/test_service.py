"""Which field of a form takes which attribute of the account."""

from collective.easyform.api import get_schema
from collective.easyform.api import set_fields
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.mapping import service as mapping
from collective.servicekonto.services.mapping.attributes import attribute_titles
from collective.servicekonto.services.mapping.mapped import Mapped
from plone.supermodel import loadString
from plone.supermodel.parser import SupermodelParseError
from tests.services.forms import field
from tests.services.forms import model
import pytest


pytestmark = pytest.mark.usefixtures("integration")


PROVEN = Mapped("name", "family_name", level=TrustLevel.HIGH)
STREET = Mapped("strasse", "address", "street")


@pytest.fixture
def form(new_service):
    """A form whose fields are not mapped yet."""
    return new_service(
        fields_model=model(
            field("name", "Familienname"),
            field("strasse", "Straße und Hausnummer"),
            hund=(field("rufname", "Name des Hundes"),),
        )
    )


def mapping_of(form):
    """Return the mapping as it is stored in the form."""
    return mapping.mapping_of(get_schema(form))


def test_the_mapping_is_read_from_the_model(service):
    assert mapping_of(service) == (
        Mapped("vorname", "given_names"),
        Mapped("strasse", "address", "street"),
    )


def test_a_mapping_is_kept_in_the_form(form):
    mapping.set_mapping(form, [STREET, PROVEN])
    assert mapping_of(form) == (PROVEN, STREET)
    assert PROVEN.proven
    assert not STREET.proven


def test_a_mapping_replaces_the_one_before(form):
    mapping.set_mapping(form, [PROVEN])
    mapping.set_mapping(form, [STREET])
    assert mapping_of(form) == (STREET,)


def test_a_field_that_the_form_lacks_is_left_out(form):
    mapping.set_mapping(form, [Mapped("gibtesnicht", "given_names")])
    assert mapping_of(form) == ()


def test_the_mapping_survives_that_easyform_saves_the_fields(form):
    mapping.set_mapping(form, [PROVEN])
    set_fields(form, get_schema(form))
    assert mapping_of(form) == (PROVEN,)


def test_a_level_that_does_not_exist_is_refused():
    typed = model(field("name", "Name", attribute="family_name", level="riesig"))
    with pytest.raises(SupermodelParseError, match="riesig"):
        loadString(typed)


def test_names_of_fields_suggest_attributes(form):
    assert mapping.suggest(form) == (
        Mapped("name", "family_name"),
        Mapped("strasse", "address", "street"),
        Mapped("rufname", "Hund", "name"),
    )


def test_what_is_mapped_already_is_not_suggested(form):
    mapping.set_mapping(form, [Mapped("rufname", "family_name")])
    assert [one.field for one in mapping.suggest(form)] == ["strasse"]


def test_an_attribute_is_suggested_once(new_service):
    form = new_service(
        fields_model=model(
            field("name", "Familienname"),
            zweite=(field("name2", "Familienname"),),
        )
    )
    assert [one.field for one in mapping.suggest(form)] == ["name"]


def test_files_and_labels_cannot_be_mapped(new_service):
    form = new_service(
        fields_model=model(
            field("vorname", "Vorname"),
            field("ausweis", "Ausweis", "file"),
            field("hinweis", "Hinweis", "label"),
            field("tag", "Tag", "date"),
        )
    )
    assert mapping.mappable(form) == {"vorname": "Vorname", "tag": "Tag"}


def test_everything_that_the_profile_asks_is_offered(portal):
    titles = attribute_titles("en")
    assert titles["given_names"] == "Given names"
    assert titles["address/postal_code"] == "Address: Postcode"
    assert titles["email"] == "E-mail address"
    assert titles["Hund/chip_number"].endswith(": Number of the chip")
    assert "address" not in titles


def test_what_the_webmaster_does_not_offer_cannot_be_chosen(portal):
    portal.row_types = ["Kind"]
    assert not [each for each in attribute_titles() if each.startswith("Hund/")]
