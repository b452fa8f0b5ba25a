"""What the account says stands in the form, and what is proven stays as it is."""

from collective.servicekonto.accounts import attributes
from collective.servicekonto.dataaccess import log
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.mapping.mapped import Mapped
from tests.factories import ADDRESS
from tests.services.filling.forms import add_service
from tests.services.filling.forms import FIELDS
from tests.services.filling.forms import MAPPING
from tests.services.filling.test_path import the_application
import pytest
import transaction


EMAIL = '<field name="email" type="zope.schema.TextLine"><title>E-Mail</title></field>'
WITH_EMAIL = FIELDS.replace('<fieldset name="dog"', f'{EMAIL}<fieldset name="dog"')
PROVEN = (*MAPPING, Mapped("email", "email", "", TrustLevel.LOW))


@pytest.fixture
def service(site, office):
    """A form that demands a confirmed e-mail address."""
    return add_service(site, office, fields_model=WITH_EMAIL, mapping=PROVEN)


def answers():
    """Return the answers of the only application, by field."""
    return {one.field: one for one in the_application().answers}


def test_what_the_account_says_stands_in_the_form_with_its_origin(erika):
    erika.begins()
    assert erika.field("family_name").value == "Mustermann"
    assert "From your account" in erika.contents


def test_a_proven_value_has_no_input(erika):
    erika.begins()
    assert ADDRESS in erika.contents
    assert "confirmed by the link in our e-mail" in erika.contents
    assert 'name="form.widgets.email"' not in erika.contents


def test_a_forged_proven_value_does_not_count(erika, account):
    erika.begins()
    forged = {"form.widgets.email": "mallory@example.org"}
    erika.posts("ausfuellen", was="weiter", seite="1", **forged)
    [(_uid, draft)] = drafts.all_of(account.id)
    assert "mallory" not in str(dict(draft.entries))
    erika.fills_in_everything()
    key = erika.getControl(name="s").value
    seen = erika.getControl(name="stand").value
    erika.posts("pruefen", s=key, stand=seen, **forged)
    assert answers()["email"].text == ADDRESS
    assert answers()["email"].origin == "niedrig:link"


def test_who_wants_to_say_something_else_types_it(erika, account):
    erika.begins()
    erika.types(given_names="Erika Maria")
    erika.goes_on()
    erika.types(dog_name="Rex")
    erika.chooses("race", "Dackel")
    erika.goes_on()
    erika.goes_on()
    erika.sends()
    assert answers()["given_names"].text == "Erika Maria"
    assert answers()["given_names"].origin == ""
    assert answers()["family_name"].origin == "basisregistrierung:eingabe"
    [transfer] = log.transfers(account.id)
    assert "given_names" not in dict(transfer.attributes)


def test_what_was_left_as_it_was_follows_the_account(erika, account, clock):
    erika.begins()
    erika.goes_on()
    attributes.type_in(account, "family_name", "Musterfrau", clock())
    transaction.commit()
    erika.reads("ausfuellen?seite=1")
    assert erika.field("family_name").value == "Musterfrau"


def test_an_optional_attribute_can_be_kept_back(erika, account, clock):
    attributes.type_in(account, "telephone", "030 1234", clock())
    transaction.commit()
    erika.begins(angeboten=["telephone"], daten=[])
    assert erika.field("telephone").value == ""
    erika.fills_in_everything()
    erika.sends()
    assert "telephone" not in answers()


def test_an_attribute_that_the_form_demands_cannot_be_kept_back(erika):
    erika.begins(angeboten=["family_name", "email"], daten=[])
    assert erika.field("family_name").value == "Mustermann"
    assert ADDRESS in erika.contents


def test_a_link_fills_in_nothing(erika):
    erika.begins()
    erika.reads("ausfuellen?seite=1&form.widgets.given_names=Mallory")
    assert erika.field("given_names").value == "Erika"
    erika.reads("ausfuellen?seite=1&form.widgets.telephone=666")
    assert erika.field("telephone").value == ""


def test_a_link_of_another_site_leads_to_the_draft_all_the_same(erika):
    erika.begins()
    erika.types(telephone="030 1234")
    erika.goes_on()
    erika.addHeader("Referer", "https://example.org/")
    erika.reads("ausfuellen?seite=1")
    assert erika.field("telephone").value == "030 1234"


def test_what_was_typed_can_be_kept_in_the_profile(erika, account):
    erika.begins()
    erika.types(telephone="030 1234")
    erika.goes_on()
    erika.types(dog_name="Rex")
    erika.chooses("race", "Dackel")
    erika.goes_on()
    erika.goes_on()
    erika.getControl(name="profil").value = True
    erika.sends()
    assert attributes.attribute(account, "telephone").value == "030 1234"


def test_without_the_tick_the_profile_stays_as_it_is(erika, account):
    erika.begins()
    erika.types(telephone="030 1234")
    erika.goes_on()
    erika.types(dog_name="Rex")
    erika.chooses("race", "Dackel")
    erika.goes_on()
    erika.goes_on()
    erika.sends()
    assert attributes.attribute(account, "telephone") is None


class TestSubstantial:
    """A form that demands more than the account can prove."""

    @pytest.fixture
    def service(self, site, office):
        """A form that demands a name as the card says it."""
        proven = Mapped("family_name", "family_name", "", TrustLevel.HIGH)
        return add_service(site, office, mapping=(proven,))

    def test_nobody_begins_below_the_level(self, erika):
        erika.begins()
        assert erika.headers["status"].startswith("403")
        assert "Please confirm first who you are" in erika.contents
