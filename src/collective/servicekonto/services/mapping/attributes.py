"""What a field can be filled in with: the attributes of the accounts and their parts."""

from collective.servicekonto.selfservice.profile.questions import Asked
from collective.servicekonto.selfservice.profile.questions import Group
from collective.servicekonto.selfservice.profile.questions import Rows
from collective.servicekonto.selfservice.profile.service import every_attribute
from collective.servicekonto.services.mapping.mapped import key
from typing import Any
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


def attribute_titles(language: str | None = None) -> dict[str, str]:
    """Return the title of each attribute or part, by its key (see mapped.key).

    ``language`` is by default that of the request.
    """
    titles: dict[str, str] = {}
    for one in every_attribute():
        titles |= _titles(one, language)
    return titles


def whole_titles(language: str | None = None) -> dict[str, str]:
    """Return the title of each attribute as a whole, by its name."""
    return {one.name: _words(one.title, language) for one in every_attribute()}


@provider(IVocabularyFactory)
def attribute_vocabulary(context: Any) -> SimpleVocabulary:
    """Return what an editor can choose from."""
    titles = attribute_titles().items()
    return SimpleVocabulary([SimpleTerm(each, each, title) for each, title in titles])


def _titles(one: Asked, language: str | None) -> dict[str, str]:
    title = _words(one.title, language)
    if isinstance(one, Group):
        questions = one.parts
    elif isinstance(one, Rows):
        questions = one.columns
    else:
        return {one.name: title}
    return {
        key(one.name, each.name): f"{title}: {_words(each.title, language)}"
        for each in questions
    }


def _words(title: Any, language: str | None) -> str:
    context = None if language else getRequest()
    return str(translate(title, target_language=language, context=context))
