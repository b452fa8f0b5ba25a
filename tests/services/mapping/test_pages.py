"""How an editor says which field takes which attribute. No Manager is needed."""

from collective.easyform.api import get_schema
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.mapping import service as mapping
from collective.servicekonto.services.mapping.mapped import Mapped
from plone.testing.zope import Browser
from tests.services.forms import field
from tests.services.forms import model
import pytest
import transaction


FORM = model(
    field("name", "Familienname", required=True),
    field("strasse", "Straße und Hausnummer"),
    field("ausweis", "Ausweis", "file"),
    hund=(field("rufname", "Name des Hundes"),),
)


@pytest.fixture
def form(new_service):
    """A service whose fields are not mapped yet."""
    found = new_service(fields_model=FORM)
    transaction.commit()
    return found


def mapping_of(form):
    """Return the mapping as it was committed."""
    transaction.begin()
    return mapping.mapping_of(get_schema(form))


def choose(browser, number, source=None, level=None):
    """Choose in a row of the table."""
    for column, value in (("source", source), ("level", level)):
        if value is not None:
            name = f"rows.{number}.widgets.{column}:list"
            browser.getControl(name=name).value = [value]


def test_suggestions_are_shown_first_and_saved_then(form, editor):
    editor.opens("hundesteuer-anmelden/zuordnung")
    editor.presses("suggest")
    assert "nothing is saved yet" in editor.contents
    assert editor.contents.count(">Suggestion<") == 3
    assert mapping_of(form) == ()
    editor.presses("save")
    assert editor.page == "zuordnung"
    assert "It is saved" in editor.contents
    assert mapping_of(form) == (
        Mapped("name", "family_name"),
        Mapped("strasse", "address", "street"),
        Mapped("rufname", "Hund", "name"),
    )


def test_a_value_that_must_be_confirmed(form, editor):
    editor.opens("hundesteuer-anmelden/zuordnung")
    choose(editor, 0, "family_name", "hoch")
    editor.presses("save")
    assert mapping_of(form) == (Mapped("name", "family_name", level=TrustLevel.HIGH),)
    editor.opens("hundesteuer-anmelden/zuordnung")
    choose(editor, 0, level="--NOVALUE--")
    editor.presses("save")
    assert mapping_of(form) == (Mapped("name", "family_name"),)


def test_nobody_demands_a_proof_that_does_not_exist(form, editor):
    editor.opens("hundesteuer-anmelden/zuordnung")
    choose(editor, 2, "Hund/name", "hoch")
    editor.presses("save")
    assert "This can only be typed" in editor.contents
    assert 'href="#rufname-row"' in editor.contents
    assert mapping_of(form) == ()


def test_files_are_not_in_the_table(form, editor):
    editor.opens("hundesteuer-anmelden/zuordnung")
    assert 'id="rufname-row"' in editor.contents
    assert 'id="ausweis-row"' not in editor.contents


def test_a_field_that_was_added_meanwhile_keeps_its_mapping(form, editor):
    editor.opens("hundesteuer-anmelden/zuordnung")
    choose(editor, 0, "family_name")
    form.fields_model = model(
        field("name", "Familienname"),
        field("neu", "Vorname", attribute="given_names"),
    )
    transaction.commit()
    editor.presses("save")
    assert mapping_of(form) == (
        Mapped("name", "family_name"),
        Mapped("neu", "given_names"),
    )


def test_visitors_and_citizens_cannot_change_the_mapping(form, functional, erika):
    address = f"{form.absolute_url()}/zuordnung"
    visitor = Browser(functional["app"])
    visitor.raiseHttpErrors = False
    for browser in (visitor, erika):
        browser.open(address)
        assert "servicekonto-form" not in browser.contents


def test_a_form_that_is_no_service_has_no_table(new_service, editor):
    new_service(is_online_service=False)
    transaction.commit()
    editor.opens("hundesteuer-anmelden/zuordnung")
    assert editor.status == 404


class TestEasyFormsOwnEditor:
    """The settings of a field, as EasyForm shows them."""

    SOURCE = "form.widgets.IMappedField.source:list"
    LEVEL = "form.widgets.IMappedField.level:list"

    def open(self, editor, name):
        """Open the settings of a field."""
        editor.opens(f"hundesteuer-anmelden/fields/{name}")

    def save(self, editor):
        """Press “Save”."""
        editor.getControl(name="form.buttons.save").click()

    def test_a_field_names_its_attribute(self, form, editor):
        self.open(editor, "strasse")
        editor.getControl(name=self.SOURCE).value = ["address/street"]
        self.save(editor)
        assert mapping_of(form) == (Mapped("strasse", "address", "street"),)

    def test_a_field_demands_a_proof(self, form, editor):
        self.open(editor, "name")
        editor.getControl(name=self.SOURCE).value = ["family_name"]
        editor.getControl(name=self.LEVEL).value = ["hoch"]
        self.save(editor)
        (mapped,) = mapping_of(form)
        assert mapped.proven
        self.open(editor, "name")
        assert editor.getControl(name=self.SOURCE).value == ["family_name"]
        assert editor.getControl(name=self.LEVEL).value == ["hoch"]

    def test_a_mapping_is_taken_away(self, service, editor):
        transaction.commit()
        self.open(editor, "vorname")
        editor.getControl(name=self.SOURCE).value = ["--NOVALUE--"]
        self.save(editor)
        assert [one.field for one in mapping_of(service)] == ["strasse"]

    def test_a_proof_that_does_not_exist_is_refused(self, form, editor):
        self.open(editor, "rufname")
        editor.getControl(name=self.SOURCE).value = ["Hund/name"]
        editor.getControl(name=self.LEVEL).value = ["niedrig"]
        self.save(editor)
        assert "This can only be typed" in editor.contents
        assert mapping_of(form) == ()

    def test_a_file_has_no_attribute(self, form, editor):
        self.open(editor, "ausweis")
        assert self.SOURCE not in editor.contents

    def test_a_form_that_is_no_service_has_none_either(self, new_service, editor):
        new_service(is_online_service=False, fields_model=FORM)
        transaction.commit()
        self.open(editor, "name")
        assert "form.buttons.save" in editor.contents
        assert self.SOURCE not in editor.contents
