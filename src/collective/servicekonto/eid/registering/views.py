"""Registering with the card, in the browser."""

from collective.servicekonto import _
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.clock import now
from collective.servicekonto.eid import service as eid
from collective.servicekonto.eid.login.service import LOG_IN_PAGE
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.registering import service
from collective.servicekonto.eid.start import StartPage
from collective.servicekonto.portal.viewlets import is_citizen
from collective.servicekonto.portal.web import PortalView
from collective.servicekonto.registration.service import DraftGone
from collective.servicekonto.registration.views import STEPS
from collective.servicekonto.registration.views import WizardPage
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class CardView(StartPage, WizardPage, PortalView):
    """Step 3 begins: what is needed and what is read."""

    label = _("Let your Online-Ausweis be read")
    step = (3, STEPS)
    template = ViewPageTemplateFile("card.pt")

    def answer(self):
        """Return the page to those who register a Servicekonto Plus."""
        return self.logged_in_already() if is_citizen() else super().answer()

    def index(self):
        """Return the page, or lead back to the choice of the account."""
        if self.draft.account != service.SERVICEKONTO_PLUS:
            return self.redirect("registrieren-konto")
        return self.template() if eid.is_possible() else self.not_set_up()

    def act(self):
        """Go on to the AusweisApp."""
        try:
            begun = service.begin(self.request, self.key, now())
        except DraftGone:
            return self.redirect("registrieren-konto")
        except (TooManyAttempts, EIDProblem) as problem:
            return self.failed(problem.message)
        return self.start(begun.address, self.step)


class ElsewhereView(PortalView):
    """Leads on whose card cannot be registered."""

    label = _("This card cannot be registered")

    def index(self):
        """Say what to do."""
        return self.message(
            self.label,
            service.CardElsewhere.message,
            page=LOG_IN_PAGE,
            link_text=_("Log in with the Online-Ausweis"),
            others=[("registrieren-konto", _("Register without the card"))],
        )
