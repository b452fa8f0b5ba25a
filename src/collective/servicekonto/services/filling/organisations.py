"""Applying for an organisation: what a form asks then, before its own questions.

Who acts for a club or a company fills in the form with the own account; the
organisation's name and the person's function there are answers like all others. What is
proven is who acts, not that the person may: the office can ask for proof of that.
"""

from collective.easyform.api import get_model
from collective.easyform.api import get_schema
from collective.servicekonto import _
from collective.servicekonto.services.settings import Audience
from lxml import etree
from typing import Any
from zope.i18n import translate
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


FOR = "servicekonto_for"
NAME = "servicekonto_organisation"
FUNCTION = "servicekonto_function"
REGISTER = "servicekonto_register"

MYSELF = "myself"
ORGANISATION = "organisation"

_SCHEMA = "{http://namespaces.plone.org/supermodel/schema}schema"
_DEPENDS_ON = "{http://namespaces.plone.org/supermodel/easyform}depends_on"

_CHOICE = f"""
<field xmlns="http://namespaces.plone.org/supermodel/schema"
       xmlns:form="http://namespaces.plone.org/supermodel/form"
       form:widget="z3c.form.browser.radio.RadioFieldWidget"
       name="{FOR}" type="zope.schema.Choice">
  <vocabulary>collective.servicekonto.ForWhom</vocabulary>
</field>
"""
_LINE = """
<field xmlns="http://namespaces.plone.org/supermodel/schema"
       name="{name}" type="zope.schema.TextLine">
  <max_length>200</max_length>
  <required>{required}</required>
</field>
"""

_FOR_WHOM = {
    MYSELF: _("for myself"),
    ORGANISATION: _("for an organisation, such as a club or a company"),
}

_TITLES = {
    FOR: _("For whom do you apply?"),
    NAME: _("Name of the organisation"),
    FUNCTION: _("Your function there"),
    REGISTER: _("Register and number"),
}
_HELP = {
    NAME: _("The office may ask for proof that you can act for the organisation."),
    FUNCTION: _("For example: chairwoman, manager, authorised by the board."),
    REGISTER: _(
        "For example: Vereinsregister Hildesheim, VR 1234. Please leave it empty if the "
        "organisation is in no register."
    ),
}


@provider(IVocabularyFactory)
def for_whom_vocabulary(context: Any) -> SimpleVocabulary:
    """Return for whom one can apply."""
    return SimpleVocabulary(
        [SimpleTerm(value, value, title) for value, title in _FOR_WHOM.items()]
    )


def questions_of(form: Any, has_account: bool, language: str) -> Any:
    """Return the fields of the form, and before them those about an organisation.

    ``has_account`` whether somebody with an account fills it in; who can apply for
    nobody else is asked for whom.
    """
    audiences = form.audiences or ()
    if Audience.ORGANISATION.value not in audiences:
        return get_schema(form)
    alone = Audience.ACCOUNT if has_account else Audience.ANONYMOUS
    try:
        model = _with_questions(form.fields_model, alone.value in audiences)
    except etree.XMLSyntaxError:
        # EasyForm uses its default then.
        return get_schema(form)
    schema = get_model(model, form)
    for name, title in _TITLES.items():
        if name in schema:
            schema[name].title = translate(title, target_language=language)
            help_text = _HELP.get(name, "")
            schema[name].description = translate(help_text, target_language=language)
    return schema


def _with_questions(model: str, asks_for_whom: bool) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(model.encode(), parser)
    place = root.find(_SCHEMA)
    if place is not None:
        for number, question in enumerate(_questions(asks_for_whom)):
            place.insert(number, question)
    return str(etree.tostring(root, encoding="unicode"))


def _questions(asks_for_whom: bool) -> list[Any]:
    lines = [
        etree.fromstring(_LINE.format(name=name, required=name != REGISTER))
        for name in (NAME, FUNCTION, REGISTER)
    ]
    if not asks_for_whom:
        return lines
    for line in lines:
        line.set(_DEPENDS_ON, f"form.widgets.{FOR}={ORGANISATION}")
    return [etree.fromstring(_CHOICE), *lines]
