"""Types of rows: content types without content."""

from collective.servicekonto.selfservice.profile import service
from collective.servicekonto.selfservice.profile.rows import row_types
from plone import api
from plone.app.dexterity.browser.clone_type import TypeCloneForm
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.dexterity.utils import createContentInContainer
from plone.testing.zope import Browser
from zExceptions import Unauthorized
import pytest
import transaction


NAMES = ["Bankverbindung", "Fahrzeug", "Hund", "Kind", "WeitereAnschrift"]


def former(account):
    """Return what is kept though it is not asked any more."""
    return service.former(account, service.profile(account))


def clone(type_editor, name, new, title) -> None:
    """Clone a type as the control panel does."""
    context = type_editor.context(name)
    form = TypeCloneForm(context, type_editor.request)
    form.add(form.create({"id": new, "title": title}))


def test_the_site_has_five_of_them(account):
    assert sorted(fti.getId() for fti in row_types()) == NAMES


def test_nobody_can_add_them_as_content(account, type_editor, site):
    for container in (site, site.buergerportal):
        addable = {fti.getId() for fti in container.allowedContentTypes()}
        assert not addable & set(NAMES)
    for name in NAMES:
        with pytest.raises((ValueError, Unauthorized)):
            createContentInContainer(site, name, checkConstraints=True)


def test_visitors_search_finds_nothing_of_them(account, site, clock):
    child = {"given_names": "Mäxchen", "family_name": "Rumpelstilz"}
    service.save(account, {"Kind": [child]}, {}, clock())
    catalog = api.portal.get_tool("portal_catalog")
    assert not catalog.unrestrictedSearchResults(SearchableText="Rumpelstilz")
    assert not catalog.unrestrictedSearchResults(portal_type=NAMES)


def test_the_webmaster_clones_one_and_offers_it(account, type_editor, site, clock):
    clone(type_editor, "Fahrzeug", "Boot", "Boat")
    assert "Boot" not in service.profile(account)
    site.buergerportal.row_types = ["Kind", "Boot"]
    assert list(service.profile(account))[-2:] == ["Kind", "Boot"]
    service.save(account, {"Boot": [{"make": "Jolle"}]}, {}, clock())
    assert account.rows["Boot"][0]["make"] == "Jolle"
    addable = {fti.getId() for fti in site.allowedContentTypes()}
    assert "Boot" not in addable


def test_a_cloned_type_has_fields_of_its_own(account, type_editor, site):
    clone(type_editor, "Fahrzeug", "Boot", "Boat")
    site.buergerportal.row_types = ["Fahrzeug", "Boot"]
    type_editor.remove("Boot", "licence_plate")
    type_editor.add("Boot", "berth")
    columns = {
        name: {column.name for column in answer.asked.columns}
        for name, answer in service.profile(account).items()
        if name in ("Fahrzeug", "Boot")
    }
    assert "licence_plate" in columns["Fahrzeug"]
    assert columns["Boot"] - columns["Fahrzeug"] == {"berth"}
    assert "licence_plate" not in columns["Boot"]


def test_a_type_that_was_deleted_leaves_its_rows(account, type_editor, site, clock):
    service.save(account, {"Hund": [{"name": "Waldi"}]}, {}, clock())
    site.portal_types.manage_delObjects(["Hund"])
    assert "Hund" not in service.profile(account)
    (kept,) = former(account)
    assert kept.attribute.value[0]["name"] == "Waldi"


@pytest.mark.parametrize("name", ["Servicekonto", "Kind"])
def test_the_pages_of_the_type_editor_open(account, type_editor, functional, name):
    webmaster = Browser(functional["app"])
    webmaster.addHeader(
        "Authorization", f"Basic {SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}"
    )
    types = f"{type_editor.site.absolute_url()}/dexterity-types/{name}"
    webmaster.open(f"{types}/@@fields")
    assert "Given names" in webmaster.contents
    webmaster.open(f"{types}/@@add-field")
    webmaster.getControl(name="form.widgets.title").value = "Shoe size"
    webmaster.getControl(name="form.widgets.__name__").value = "shoe_size"
    webmaster.getControl(name="form.buttons.add").click()
    transaction.begin()
    answers = service.profile(account)
    if name == "Kind":
        asked = {column.name for column in answers["Kind"].asked.columns}
    else:
        asked = set(answers)
    assert "shoe_size" in asked


def test_the_webmaster_chooses_them_at_the_buergerportal(
    account, type_editor, site, functional
):
    view = api.content.get_view("edit", site.buergerportal, type_editor.request)
    view.update()
    page = view.render()
    for name in NAMES:
        assert f'value="{name}"' in page
