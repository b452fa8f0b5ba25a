"""Installing, uninstalling and erasing."""

from collective.servicekonto.accounts.install import PLUGIN_ID
from collective.servicekonto.accounts.service import is_active
from collective.servicekonto.accounts.service import is_plus
from collective.servicekonto.accounts.service import upgrade
from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.selfservice.deletion import inactivity
from collective.servicekonto.selfservice.profile.rows import ROW_CLASS
from collective.servicekonto.store.service import query_store
from collective.servicekonto.testing import add_portal
from plone import api
from plone.app.testing import login
from plone.app.testing import logout
from plone.app.testing import SITE_OWNER_NAME
from plone.app.viewletmanager.interfaces import IViewletSettingsStorage
from plone.base.utils import get_installer
from plone.browserlayer.utils import registered_layers
from plone.dexterity.fti import DexterityFTI
from Products.CMFPlone.factory import addPloneSite
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from tests.factories import active_account
from tests.factories import pending_account
from zope.component import getUtility
from zope.component.hooks import getSite
from zope.component.hooks import setSite
from zope.event import notify
from zope.traversing.interfaces import BeforeTraverseEvent
import pytest


PROFILE = "collective.servicekonto:default"
BEHAVIOR = "collective.servicekonto.online_service"
CAP = "collective.servicekonto.inactivity_mail_cap"
EID = "collective.servicekonto.eid."
FOUR_EYES = "collective.servicekonto.counter_four_eyes"
PER_DAY = "collective.servicekonto.answers_per_day"


@pytest.fixture
def site(integration, clock):
    """A site of its own, with content, in which the add-on is not installed yet."""
    application = integration["app"]
    before = getSite()
    login(application, SITE_OWNER_NAME)
    addPloneSite(
        application,
        "fresh",
        setup_content=False,
        extension_ids=(
            "plone.app.contenttypes:default",
            "collective.easyform:default",
            "plone.restapi:default",
            "plonetheme.barceloneta:default",
        ),
    )
    site = application["fresh"]
    setSite(site)
    site.portal_workflow.setDefaultChain("simple_publication_workflow")
    rathaus = api.content.create(site, "Document", "rathaus", title="Rathaus")
    api.content.transition(rathaus, "publish")
    yield site
    setSite(before)
    logout()


def traces(site) -> dict:
    """Return all that installing may leave behind."""
    return {
        "actions": sorted(site.portal_actions.object_buttons.objectIds()),
        "behaviors": site.portal_types.EasyForm.behaviors,
        "types": sorted(site.portal_types.objectIds()),
        "workflows": sorted(site.portal_workflow.objectIds()),
        "chains": sorted(site.portal_workflow.listChainOverrides()),
        "records": sorted(site.portal_registry.records.keys()),
        "plugins": sorted(site.acl_users.objectIds()),
        "roles": sorted(site.valid_roles()),
        "managed roles": sorted(site.acl_users.portal_role_manager.listRoleIds()),
        "configlets": sorted(a.id for a in site.portal_controlpanel.listActions()),
        "header": _header(),
        "content": sorted(site.objectIds()),
        "layers": [
            layer for layer in registered_layers() if layer is IServicekontoLayer
        ],
    }


def _header() -> tuple:
    storage = getUtility(IViewletSettingsStorage)
    return storage.getOrder("plone.portalheader", "Plone Default")


def install(site):
    """Install as the add-ons control panel does."""
    site.portal_setup.runAllImportStepsFromProfile(f"profile-{PROFILE}")


def uninstall(site):
    """Uninstall as the add-ons control panel does."""
    site.portal_setup.runAllImportStepsFromProfile(
        "profile-collective.servicekonto:uninstall"
    )


def test_installing_adds_types_plugin_and_control_panel(site):
    install(site)
    assert {"Buergerportal", "Servicekonto"} <= set(site.portal_types.objectIds())
    assert PLUGIN_ID in site.acl_users.objectIds()
    assert IServicekontoLayer in registered_layers()
    assert query_store(site) is None


def seen_by_a_visitor(site) -> str:
    """Return a page as somebody sees it who is not logged in."""
    logout()
    page = site.rathaus.restrictedTraverse("@@view")()
    login(site.__parent__, SITE_OWNER_NAME)
    return page


