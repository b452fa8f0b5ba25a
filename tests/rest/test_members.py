"""Plone's own services for members are closed to citizens."""

from tests.factories import ADDRESS
from tests.factories import PASSWORD


def test_citizens_cannot_store_member_properties(client, account, site):
    client.log_in(ADDRESS)
    url = f"{client.site_url}/@users/{account.id}"
    client.patch(url, json={"email": "x@example.org", "fullname": "Hans"})
    client.patch(url, json={"password": "Abcdefghijkl1!x", "old_password": PASSWORD})
    site._p_jar.sync()
    assert account.id not in site.acl_users.mutable_properties._storage
    assert account.id not in site.portal_memberdata._members
