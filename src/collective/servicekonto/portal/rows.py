"""Rows in the portal's forms, with collective.z3cform.datagridfield."""

from collective.z3cform.datagridfield.blockdatagridfield import BlockDataGridFieldWidget
from z3c.form.interfaces import IFieldWidget
from z3c.form.widget import FieldWidget
from zope.interface import implementer


class RowsWidget(BlockDataGridFieldWidget):
    """Rows that grow and shrink with buttons of the form, with and without scripts."""

    auto_append = False
    allow_insert = False

    def createObjectWidget(self, idx):
        """Fill in the rows with what the form gives, which has read the request."""
        widget = super().createObjectWidget(idx)
        widget.ignoreRequest = True
        return widget


@implementer(IFieldWidget)
def RowsFieldWidget(field, request):
    """Return the widget of the rows."""
    return FieldWidget(field, RowsWidget(request))
