"""Webmasters who change what the profile asks."""

from collective.servicekonto.interfaces import IServicekontoLayer
from functools import partial
from plone import api
from plone.app.testing import login
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import TEST_USER_NAME
from plone.dexterity.schema import generated
from plone.dexterity.schema import SCHEMA_CACHE
from plone.schemaeditor.browser.schema.add_field import FieldAddForm
from plone.schemaeditor.utils import FieldRemovedEvent
from plone.schemaeditor.utils import IEditableSchema
from zope import schema
from zope.event import notify
from zope.interface import alsoProvides
from zope.lifecycleevent import ObjectRemovedEvent
import pytest
import transaction


class TypeEditor:
    """The site's type editor, as its own forms use it."""

    def __init__(self, site) -> None:
        self.site = site
        self.request = site.REQUEST
        alsoProvides(self.request, IServicekontoLayer)

    def add(self, type_name: str, name: str, kind=schema.TextLine, **options) -> None:
        """Add a field to a type."""
        form = FieldAddForm(self.context(type_name), self.request)
        form.widgets = None
        data = {"title": name, "__name__": name, "required": False}
        data["factory"] = partial(kind, **options)
        form.add(form.create(data))
        transaction.commit()

    def remove(self, type_name: str, name: str) -> None:
        """Remove a field from a type."""
        context = self.context(type_name)
        field = context.schema[name]
        IEditableSchema(context.schema).removeField(name)
        notify(ObjectRemovedEvent(field, context.schema))
        notify(FieldRemovedEvent(context, field))
        transaction.commit()

    def messages(self) -> list[str]:
        """Return what the webmaster was told."""
        found = api.portal.get_tool("plone_utils").showPortalMessages(self.request)
        return [message.message for message in found]

    def context(self, type_name: str):
        """Return what the editor of a type works on."""
        editor = api.content.get_view("dexterity-types", self.site, self.request)
        return editor.publishTraverse(self.request, type_name)


@pytest.fixture
def type_editor(functional, site):
    """The site's type editor; the schemas it made are forgotten afterwards."""
    _forget_schemas()
    login(site.aq_parent, SITE_OWNER_NAME)
    yield TypeEditor(site)
    login(site, TEST_USER_NAME)
    _forget_schemas()


def _forget_schemas() -> None:
    # They outlive the rollback of the database that ends a test.
    SCHEMA_CACHE.clear()
    for name in [name for name in vars(generated) if name.startswith("plone_")]:
        # Interfaces of one name are equal: the next one would stand in the books of
        # its base under the key of this one, and vanish from there with it.
        getattr(generated, name).__bases__ = ()
        delattr(generated, name)
