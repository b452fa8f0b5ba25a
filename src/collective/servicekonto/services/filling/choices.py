"""What a list says before anything was chosen: nobody is to send what just stood there."""

from collective.servicekonto import _
from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.selfservice.profile.questions import NOT_SPECIFIED
from collective.servicekonto.services.filling.pages import IFillingForm
from z3c.form.interfaces import ISelectWidget
from z3c.form.widget import ComputedWidgetAttribute
from z3c.form.widget import StaticWidgetAttribute
from zope.schema.interfaces import IChoice


_LIST = {
    "request": IServicekontoLayer,
    "view": IFillingForm,
    "field": IChoice,
    "widget": ISelectWidget,
}

prompt = ComputedWidgetAttribute(lambda asked: asked.field.required, **_LIST)
prompt_message = StaticWidgetAttribute(_("Please choose"), **_LIST)
no_value_message = StaticWidgetAttribute(NOT_SPECIFIED, **_LIST)
