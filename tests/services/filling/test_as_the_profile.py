"""What is typed for an attribute of the account is checked as in the profile."""

from collective.servicekonto.accounts import attributes
from collective.servicekonto.selfservice.profile import service as profile
from collective.servicekonto.services.mapping.mapped import Mapped
from tests.services.filling.forms import add_service
from tests.services.filling.forms import FIELDS
from tests.services.filling.forms import MAPPING
from tests.services.filling.test_path import the_application
import pytest
import transaction


def line(name):
    """Return a line that need not be filled in."""
    return (
        f'<field name="{name}" type="zope.schema.TextLine"><title>{name}</title>'
        "<required>False</required></field>"
    )


NAMES = ("iban", "email", "plz", "ort", "land", "birth")
WITH_MORE = FIELDS.replace(
    '<fieldset name="dog"', "".join(map(line, NAMES)) + '<fieldset name="dog"'
)
MORE = (
    *MAPPING,
    Mapped("iban", "Bankverbindung", "iban"),
    Mapped("email", "email"),
    Mapped("plz", "address", "postal_code"),
    Mapped("ort", "address", "city"),
    Mapped("land", "address", "country"),
    Mapped("birth", "date_of_birth"),
)
WRONG_IBAN = "This IBAN is not correct"
WRONG_POSTCODE = "A German postcode has five digits"
LINK = 'href="#form-widgets-{}"'


@pytest.fixture
def service(site, office):
    """A form that asks for what an account knows."""
    return add_service(site, office, fields_model=WITH_MORE, mapping=MORE)


@pytest.mark.parametrize(
    ("name", "entry", "message"),
    [
        ("iban", "DE00 1234", WRONG_IBAN),
        ("email", "erika@", "Please enter a complete e-mail address"),
        ("plz", "1234", WRONG_POSTCODE),
        ("plz", "?", "Please enter a postcode of at most 12 characters"),
        ("telephone", "none of your business", "Please enter a telephone number"),
        ("birth", "31.2.1950", "This day does not exist"),
        ("family_name", "<b>", "The name contains the character"),
    ],
)
def test_what_the_profile_refuses_is_refused(erika, name, entry, message):
    erika.begins()
    erika.types(**{name: entry})
    erika.goes_on()
    assert erika.step == "ausfuellen"
    assert message in erika.contents
    assert erika.contents.count('<a href="#form-widgets-') == 1
    assert LINK.format(name) in erika.contents
    assert erika.field(name).value == entry
    erika.reads("pruefen")
    assert "Please correct this before you send the form" in erika.contents
    assert message in erika.contents


def test_what_the_profile_takes_is_taken(erika):
    erika.begins()
    erika.types(
        iban="DE89 3704 0044 0532 0130 00",
        email="erika@example.org",
        plz="12345",
        telephone="+49 30 123456",
        birth="1950",
    )
    erika.goes_on()
    assert erika.step == "ausfuellen?seite=2"


@pytest.mark.parametrize("country", ["Austria", "AT"])
def test_the_country_of_the_form_decides_about_the_postcode(erika, country):
    erika.begins()
    erika.types(plz="1010", land=country)
    erika.goes_on()
    assert erika.step == "ausfuellen?seite=2"


def test_so_does_the_country_of_the_account(erika, account, clock):
    transaction.begin()
    vienna = {
        "street": "Ring 1",
        "postal_code": "1010",
        "city": "Wien",
        "country": "AT",
    }
    attributes.type_in(account, "address", vienna, clock())
    transaction.commit()
    erika.begins()
    erika.types(plz="1020")
    erika.goes_on()
    assert erika.step == "ausfuellen?seite=2"


def test_what_the_account_says_is_not_judged_again(erika, account, clock):
    transaction.begin()
    attributes.type_in(account, "telephone", "ask my neighbour", clock())
    transaction.commit()
    erika.begins()
    erika.goes_on()
    assert erika.step == "ausfuellen?seite=2"


def test_what_the_profile_does_not_take_stops_nothing(erika, account, clock):
    transaction.begin()
    old = {"street": "Weg 1", "postal_code": "1", "city": "Bonn", "country": ""}
    attributes.type_in(account, "address", old, clock())
    transaction.commit()
    erika.begins()
    erika.types(ort="Köln", given_names="Erika Maria")
    erika.goes_on()
    erika.types(dog_name="Rex")
    erika.chooses("race", "Dackel")
    erika.goes_on()
    erika.goes_on()
    erika.getControl(name="profil").value = True
    erika.sends()
    said = {one.field: one.text for one in the_application().answers}
    assert said["ort"] == "Köln"
    assert attributes.attribute(account, "address").value == old
    assert attributes.attribute(account, "given_names").value == "Erika Maria"


def test_people_without_account_are_told_the_same(site, office, new_browser):
    add_service(
        site,
        office,
        fields_model=WITH_MORE,
        mapping=MORE,
        audiences={"anonymous"},
        required_level="basisregistrierung",
    )
    somebody = new_browser()
    somebody.begins()
    somebody.types(given_names="Max", family_name="Muster", iban="DE1")
    somebody.goes_on()
    assert WRONG_IBAN in somebody.contents


def test_every_attribute_is_asked_the_address_for_mail_too(functional, site):
    names = [one.name for one in profile.every_attribute()]
    assert names[-1] == "email"
    assert len(names) == len(set(names))
