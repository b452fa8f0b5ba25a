"""What else the editor lets happen with a form: EasyForm's own actions."""

from collections.abc import Mapping
from collective.easyform.api import get_actions
from collective.easyform.browser.view import EasyFormForm
from collective.servicekonto import _
from collective.servicekonto import logger
from collective.servicekonto.services.filling.entries import PREFIX
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.veiling import veiled
from transaction.interfaces import TransientError
from typing import Any
from z3c.form.interfaces import IDataConverter
from z3c.form.interfaces import IFieldWidget
from zope.component import getMultiAdapter
from zope.schema import getFieldsInOrder


FAILED = _(
    "Your application could not be sent, because something that belongs to this form "
    "did not work. Nothing was sent, and your entries are kept. Please try again later, "
    "or ask the office."
)


class ActionFailed(RuntimeError):
    """Something the editor wants did not work: nothing may be committed.

    ``problems`` are messages by field, if the action said so.
    """

    def __init__(self, problems: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.problems = problems or {}


def run(filling: Filling, data: Mapping[str, Any]) -> None:
    """Do what the editor wants to happen with these values. Raises ActionFailed."""
    if not any(one.required for _name, one in getFieldsInOrder(_actions(filling))):
        return
    _load(filling, data)
    form = EasyFormForm(filling.service, filling.request)
    try:
        with veiled(filling.request):
            problems = form.processActions(dict(data))
    except TransientError:
        raise
    except Exception as error:
        # The message may hold what the citizen typed.
        path = "/".join(filling.service.getPhysicalPath())
        logger.error("An action of %s failed: %s", path, type(error).__name__)
        raise ActionFailed from None
    if problems:
        raise ActionFailed(problems)


def _actions(filling: Filling) -> Any:
    return get_actions(filling.service)


def _load(filling: Filling, data: Mapping[str, Any]) -> None:
    """Let the actions find in the request what a browser would have sent."""
    filling.load()
    form = filling.request.form
    for name, value in data.items():
        if value is None or name in filling.for_files or f"{PREFIX}{name}" in form:
            continue
        widget = getMultiAdapter((filling.schema[name], filling.request), IFieldWidget)
        form[f"{PREFIX}{name}"] = IDataConverter(widget).toWidgetValue(value)
