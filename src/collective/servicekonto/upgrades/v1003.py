"""From 1002 to 1003: our plugin counts who guesses passwords of members."""

from collective.servicekonto.accounts.install import order_plugin
from plone import api


def ask_our_plugin_first(context) -> None:
    """Put the plugin before those that check passwords of members."""
    order_plugin(api.portal.get())
