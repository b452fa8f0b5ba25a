"""The thank-you page: the number of the application, and what happens next."""

from collective.easyform.api import dollar_replacer
from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.offices.service import query_office
from collective.servicekonto.postbox.attachments.download import send
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.filling import applicant
from collective.servicekonto.services.filling import sending
from collective.servicekonto.services.filling.own import FillingPage
from functools import cached_property
from html import escape
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


class SentView(FillingPage):
    """Says that the application has arrived; only to whoever sent it."""

    template = ViewPageTemplateFile("sent.pt")
    application: Any

    def answer(self):
        """Return the page, its PDF, or lead to the service."""
        self.sent = dict(self.request.form)
        self.moment = now()
        self.applicant = applicant.applicant(self.request)
        found = self._application()
        if found is None:
            return self._unknown()
        self.application = found
        if self._is_locked():
            return self._locked()
        if self.text("als") == "pdf" and found.paper is not None:
            return send(found.paper, self.request)
        return self.template()

    @cached_property
    def label(self) -> str:
        """What the editor wrote as the title, or our own words."""
        return self.context.thankstitle or _("Thank you")

    @property
    def way_back(self) -> str:
        """Where the log-in leads afterwards."""
        return "antraege"

    @property
    def is_anonymous(self) -> bool:
        """Tell whether it was sent without an account."""
        return not self.application.account_id

    @property
    def office(self) -> str:
        """The name of the office."""
        found = query_office(self.application.office)
        return self.application.office_name if found is None else found.title

    @property
    def pdf(self) -> str:
        """The address of the PDF, an empty text while there is none."""
        if self.application.paper is None:
            return ""
        return self.page_link(f"gesendet?s={self.text('s')}&als=pdf")

    @property
    def prologue(self) -> str:
        """What the editor wrote for this page, above."""
        return self._written(self.context.thanksPrologue)

    @property
    def epilogue(self) -> str:
        """What the editor wrote for this page, below."""
        return self._written(self.context.thanksEpilogue)

    def _written(self, text: Any) -> str:
        if not text:
            return ""
        values = {one.field: escape(one.text) for one in self.application.answers}
        return str(dollar_replacer(text.output, values))

    def _application(self) -> Any | None:
        key = self.text("s")
        for who in (self.applicant, applicant.anonymous(self.request)):
            found = sending.sent(who.owner, key, self.moment)
            if found is not None:
                return found
        return None

    def _is_locked(self) -> bool:
        level = self.applicant.level
        return level is not None and applications.is_locked(self.application, level)

    def _locked(self):
        return self.message(
            _("Your application has arrived"),
            _("To see it once more, you need a log-in with a higher trust level."),
            page="antraege",
            link_text=_("To my applications"),
            status=403,
        )

    def _unknown(self):
        if self.applicant.account is None and not self.applicant.owner:
            return self._to_log_in()
        return self.message(
            _("This application is not shown here any more"),
            _(
                "If you are logged in, you find what you have sent under “My "
                "applications”."
            ),
            page=self.page_path(),
            link_text=_("To the description of the service"),
            status=404,
        )
