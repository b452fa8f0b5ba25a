"""Which services there are, and what is set there."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.services import brochures
from collective.servicekonto.services import service as services
from collective.servicekonto.services.settings import Audience
from DateTime import DateTime
from datetime import date
from datetime import timedelta
from plone import api
from plone.app.testing import logout
from plone.namedfile.file import NamedBlobFile
from tests.services.forms import field
from tests.services.forms import model
from z3c.relationfield import RelationValue
from zope.component import getUtility
from zope.intid.interfaces import IIntIds
import pytest
import transaction


pytestmark = pytest.mark.usefixtures("functional")


@pytest.fixture
def brochure(portal):
    """A file that applicants get."""
    with api.env.adopt_roles(["Manager"]):
        content = NamedBlobFile(b"%PDF-1.7", "application/pdf", "hunde.pdf")
        return api.content.create(portal, "File", title="Hunde", file=content)


def relation_to(content):
    """Return a relation as the widget makes it."""
    return RelationValue(getUtility(IIntIds).getId(content))


def test_settings_are_plain_values(new_service, office, brochure):
    form = new_service(
        audiences={"account", "anonymous"},
        required_level="basisregistrierung",
        checklist="Chipnummer des Hundes\n\n  Versicherung \n",
        fee="96 Euro im Jahr",
        open_until=date(2026, 12, 31),
        decision_days=14,
        brochures=[relation_to(brochure)],
        approved_days=30,
        rejected_days=None,
    )
    found = services.settings(form)
    assert found.office_id == office.UID()
    assert found.audiences == {Audience.ACCOUNT, Audience.ANONYMOUS}
    assert found.required_level is TrustLevel.BASIS
    assert found.purpose == "Festsetzung der Hundesteuer"
    assert found.checklist == ("Chipnummer des Hundes", "Versicherung")
    assert found.open_until == date(2026, 12, 31)
    assert found.retentions == {
        "approved": timedelta(days=30),
        "settled": timedelta(days=1095),
        "withdrawn": timedelta(days=90),
    }
    assert found.brochures == (brochure,)


def test_what_the_editor_left_alone_has_careful_defaults(service):
    found = services.settings(service)
    assert found.retentions["withdrawn"] == timedelta(days=90)
    assert found.retentions["approved"] == timedelta(days=1095)
    assert found.allows_uploads_later is True
    assert found.open_until is None


def test_an_office_that_is_gone_is_none(service, office):
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(office)
    assert services.settings(service).office_id == ""


def test_a_brochure_that_was_deleted_is_left_out(new_service, brochure):
    form = new_service(brochures=[relation_to(brochure)])
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(brochure, check_linkintegrity=False)
    assert services.settings(form).brochures == ()


def test_only_what_is_published_is_handed_out(new_service, brochure):
    form = new_service(brochures=[relation_to(brochure)])
    assert brochures.withheld(form) == ()
    brochure.manage_permission("View", ["Manager"], acquire=False)
    assert services.settings(form).brochures == ()
    assert brochures.withheld(form) == (brochure,)


def test_what_has_expired_is_not_handed_out(new_service, brochure):
    form = new_service(brochures=[relation_to(brochure)])
    brochure.expiration_date = DateTime() - 1
    assert services.settings(form).brochures == ()


def test_the_editor_sees_which_brochures_nobody_gets(
    new_service, brochure, editor, erika
):
    new_service(brochures=[relation_to(brochure)])
    brochure.manage_permission("View", ["Manager"], acquire=False)
    transaction.commit()
    editor.opens("hundesteuer-anmelden")
    assert "Citizens do not get these brochures" in editor.contents
    assert "Hunde" in editor.contents.partition("do not get these brochures")[2]
    erika.opens("hundesteuer-anmelden")
    assert "do not get these brochures" not in erika.contents


def test_a_confirmed_field_lifts_the_level_of_the_service(new_service):
    form = new_service(
        fields_model=model(
            field("name", "Name", attribute="family_name", level="hoch"),
            field("mail", "E-Mail", attribute="email", level="niedrig"),
        )
    )
    assert services.settings(form).required_level is TrustLevel.HIGH


def test_services_are_listed_by_title(portal, new_service):
    for title in ("Wohngeld", "abmelden", "Ummelden"):
        new_service(title=title)
    titles = [form.title for form in services.services_of(portal)]
    assert titles == ["abmelden", "Ummelden", "Wohngeld"]


def test_visitors_see_published_services_only(portal, new_service):
    hidden = new_service(title="Wohngeld")
    new_service(title="Ummelden")
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(hidden, "retract")
    logout()
    assert [form.title for form in services.services_of(portal)] == ["Ummelden"]


def test_a_service_is_found_by_its_uid(service):
    assert services.service_of(service.UID()) == service


def test_what_is_no_service_is_not_found(site, new_service, office):
    assert services.service_of("0" * 32) is None
    assert services.service_of(office.UID()) is None
    assert services.service_of(new_service(is_online_service=False).UID()) is None
    assert services.service_of(new_service(container=site).UID()) is None


def test_a_deleted_service_is_not_found(service):
    uid = service.UID()
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(service)
    assert services.service_of(uid) is None
