"""Adding a Bürgerportal; a site has one."""

from collective.servicekonto import _
from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.portal.service import query_portal
from plone.dexterity.browser.add import DefaultAddForm
from plone.dexterity.browser.add import DefaultAddView
from plone.dexterity.interfaces import IDexterityFTI
from Products.CMFCore.interfaces import IFolderish
from z3c.form.interfaces import ActionExecutionError
from zope.component import adapter
from zope.interface import Invalid


BUERGERPORTAL = "Buergerportal"


def second_portal(title: str):
    """Return why another Bürgerportal cannot be added."""
    return _("This site has a Bürgerportal already: ${title}", mapping={"title": title})


class AddPortalForm(DefaultAddForm):
    """The form of a new Bürgerportal."""

    portal_type = BUERGERPORTAL

    def createAndAdd(self, data):
        """Make the portal, or say in the form that there is one."""
        other = query_portal()
        if other is not None:
            raise ActionExecutionError(Invalid(second_portal(other.title)))
        return super().createAndAdd(data)


@adapter(IFolderish, IServicekontoLayer, IDexterityFTI)
class AddPortalView(DefaultAddView):
    """The page around the form."""

    form = AddPortalForm
