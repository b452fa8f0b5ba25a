"""The staff of the demo town."""

from plone import api


def add_member(login: str, name: str) -> None:
    """Add somebody whose password is the login."""
    # Registering would refuse such a short password.
    users = api.portal.get_tool("acl_users")
    users._doAddUser(login, login, ["Member"], [])
    api.user.get(login).setMemberProperties({"fullname": name})