def test_visitors_see_the_same_page_before_and_after_installing(site):
    before = seen_by_a_visitor(site)
    install(site)
    notify(BeforeTraverseEvent(site, site.REQUEST))
    assert seen_by_a_visitor(site) == before


def test_uninstalling_leaves_no_trace_but_the_citizens_data(site, clock):
    before = traces(site)
    install(site)
    add_portal(site, "http://nohost/plone/buergerportal")
    pending_account(clock())
    uninstall(site)
    assert traces(site) == before
    assert len(query_store(site).accounts) == 1


def test_uninstalling_removes_types_of_rows_that_were_cloned(site):
    before = traces(site)
    install(site)
    clone = DexterityFTI("Boot", klass=ROW_CLASS, title="Boat")
    site.portal_types._setObject("Boot", clone)
    uninstall(site)
    assert traces(site) == before


def test_data_are_found_again_after_installing_anew(site, clock):
    install(site)
    add_portal(site, "http://nohost/plone/buergerportal")
    pending_account(clock())
    uninstall(site)
    install(site)
    add_portal(site, "http://nohost/plone/buergerportal")
    assert len(query_store(site).accounts) == 1


def test_erasing_is_the_second_step(site, clock):
    install(site)
    add_portal(site, "http://nohost/plone/buergerportal")
    pending_account(clock())
    uninstall(site)
    site.portal_setup.runAllImportStepsFromProfile(
        "profile-collective.servicekonto:erase"
    )
    assert query_store(site) is None


def test_the_profile_has_the_version_that_the_upgrade_steps_lead_to(site):
    install(site)
    assert site.portal_setup.getLastVersionForProfile(PROFILE) == ("1004",)
    assert site.portal_setup.listUpgrades(PROFILE) == []


def test_an_upgrade_from_1000_locks_and_watches_accounts(site, clock):
    install(site)
    add_portal(site, "http://nohost/plone/buergerportal")
    account = active_account(clock())
    waiting = pending_account(clock(), "max@example.org")
    # What version 1000 did not have.
    site.portal_workflow.servicekonto_workflow.states.deleteStates(["locked"])
    del site.portal_registry.records[CAP]
    inactivity.erase(account)
    account.look_at = 0
    site.portal_setup.setLastVersionForProfile(PROFILE, "1000")
    site.portal_setup.upgradeProfile(PROFILE)
    assert site.portal_setup.getLastVersionForProfile(PROFILE) == ("1004",)
    assert "locked" in site.portal_workflow.servicekonto_workflow.states.objectIds()
    assert site.portal_registry[CAP] == 200
    assert account.look_at > clock().timestamp()
    assert len(query_store(site).queue(inactivity.INACTIVITY)) == 1
    assert waiting.look_at == 0


def test_an_upgrade_from_1001_gives_everybody_a_postfach(site, clock):
    install(site)
    add_portal(site, "http://nohost/plone/buergerportal")
    account = active_account(clock())
    pending_account(clock(), "max@example.org")
    store = query_store(site)
    # What version 1001 did not have.
    del store.postboxes, store.office_boxes, store.orders
    site.portal_types.manage_delObjects(["Postfachnachricht", "Dienststelle"])
    site.portal_workflow.manage_delObjects(["postfachnachricht_workflow"])
    site.portal_setup.setLastVersionForProfile(PROFILE, "1001")
    site.portal_setup.upgradeProfile(PROFILE)
    assert list(store.postboxes) == [account.id]
    assert store.postboxes[account.id].unread == 1
    assert "Dienststelle" in site.portal_types.Buergerportal.allowed_content_types


def test_an_upgrade_from_1002_brings_new_settings_and_slows_down_guessing(site):
    install(site)
    add_portal(site, "http://nohost/plone/buergerportal")
    # What version 1002 did not have, and what somebody set.
    del site.portal_registry.records[PER_DAY]
    site.portal_registry[CAP] = 7
    plugins = site.acl_users.plugins
    plugins.movePluginsDown(IAuthenticationPlugin, [PLUGIN_ID])
    site.portal_setup.setLastVersionForProfile(PROFILE, "1002")
    site.portal_setup.upgradeProfile(PROFILE)
    assert site.portal_registry[PER_DAY] == 20
    assert site.portal_registry[CAP] == 7
    first, _plugin = plugins.listPlugins(IAuthenticationPlugin)[0]
    assert first == PLUGIN_ID


