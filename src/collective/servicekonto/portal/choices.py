"""What a list says before anything was chosen: nobody sends what just stood there."""

from collective.servicekonto import _
from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.portal.forms import ICitizensForm
from z3c.form.interfaces import ISelectWidget
from z3c.form.widget import ComputedWidgetAttribute
from z3c.form.widget import StaticWidgetAttribute
from zope.schema.interfaces import IChoice


_LIST = {
    "request": IServicekontoLayer,
    "view": ICitizensForm,
    "field": IChoice,
    "widget": ISelectWidget,
}

_PLEASE_CHOOSE = _("Please choose")

prompt = ComputedWidgetAttribute(
    lambda asked: asked.field.required and asked.field.default is None, **_LIST
)
prompt_message = StaticWidgetAttribute(_PLEASE_CHOOSE, **_LIST)
no_value_message = StaticWidgetAttribute(_PLEASE_CHOOSE, **_LIST)
