"""What a list in the form of a service says where nothing need be chosen."""

from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.selfservice.profile.questions import NOT_SPECIFIED
from collective.servicekonto.services.filling.pages import IFillingForm
from z3c.form.interfaces import ISelectWidget
from z3c.form.widget import StaticWidgetAttribute
from zope.schema.interfaces import IChoice


no_value_message = StaticWidgetAttribute(
    NOT_SPECIFIED,
    request=IServicekontoLayer,
    view=IFillingForm,
    field=IChoice,
    widget=ISelectWidget,
)
