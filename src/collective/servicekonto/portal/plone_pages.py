"""Pages of Plone, as a site with this add-on shows them."""

from collective.servicekonto.portal.adding import BUERGERPORTAL
from collective.servicekonto.portal.service import query_portal
from plone.app.content.browser.folderfactories import FolderFactoriesView
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
import plone.app.content.browser as plone_content
import Products.CMFPlone.browser.login as plone_login


class FactoriesView(FolderFactoriesView):
    """Plone's list of what can be added, without a second Bürgerportal.

    The type itself stays allowed everywhere, so that the portal can be moved.
    """

    index = ViewPageTemplateFile("folderfactories.pt", plone_content.__path__[0])

    def addable_types(self, include=None):
        """Return the entries of the menu."""
        entries = super().addable_types(include)
        if query_portal() is None:
            return entries
        return [entry for entry in entries if entry["id"] != BUERGERPORTAL]


class MailPasswordForm(BrowserView):
    """Plone's form for a forgotten password, with a place for our viewlet."""

    index = ViewPageTemplateFile(
        "templates/mail_password_form.pt", plone_login.__path__[0]
    )

    def __call__(self):
        """Return the page."""
        return self.index()