def test_an_upgrade_from_1002_makes_services_possible(site, clock):
    install(site)
    add_portal(site, "http://nohost/plone/buergerportal")
    # What version 1002 did not have.
    get_installer(site).uninstall_product("collective.easyform")
    portal_type = site.portal_types.Buergerportal
    portal_type.allowed_content_types = ("Document", "Dienststelle")
    site.portal_setup.setLastVersionForProfile(PROFILE, "1002")
    site.portal_setup.upgradeProfile(PROFILE)
    assert "EasyForm" in portal_type.allowed_content_types
    assert BEHAVIOR in site.portal_types.EasyForm.behaviors


def test_the_upgrade_leaves_an_easyform_alone_that_is_there(site):
    install(site)
    site.portal_types.EasyForm.title = "Formular"
    site.portal_setup.setLastVersionForProfile(PROFILE, "1002")
    site.portal_setup.upgradeProfile(PROFILE)
    assert site.portal_types.EasyForm.title == "Formular"


def test_an_upgrade_from_1002_makes_room_for_applications(site, clock):
    install(site)
    add_portal(site, "http://nohost/plone/buergerportal")
    store = query_store(site)
    # What version 1002 did not have.
    del store.applications, store.account_applications
    del store.office_applications, store.brochures
    site.portal_types.manage_delObjects(["Antrag"])
    site.portal_workflow.manage_delObjects(["servicekonto_antrag"])
    site.portal_setup.setLastVersionForProfile(PROFILE, "1002")
    site.portal_setup.upgradeProfile(PROFILE)
    assert len(store.applications) == len(store.account_applications) == 0
    assert "servicekonto_antrag" in site.portal_workflow.objectIds()
    assert site.portal_types.Antrag.klass.endswith("Antrag")


def test_an_upgrade_from_1003_knows_cards_and_a_servicekonto_plus(site, clock):
    install(site)
    add_portal(site, "http://nohost/plone/buergerportal")
    store = query_store(site)
    account = active_account(clock())
    # What version 1003 did not have.
    del store.cards, store.card_holders, store.eid_sessions
    del store.counter_cases
    del account.workflow_history["servicekonto_plus_workflow"]
    site.portal_workflow.manage_delObjects(["servicekonto_plus_workflow"])
    site.portal_setup.setLastVersionForProfile(PROFILE, "1003")
    site.portal_setup.upgradeProfile(PROFILE)
    assert len(store.cards) == len(store.eid_sessions) == 0
    assert len(store.card_holders) == len(store.counter_cases) == 0
    assert is_active(account)
    assert not is_plus(account)
    upgrade(account)
    assert is_active(account)
    assert is_plus(account)


def test_an_upgrade_from_1003_lets_an_eid_server_be_connected(site):
    install(site)
    # What version 1003 did not have.
    for name in [name for name in site.portal_registry.records if name.startswith(EID)]:
        del site.portal_registry.records[name]
    site.portal_controlpanel.unregisterConfiglet("servicekonto-eid")
    site.portal_setup.setLastVersionForProfile(PROFILE, "1003")
    site.portal_setup.upgradeProfile(PROFILE)
    assert site.portal_registry[f"{EID}allow_test_identities"] is False
    configlets = [a.id for a in site.portal_controlpanel.listActions()]
    assert configlets.count("servicekonto-eid") == 1
    assert configlets.count("servicekonto") == 1


def test_an_upgrade_from_1003_lets_clerks_confirm_identities(site):
    install(site)
    # What version 1003 did not have.
    site._delRoles(["CounterClerk"])
    del site.portal_registry.records[FOUR_EYES]
    site.portal_setup.setLastVersionForProfile(PROFILE, "1003")
    site.portal_setup.upgradeProfile(PROFILE)
    assert site.portal_registry[FOUR_EYES] is False
    assert "CounterClerk" in site.valid_roles()
    roles = site.rolesOfPermission("collective.servicekonto: Confirm identities")
    granted = [one["name"] for one in roles if one["selected"]]
    assert granted == ["CounterClerk"]


def test_a_site_has_one_buergerportal(site):
    install(site)
    add_portal(site, "http://nohost/plone/buergerportal")
    with pytest.raises(Exception, match="Bürgerportal"):
        api.content.create(site, "Buergerportal", "zweites", title="Zweites")
