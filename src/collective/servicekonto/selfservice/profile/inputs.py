"""The rows of the profile: form fields and widgets made from its questions."""

from collective.servicekonto.portal.rows import RowsFieldWidget
from collective.servicekonto.selfservice.profile.controls import select
from collective.servicekonto.selfservice.profile.questions import Kind
from collective.servicekonto.selfservice.profile.questions import Question
from collective.servicekonto.selfservice.profile.questions import Rows
from collective.z3cform.datagridfield.row import DictRow
from functools import lru_cache
from plone.app.z3cform.widgets.text import TextFieldWidget
from plone.autoform.interfaces import WIDGETS_KEY
from plone.autoform.widgets import ParameterizedWidget
from plone.supermodel.model import Schema
from plone.supermodel.model import SchemaClass
from typing import Any
from z3c.form.browser.checkbox import CheckBoxFieldWidget
from z3c.form.browser.select import SelectWidget
from z3c.form.browser.textarea import TextAreaFieldWidget
from z3c.form.interfaces import IFieldWidget
from z3c.form.widget import FieldWidget
from zope import schema
from zope.i18n import translate
from zope.i18nmessageid import Message
from zope.interface import implementer
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


class OptionsWidget(SelectWidget):
    """A list to choose from. The countries of the world need no template each."""

    def render(self):
        """Return the list as HTML."""
        options = tuple((term.token, self._title(term)) for term in self.terms)
        facts = {"id": self.id} | self.attributes
        attributes = {name: str(text) for name, text in facts.items()}
        return select(self.name, options, list(self.value), attributes)

    def _title(self, term) -> str:
        if isinstance(term.title, Message):
            return translate(term.title, context=self.request)
        return term.title


@implementer(IFieldWidget)
def OptionsFieldWidget(field, request):
    """Return the widget of a list of options."""
    return FieldWidget(field, OptionsWidget(request))


def form_schema(asked: list[Rows]) -> Any:
    """Return a schema with a field for each kind of rows, none of them mandatory.

    The rules of the domain check what is typed, not the schema.
    """
    fields = {each.name: _rows_field(each) for each in asked}
    factories = {each.name: RowsFieldWidget for each in asked}
    return _schema("IProfile", fields, factories)


def _rows_field(rows: Rows) -> Any:
    fields = {each.name: _field(each) for each in rows.columns}
    factories = {each.name: _cell_factory(each) for each in rows.columns}
    row = _schema(f"I{rows.name}Row", fields, factories)
    return schema.List(
        title=rows.title,
        value_type=DictRow(title=rows.title, schema=row),
        required=False,
    )


def _schema(name: str, fields: dict[str, Any], factories: dict[str, Any]) -> Any:
    made = SchemaClass(name, (Schema,), fields, __module__=__name__)
    made.setTaggedValue(
        WIDGETS_KEY,
        {name: ParameterizedWidget(factory) for name, factory in factories.items()},
    )
    return made


def _field(question: Question) -> Any:
    facts = {
        "title": question.title,
        "description": question.help or "",
        "required": False,
    }
    if not question.options:
        return schema.Text(**facts)
    vocabulary = _vocabulary(tuple(question.options.items()))
    if question.kind is Kind.CHOICES:
        return schema.List(value_type=schema.Choice(vocabulary=vocabulary), **facts)
    # One of the options says that nothing is chosen, so one of them always is.
    return schema.Choice(vocabulary=vocabulary, **(facts | {"required": True}))


@lru_cache(maxsize=100)
def _vocabulary(options: tuple[tuple[str, Any], ...]) -> SimpleVocabulary:
    # The countries of the world are many, and always the same.
    return SimpleVocabulary([SimpleTerm(one, one, title) for one, title in options])


def _cell_factory(question: Question) -> Any:
    if question.kind is Kind.CHOICES:
        return CheckBoxFieldWidget
    if question.options:
        return OptionsFieldWidget
    return TextAreaFieldWidget if question.kind is Kind.TEXT else TextFieldWidget
