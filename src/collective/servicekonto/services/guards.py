"""Where the models of a service change without EasyForm's own pages asking for rights."""

from Acquisition import aq_chain
from collective.easyform.browser import actions
from collective.easyform.browser import fields
from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.services import expressions
from collective.servicekonto.services import outlets
from collective.servicekonto.services.online_service import IOnlineServiceForm
from plone import api
from plone.restapi.deserializer.dxfields import DefaultFieldDeserializer
from plone.restapi.interfaces import IFieldDeserializer
from typing import Any
from zExceptions import Redirect
from zope.component import adapter
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.interface import implementer
from zope.schema.interfaces import IText


_ACTIONS = "actions_model"
_MODELS = ("fields_model", _ACTIONS)


def guard_editors(event: Any) -> None:
    """Check what the XML editors of EasyForm are about to store."""
    view = event.request.get("PUBLISHED")
    view = getattr(view, "__self__", view)
    if not isinstance(view, fields.ModelEditorView):
        return
    form = next(
        (x for x in aq_chain(view.context) if IOnlineServiceForm.providedBy(x)), None
    )
    source = event.request.form.get("source")
    if form is None or not source:
        return
    is_actions = isinstance(view, actions.ModelEditorView)
    problem = _problem(form, _ACTIONS if is_actions else "fields_model", source)
    if problem is not None:
        api.portal.show_message(problem, event.request, type="error")
        raise Redirect(form.absolute_url())


def guard_actions(actions: Any, _event: Any) -> None:
    """Let no action that lets answers out be switched on in EasyForm's pages."""
    form = actions.aq_parent
    if not IOnlineServiceForm.providedBy(form):
        return
    if outlets.switch_off(form, actions.schema):
        api.portal.show_message(outlets.NOT_HERE, getRequest(), type="error")


@implementer(IFieldDeserializer)
@adapter(IText, IOnlineServiceForm, IServicekontoLayer)
class ModelDeserializer(DefaultFieldDeserializer):
    """Checks what arrives through REST."""

    def __call__(self, value: Any) -> Any:
        """Return the value. Raises ValueError where it may not be in a service."""
        if self.field.__name__ in _MODELS and isinstance(value, str):
            problem = _problem(self.context, self.field.__name__, value)
            if problem is not None:
                raise ValueError(translate(problem, context=self.request))
        return super().__call__(value)


def _problem(form: Any, name: str, source: str) -> Any | None:
    """Return why the source may not become this model of the form, or None."""
    models = {one: getattr(form, one) for one in _MODELS} | {name: source}
    try:
        expressions.check(form, **models)
        if name == _ACTIONS:
            outlets.check(form, source)
    except expressions.NotAllowed:
        return expressions.NOT_ALLOWED
    except outlets.HasOutlet:
        return outlets.NOT_HERE
    return None
