"""The behaviour “Online-Dienst” of a form."""

from collective.easyform.api import get_actions
from collective.easyform.interfaces import IEasyForm
from collective.servicekonto.services.online_service import IOnlineService
from collective.servicekonto.services.online_service import IOnlineServiceForm
from collective.servicekonto.services.service import is_service
from plone import api
from tests.services.forms import SCRIPT
from zope.interface import Invalid
from zope.lifecycleevent import modified
import pytest


pytestmark = pytest.mark.usefixtures("integration")


def found(portal):
    """Return the titles that the catalog finds by the marker."""
    brains = api.content.find(portal, object_provides=IOnlineServiceForm)
    return [brain.Title for brain in brains]


def test_a_form_is_a_service_as_soon_as_its_editor_says_so(portal, new_service):
    form = new_service(is_online_service=False)
    assert IEasyForm.providedBy(form)
    assert not is_service(form)
    form.is_online_service = True
    modified(form)
    assert is_service(form)
    assert found(portal) == ["Hundesteuer anmelden"]


def test_a_service_becomes_a_form_again(portal, service):
    assert found(portal) == ["Hundesteuer anmelden"]
    service.is_online_service = False
    modified(service)
    assert not is_service(service)
    assert found(portal) == []


def test_outside_of_the_portal_no_form_is_a_service(site, new_service):
    assert not is_service(new_service(container=site))


def test_what_is_moved_out_of_the_portal_is_no_service_any_more(site, service):
    with api.env.adopt_roles(["Manager"]):
        moved = api.content.move(service, site)
        assert not is_service(moved)
        assert is_service(api.content.move(moved, site.buergerportal))


def test_a_copy_of_a_service_is_a_service(portal, service):
    with api.env.adopt_roles(["Manager"]):
        copy = api.content.copy(service, portal)
    assert is_service(copy)
    assert copy.UID() != service.UID()


def test_a_new_service_mails_nothing(service, new_service):
    assert list(get_actions(service)) == []
    plain = new_service(is_online_service=False)
    assert list(get_actions(plain)) == ["mailer"]


def test_an_action_that_the_editor_made_stays(new_service):
    assert list(get_actions(new_service(actions_model=SCRIPT))) == ["own_script"]


class Entries:
    """What an editor entered; a complete service unless changed."""

    is_online_service = True
    office = "office"
    audiences = frozenset({"account"})
    required_level = "niedrig"
    purpose = "Festsetzung der Hundesteuer"
    legal_basis = "§ 3 Hundesteuersatzung"

    def __init__(self, **changes):
        vars(self).update(changes)


def test_a_complete_service_is_accepted():
    IOnlineService.validateInvariants(Entries())


@pytest.mark.parametrize("name", ["office", "audiences", "purpose", "legal_basis"])
def test_a_service_says_who_gets_the_data_and_why(name):
    with pytest.raises(Invalid):
        IOnlineService.validateInvariants(Entries(**{name: None}))
    IOnlineService.validateInvariants(Entries(**{name: None}, is_online_service=False))


def test_who_applies_without_an_account_needs_no_level():
    both = frozenset({"account", "anonymous"})
    with pytest.raises(Invalid, match="without an account"):
        IOnlineService.validateInvariants(Entries(audiences=both))
    IOnlineService.validateInvariants(
        Entries(audiences=both, required_level="basisregistrierung")
    )
