"""Members who prove once more who they are, before they do something that matters."""

from collective.servicekonto.accounts import login
from collective.servicekonto.accounts.install import PLUGIN_ID
from collective.servicekonto.accounts.staff import ask_others
from collective.servicekonto.accounts.staff import Member
from datetime import datetime
from plone import api
from typing import Any


# No browser sends these credentials, a page does.
_EXTRACTOR = "servicekonto-again"


def check_member_again(request: Any, password: str, now: datetime) -> None:
    """Demand the password of the member who is logged in once more.

    Guessing is slowed down as at the log-in. Whoever logs in without a password of this
    site has none to confirm with. Raises TooManyAttempts or WrongPassword.
    """
    user = api.user.get_current()
    name, user_id = user.getUserName(), user.getId()
    plugin = api.portal.get_tool("acl_users")[PLUGIN_ID]
    credentials = {"login": name, "password": password, "extractor": _EXTRACTOR}

    def ask() -> Member | None:
        found = ask_others(plugin, credentials) if password else None
        return found if found is not None and found[0] == user_id else None

    try:
        login.check_member(request, name, ask, now)
    except login.TooManyAttempts:
        raise
    except login.LoginRefused:
        raise login.WrongPassword from None
