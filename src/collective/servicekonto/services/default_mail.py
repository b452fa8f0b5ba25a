"""The mail that every new form of EasyForm sends, unless its editor takes it out."""

from collective.easyform.interfaces.easyform import default_actions
from plone.supermodel import serializeSchema
from plone.supermodel.model import Schema
from typing import Any
from zope.interface.interface import InterfaceClass


def leave_out(form: Any) -> None:
    """Let a form not mail what citizens enter, where nobody has chosen that.

    Applications reach the office in its list: by mail they would travel unprotected,
    and nothing would ever delete them. Actions that the editor made are kept.
    """
    if form.actions_model == default_actions(form):
        form.actions_model = _no_actions()


def _no_actions() -> str:
    model: str = serializeSchema(InterfaceClass("INoActions", (Schema,)))
    return model
