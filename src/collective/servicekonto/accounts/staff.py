"""Plone's own members: their passwords are guessed as slowly as those of citizens.

Our plugin is asked first. It lets the others check a member's password while it counts,
and takes the password away from who has to wait, so that nobody checks it. Who is no
member of this site, such as an administrator of the whole Zope, is none of our business.
"""

from collective.servicekonto.accounts import guesses
from collective.servicekonto.accounts import login
from datetime import datetime
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from Products.PluggableAuthService.PluggableAuthService import (
    _SWALLOWABLE_PLUGIN_EXCEPTIONS,
)
from typing import Any
from zope.annotation.interfaces import IAnnotations


BASIC = "credentials_basic_auth"

_CHECKED = "collective.servicekonto.checked-member"

# The id of a member and the name to log in with.
Member = tuple[str, str]


def check(request: Any, plugin: Any, credentials: Any, now: datetime) -> Member | None:
    """Return the member whose password this is, or None.

    The same password is checked once in a request, however often Plone asks.
    """
    name, password = credentials.get("login"), credentials.get("password")
    if not isinstance(name, str) or not isinstance(password, str):
        return None
    extractor = credentials["extractor"]
    if extractor == BASIC and guesses.was_right(name, password):
        # It comes with every request of a program; whoever has it guesses nothing.
        return None
    if not plugin.aq_parent.searchUsers(login=name, exact_match=True):
        return None
    checked = IAnnotations(request).setdefault(_CHECKED, {})
    key = (extractor, name, password)
    if key not in checked:
        checked[key] = _checked(request, plugin, credentials, now)
    # The other plugins need not check it again, or must not.
    del credentials["password"]
    found: Member | None = checked[key]
    return found


def _checked(
    request: Any, plugin: Any, credentials: Any, now: datetime
) -> Member | None:
    name, password = credentials["login"], credentials["password"]

    def ask() -> Member | None:
        return ask_others(plugin, credentials)

    try:
        if credentials["extractor"] != BASIC:
            return login.check_member(request, name, ask, now)
        found = login.check_header(request, name, ask, now)
    except login.TooManyAttempts as refused:
        login.remember_pause(request, refused)
        return None
    except login.LoginRefused:
        return None
    guesses.note_right(name, password)
    return found


def ask_others(plugin: Any, credentials: Any) -> Member | None:
    """Return the member whose password this is, as all other plugins know it."""
    others = plugin.aq_parent.plugins.listPlugins(IAuthenticationPlugin)
    for plugin_id, other in others:
        if plugin_id == plugin.getId():
            continue
        try:
            found = other.authenticateCredentials(dict(credentials))
        except _SWALLOWABLE_PLUGIN_EXCEPTIONS:
            continue
        if found is not None and found[0] is not None:
            member: Member = found
            return member
    return None
