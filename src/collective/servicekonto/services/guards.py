"""Where the models of a service change without EasyForm's own pages asking for rights."""

from Acquisition import aq_chain
from collective.easyform.browser import actions
from collective.easyform.browser import fields
from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.services import expressions
from collective.servicekonto.services.online_service import IOnlineServiceForm
from plone import api
from plone.restapi.deserializer.dxfields import DefaultFieldDeserializer
from plone.restapi.interfaces import IFieldDeserializer
from typing import Any
from zExceptions import Redirect
from zope.component import adapter
from zope.i18n import translate
from zope.interface import implementer
from zope.schema.interfaces import IText


_MODELS = ("fields_model", "actions_model")


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
    try:
        _check(form, "actions_model" if is_actions else "fields_model", source)
    except expressions.NotAllowed:
        api.portal.show_message(expressions.NOT_ALLOWED, event.request, type="error")
        raise Redirect(form.absolute_url()) from None


@implementer(IFieldDeserializer)
@adapter(IText, IOnlineServiceForm, IServicekontoLayer)
class ModelDeserializer(DefaultFieldDeserializer):
    """Checks what arrives through REST."""

    def __call__(self, value: Any) -> Any:
        """Return the value. Raises ValueError where the user may not add what is in it."""
        if self.field.__name__ in _MODELS and isinstance(value, str):
            try:
                _check(self.context, self.field.__name__, value)
            except expressions.NotAllowed:
                text = translate(expressions.NOT_ALLOWED, context=self.request)
                raise ValueError(text) from None
        return super().__call__(value)


def _check(form: Any, name: str, source: str) -> None:
    models = {one: getattr(form, one) for one in _MODELS} | {name: source}
    expressions.check(form, **models)
