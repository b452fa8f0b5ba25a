"""From 1002 to 1003: citizens apply with Online-Dienste, made with EasyForm.

And our plugin counts who guesses passwords of members.
"""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from collective.servicekonto.accounts.install import order_plugin
from collective.servicekonto.store.service import query_store
from plone import api
from plone.base.utils import get_installer


EASYFORM = "collective.easyform:default"

_NEW_TREES = {
    "applications": OOBTree,
    "account_applications": OOTreeSet,
    "office_applications": OOBTree,
    "brochures": OOBTree,
    "service_drafts": OOBTree,
    "statistics": OOBTree,
    "case_feeds": OOBTree,
    "circulars": OOBTree,
}


def install_easyform(context) -> None:
    """Install EasyForm, unless the site has it and perhaps settings of its own."""
    if not get_installer(api.portal.get()).is_profile_installed(EASYFORM):
        context.runAllImportStepsFromProfile(f"profile-{EASYFORM}")


def add_applications(context) -> None:
    """Make room for applications."""
    store = query_store()
    if store is None:
        return
    for name, tree in _NEW_TREES.items():
        if not hasattr(store, name):
            setattr(store, name, tree())


def ask_our_plugin_first(context) -> None:
    """Put the plugin before those that check passwords of members."""
    order_plugin(api.portal.get())
