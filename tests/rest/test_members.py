"""Plone's own services for members are closed to citizens."""

from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.app.testing import TEST_USER_ID
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


def test_citizens_cannot_store_a_portrait(client, account, site):
    client.log_in(ADDRESS)
    portrait = {"data": "PGgxPg==", "encoding": "base64", "content-type": "text/html"}
    url = f"{client.site_url}/@users/{account.id}"
    assert client.patch(url, json={"portrait": portrait}).status_code == 403
    site._p_jar.sync()
    assert account.id not in site.portal_memberdata.portraits


def test_managers_cannot_store_member_properties_of_citizens(client, account, site):
    url = f"{client.site_url}/@users/{account.id}"
    auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    answer = client.patch(url, json={"description": "x"}, auth=auth)
    assert answer.status_code == 403


def test_managers_still_change_members(client, site):
    url = f"{client.site_url}/@users/{TEST_USER_ID}"
    auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    assert client.patch(url, json={"fullname": "Hans"}, auth=auth).status_code == 204
