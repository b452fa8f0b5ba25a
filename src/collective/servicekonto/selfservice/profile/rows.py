"""Types of rows: children, vehicles and whatever else a webmaster lets citizens list.

Each is a content type of the site, so that its fields can be changed in the type
editor and a new one made by cloning. Nothing is ever created of these types: the rows
are kept in the account.
"""

from collective.servicekonto.portal.service import get_portal
from plone import api
from plone.dexterity.content import Item
from plone.dexterity.interfaces import IDexterityFTI
from typing import Any
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


class Row(Item):
    """The class that marks a content type as a type of rows."""


ROW_CLASS = f"{Row.__module__}.{Row.__name__}"


def row_types() -> list[Any]:
    """Return the types of rows that the site has, by title."""
    types = api.portal.get_tool("portal_types").objectValues()
    found = [each for each in types if is_row_type(each)]
    return sorted(found, key=lambda fti: fti.title.lower())


def is_row_type(fti: Any) -> bool:
    """Tell whether this type of content is a type of rows."""
    return bool(IDexterityFTI.providedBy(fti) and fti.klass == ROW_CLASS)


def offered_row_types() -> list[Any]:
    """Return the types of rows that the webmaster chose, in their order."""
    found = {fti.getId(): fti for fti in row_types()}
    chosen = get_portal().row_types or ()
    return [found[name] for name in chosen if name in found]


@provider(IVocabularyFactory)
def row_type_vocabulary(context) -> SimpleVocabulary:
    """Return the types of rows for the webmaster to choose from."""
    return SimpleVocabulary(
        [SimpleTerm(fti.getId(), fti.getId(), fti.Title()) for fti in row_types()]
    )
