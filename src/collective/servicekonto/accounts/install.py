"""Puts the PAS plugin into a site's user folder and takes it out again."""

from collective.servicekonto.accounts.pas import ServicekontoPlugin
from typing import Any


PLUGIN_ID = "servicekonto"

FIRST_IN_ORDER = ("IAuthenticationPlugin", "IPropertiesPlugin", "IUserFactoryPlugin")


def install_plugin(site: Any) -> None:
    """Add the plugin and activate it, first in order where that matters."""
    user_folder = site.acl_users
    if PLUGIN_ID in user_folder.objectIds():
        return
    user_folder._setObject(PLUGIN_ID, ServicekontoPlugin(PLUGIN_ID, "Servicekonto"))
    registry = user_folder.plugins
    for info in registry.listPluginTypeInfo():
        interface = info["interface"]
        if interface.implementedBy(ServicekontoPlugin):
            registry.activatePlugin(interface, PLUGIN_ID)
    order_plugin(site)


def order_plugin(site: Any) -> None:
    """Put the plugin first where that matters."""
    registry = site.acl_users.plugins
    for info in registry.listPluginTypeInfo():
        if info["id"] in FIRST_IN_ORDER:
            registry.movePluginsTop(info["interface"], [PLUGIN_ID])


def uninstall_plugin(site: Any) -> None:
    """Remove the plugin from the site's user folder."""
    user_folder = site.acl_users
    if PLUGIN_ID in user_folder.objectIds():
        user_folder.plugins.removePluginById(PLUGIN_ID)
        user_folder._delObject(PLUGIN_ID)
