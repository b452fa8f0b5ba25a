"""What of a form runs on its own: expressions, scripts, mails and other actions.

In a service it would run in the sessions of citizens, with all that they may see.
EasyForm lets few people enter it in its pages; but whoever may edit a form reaches it
in its XML and through REST. So what is not there yet needs the same right there.
"""

from AccessControl import getSecurityManager
from collections import Counter
from collective.easyform.config import EDIT_TALES_PERMISSION
from collective.easyform.interfaces.easyform import default_fields
from collective.servicekonto import _
from lxml import etree
from typing import Any
from zope.component import getUtility
from zope.security.interfaces import IPermission


_EASYFORM = "http://namespaces.plone.org/supermodel/easyform"
_FORM = "http://namespaces.plone.org/supermodel/form"

# Conditions, classes and hidden fields are only about how a field looks.
_LOOKS = {"depends_on", "css_class", "THidden"}
_OFF = {"", "False"}
_CODE = {"defaultFactory", "source", "constraint"}

NOT_ALLOWED = _(
    "Expressions and actions run while citizens are logged in. Only those who look after "
    "the website may add them. Nothing is changed."
)


class NotAllowed(ValueError):
    """The user may not let this run in a service."""


def check(form: Any, fields_model: str, actions_model: str) -> None:
    """Raise NotAllowed where the user may not add what is new in these models."""
    known = powers(form.fields_model, form.actions_model) | _of_new_forms(form)
    if powers(fields_model, actions_model) - known:
        check_right(form)


def check_all(form: Any) -> None:
    """Raise NotAllowed where the user may not let all that is in the form run."""
    if powers(form.fields_model, form.actions_model) - _of_new_forms(form):
        check_right(form)


def check_right(form: Any) -> None:
    """Raise NotAllowed unless the user may enter expressions."""
    title = getUtility(IPermission, name=EDIT_TALES_PERMISSION).title
    if not getSecurityManager().checkPermission(title, form):
        raise NotAllowed


def powers(fields_model: str, actions_model: str) -> Counter[str]:
    """Return what runs on its own, however often it is there."""
    found = Counter(_of_fields(_elements(fields_model)))
    found.update(
        etree.tostring(one, encoding="unicode")
        for one in _elements(actions_model)
        if etree.QName(one).localname == "field"
    )
    return found


def _of_new_forms(form: Any) -> Counter[str]:
    """Return what every new form has in its fields, from EasyForm or the webmaster."""
    return powers(default_fields(form), "")


def _elements(model: str) -> list[Any]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return list(etree.fromstring(model.encode(), parser).iter(etree.Element))
    except etree.XMLSyntaxError:
        # EasyForm uses its default then.
        return []


def _of_fields(elements: list[Any]) -> list[str]:
    found = []
    for element in elements:
        if etree.QName(element).localname in _CODE:
            found.append(etree.tostring(element, encoding="unicode"))
        for name, value in element.attrib.items():
            if _is_power(etree.QName(name)) and value not in _OFF:
                found.append(f"{name}={value}")
    return found


def _is_power(name: Any) -> bool:
    if name.namespace == _EASYFORM:
        return name.localname not in _LOOKS
    return name.namespace == _FORM and name.localname == "validator"
