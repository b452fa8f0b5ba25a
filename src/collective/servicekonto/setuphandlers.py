"""Set-up and tear-down of the add-on in a site."""

from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from collective.servicekonto import PACKAGE_NAME
from collective.servicekonto.accounts.install import install_plugin
from collective.servicekonto.accounts.install import uninstall_plugin
from collective.servicekonto.offices.content import CLERK
from collective.servicekonto.offices.content import COUNTER_CLERK
from collective.servicekonto.portal.service import query_portal
from collective.servicekonto.portal.viewlets import CITIZEN
from collective.servicekonto.selfservice.profile.rows import row_types
from collective.servicekonto.store.service import erase_store
from plone import api
from plone.dexterity.fti import DexterityFTI
from plone.dexterity.fti import DexterityFTIModificationDescription
from Products.CMFPlone.interfaces import INonInstallable
from zope.interface import implementer
from zope.lifecycleevent import modified


_CHAINS = (
    "Antrag",
    "Buergerportal",
    "Dienststelle",
    "Postfachnachricht",
    "Servicekonto",
)

DEFAULT_PROFILE = f"profile-{PACKAGE_NAME}:default"


@implementer(INonInstallable)
class HiddenProfiles:
    """Keeps the profiles that are not add-ons out of the add-ons control panel."""

    def getNonInstallableProfiles(self) -> list[str]:
        """Return the profiles that the control panel must not offer."""
        return [
            "collective.servicekonto:uninstall",
            "collective.servicekonto:erase",
        ]


def post_install(context) -> None:
    """Add what XML files cannot describe."""
    install_plugin(api.portal.get())


def use_model_files(event) -> None:
    """Let new types begin with the fields that came with the add-on.

    What a webmaster changed in the type editor takes precedence, also when the
    profile is applied again: so the profile itself says nothing about it.
    """
    if event.profile_id != DEFAULT_PROFILE:
        return
    types = aq_parent(aq_inner(event.tool)).portal_types
    for fti in types.objectValues(DexterityFTI.meta_type):
        is_ours = fti.model_file.startswith(f"{PACKAGE_NAME}.")
        if is_ours and "model_source" not in vars(aq_base(fti)):
            fti._updateProperty("model_source", "")
            # Only with this one Dexterity takes over what a model is based on; it
            # would do so by itself, but not before the transaction is committed.
            modified(
                fti,
                DexterityFTIModificationDescription("schema_policy", fti.schema_policy),
            )


def uninstall(context) -> None:
    """Remove every trace but the citizens' data."""
    site = api.portal.get()
    portal = query_portal()
    if portal is not None:
        api.content.delete(portal, check_linkintegrity=False)
    uninstall_plugin(site)
    role_manager = site.acl_users.portal_role_manager
    roles = [CITIZEN, CLERK, COUNTER_CLERK]
    for role in set(roles) & set(role_manager.listRoleIds()):
        role_manager.removeRole(role)
    site._delRoles(roles)
    # Those that came with the add-on are gone by now; the rest are clones.
    for fti in row_types():
        site.portal_types.manage_delObjects([fti.getId()])
    for chain in _CHAINS:
        site.portal_workflow._chains_by_type.pop(chain, None)


def erase(context) -> None:
    """Remove the citizens' data for good. This is the second, explicit step."""
    erase_store(api.portal.get())
