"""Asks before an application is withdrawn."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.citizen.own import ApplicationPage
from collective.servicekonto.services.applications.citizen.view import WITHDRAWN
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class WithdrawView(ApplicationPage):
    """Withdraws the application when its button is pressed."""

    label = _("Withdraw the application")
    template = ViewPageTemplateFile("withdraw.pt")

    def show(self):
        """Return the page with the question."""
        if not service.can_be_withdrawn(self.application):
            return self._too_late()
        return self.template()

    def act_on(self):
        """Withdraw it, and go back to the application."""
        if service.state(self.application) == service.State.WITHDRAWN:
            return self.to_application(WITHDRAWN)
        try:
            service.withdraw(self.application, now())
        except service.ChangeRefused:
            return self._too_late()
        return self.to_application(WITHDRAWN)

    def _too_late(self):
        return self.refuse(
            _("The application cannot be withdrawn any more"),
            _("It was decided in the meantime. Please ask the office."),
            409,
        )
