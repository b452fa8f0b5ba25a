"""Who works for an office, who may say so, and that it is written down."""

from collective.servicekonto.offices.content import CLERK
from collective.servicekonto.offices.service import may_answer
from plone import api
from tests.postbox.desk.staff import Clerk
from tests.postbox.desk.staff import PASSWORD
import json
import logging
import pytest
import transaction


@pytest.fixture
def office(functional, site):
    """An office without anybody."""
    with api.env.adopt_roles(["Manager"]):
        return api.content.create(site.buergerportal, "Dienststelle", title="Amt")


@pytest.fixture
def other_office(functional, site):
    """An office that has nothing to do with it."""
    with api.env.adopt_roles(["Manager"]):
        return api.content.create(site.buergerportal, "Dienststelle", title="Amt 2")


@pytest.fixture
def member(functional, site):
    """Adds a member of the site with roles in all of it."""

    def member(name="rita", *roles):
        with api.env.adopt_roles(["Manager"]):
            api.user.create(f"{name}@musterstadt.example", name, PASSWORD)
            if roles:
                api.user.grant_roles(name, roles=list(roles))
        return name

    return member


@pytest.fixture
def shares(office, functional):
    """Sends what a member wants to be shared, as the page “Sharing” does."""

    def shares(name, who):
        transaction.commit()
        browser = Clerk(functional["app"], office.absolute_url(), name)
        browser.addHeader("Accept", "application/json")
        entry = {"id": who, "type": "user", "roles": {CLERK: True}}
        sent = json.dumps({"entries": [entry]})
        browser.post(f"{browser.office}/@sharing", sent, "application/json")
        transaction.begin()
        return browser.status

    return shares


def works_at(name, office):
    """Tell whether the member works for the office."""
    with api.env.adopt_user(name):
        return may_answer(office)


def grant(who, place):
    with api.env.adopt_roles(["Manager"]):
        place.manage_setLocalRoles(who, [CLERK])


def test_an_editor_cannot_make_himself_a_clerk(office, member, shares):
    assert shares(member("rita", "Editor", "Reviewer"), "rita") == 204
    assert not works_at("rita", office)


def test_a_site_administrator_says_who_works_at_an_office(office, member, shares):
    member("alma")
    assert shares(member("rita", "Site Administrator"), "alma") == 204
    assert works_at("alma", office)


def test_the_role_counts_at_its_own_office_only(office, other_office, member):
    grant(member(), office)
    assert works_at("rita", office)
    assert not works_at("rita", other_office)


def test_the_role_in_the_whole_site_does_not_count(office, member):
    assert not works_at(member("rita", CLERK), office)


def test_the_role_at_the_portal_does_not_count(office, member, site):
    grant(member(), site.buergerportal)
    assert not works_at("rita", office)


def test_the_role_of_a_group_counts(office, member):
    with api.env.adopt_roles(["Manager"]):
        api.group.create("amt")
        api.group.add_user(groupname="amt", username=member())
    grant("amt", office)
    assert works_at("rita", office)


def test_not_all_who_are_logged_in_are_clerks(office, member):
    grant("AuthenticatedUsers", office)
    assert not works_at(member(), office)


def test_giving_and_taking_the_role_is_in_the_audit_log(office, member, shares, caplog):
    caplog.set_level(logging.INFO)
    member("alma")
    with api.env.adopt_user(member("rita", "Manager")):
        office.manage_addLocalRoles("alma", [CLERK])
        office.manage_addLocalRoles("alma", ["Editor"])
        office.manage_setLocalRoles("alma", [])
        office.manage_setLocalRoles("alma", ["Editor", CLERK])
        office.manage_delLocalRoles(["alma"])
    said = [one for one in caplog.messages if "event=clerk-" in one]
    events = [one.split()[0] for one in said]
    assert events == ["event=clerk-given", "event=clerk-taken"] * 2
    assert all(f"office={office.UID()}" in one for one in said)
    assert not any("alma" in one or "rita" in one for one in said)
    assert len({one.partition("clerk=")[2] for one in said}) == 1


def test_joining_and_leaving_a_group_of_clerks_is_in_the_audit_log(
    office, other_office, member, caplog
):
    caplog.set_level(logging.INFO)
    with api.env.adopt_user(member("alma", "Manager")):
        for group in ("amt", "kegeln"):
            api.group.create(group)
        grant("amt", office)
        member()
        for group in ("kegeln", "amt"):
            api.group.add_user(groupname=group, username="rita")
        api.group.remove_user(groupname="amt", username="rita")
    said = [one for one in caplog.messages if "event=clerk-" in one][1:]
    assert [one.split()[0] for one in said] == [
        "event=clerk-joined",
        "event=clerk-left",
    ]
    assert all(f"office={office.UID()}" in one for one in said)
    assert not any("rita" in one or "alma" in one for one in said)


def test_the_page_sharing_writes_it_down_as_well(office, member, shares, caplog):
    caplog.set_level(logging.INFO)
    member("alma")
    shares(member("rita", "Site Administrator"), "alma")
    assert any("event=clerk-given" in one for one in caplog.messages)


def test_nobody_changes_roles_past_the_permission(office, member, functional):
    member("rita", "Editor")
    transaction.commit()
    browser = Clerk(functional["app"], office.absolute_url(), "rita")
    browser.followRedirects = False
    sent = f"userid=rita&roles:list={CLERK}"
    browser.post(f"{browser.office}/manage_setLocalRoles", sent)
    browser.opens(f"manage_setLocalRoles?{sent}")
    transaction.begin()
    assert not works_at("rita", office)
