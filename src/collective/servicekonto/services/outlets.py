"""Actions of EasyForm that a service does not have: they would let answers out.

“Save Data” keeps them beside the form, the mailer sends them in the clear: both without
the deadline of the service, the scanner and the log. The office finds what was sent
under ``vorgaenge``.
"""

from collective.easyform.api import get_model
from collective.easyform.api import set_actions
from collective.easyform.interfaces import IMailer
from collective.easyform.interfaces import ISaveData
from collective.servicekonto import _
from typing import Any
from zope.schema import getFieldsInOrder


_KINDS = (IMailer, ISaveData)

NOT_HERE = _(
    "An Online-Dienst neither mails nor saves what citizens enter: there it would be "
    "kept without end, and not be checked for malicious software. The office finds all "
    "that is sent on its page “Applications”. The action was not switched on."
)

NO_SERVICE = _(
    "This form mails or saves what people enter. Please remove these actions first: "
    "then it can become an Online-Dienst. The office finds all that is sent on its page "
    "“Applications”."
)


class HasOutlet(ValueError):
    """There is an action that would let answers out."""


def check(form: Any, actions_model: str) -> None:
    """Raise HasOutlet where the model of actions has one that is switched on."""
    if _outlets(get_model(actions_model, form)):
        raise HasOutlet


def titles(form: Any) -> list[str]:
    """Return the titles of such actions in the form that are switched on."""
    return [one.title for one in _outlets(get_model(form.actions_model, form))]


def switch_off(form: Any, actions: Any) -> bool:
    """Switch them off among the form's actions (a schema); tell whether there were any."""
    found = _outlets(actions)
    for action in found:
        action.required = False
    if found:
        set_actions(form, actions)
    return bool(found)


def _outlets(schema: Any) -> list[Any]:
    return [
        action
        for _name, action in getFieldsInOrder(schema)
        if action.required and any(kind.providedBy(action) for kind in _KINDS)
    ]
