"""What the pages on which a form is filled in have in common."""

from collective.servicekonto import _
from collective.servicekonto.accounts.cookies import get_ticket
from collective.servicekonto.accounts.interfaces import IOwnPage
from collective.servicekonto.accounts.views import LOGGED_OUT
from collective.servicekonto.clock import now
from collective.servicekonto.offices.service import query_office
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.portal.web import PortalPage
from collective.servicekonto.postbox.text import clean_line
from collective.servicekonto.services.access import Way
from collective.servicekonto.services.access import way
from collective.servicekonto.services.filling import applicant
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.filling import saving
from collective.servicekonto.services.filling.applicant import Applicant
from collective.servicekonto.services.filling.drafts import Draft
from collective.servicekonto.services.filling.entries import TooMuch
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.service import page_of
from collective.servicekonto.services.service import service_of
from collective.servicekonto.services.service import settings
from functools import cached_property
from plone import api
from Products.Five.browser import BrowserView
from typing import Any
from zope.interface import implementer


@implementer(IOwnPage)
class FillingPage(PortalPage, BrowserView):
    """A page of a form, for those who may fill it in.

    Whoever may not is told what to do, and nothing that was typed is lost. Subclasses
    implement ``show`` and ``act``.

    ``sent``  what came with the request; the request itself is used for the form
    """

    sent: dict[str, Any]
    applicant: Applicant

    def answer(self):
        """Return the page, or lead to what has to be done first."""
        self.sent = dict(self.request.form)
        self.moment = now()
        self.applicant = applicant.applicant(self.request)
        found = way(self.settings, self.applicant.level, day_of(self.moment))
        if found is not Way.OPEN:
            return self._not_yet(found)
        return self.act() if self.request.method == "POST" else self.show()

    def show(self):
        """Return the page."""
        raise NotImplementedError

    def act(self):
        """Return what the button leads to."""
        raise NotImplementedError

    # What the page is about

    @cached_property
    def settings(self):
        """What the editor set for the service."""
        return settings(self.context)

    @cached_property
    def language(self) -> str:
        """The language of the page."""
        return str(api.portal.get_current_language())

    @property
    def office(self) -> str:
        """The name of the office."""
        found = query_office(self.settings.office_id)
        return "" if found is None else found.title

    def page_link(self, page: str = "") -> str:
        """Return the address of a page of the service."""
        return self.link(self.page_path(page))

    def page_path(self, page: str = "") -> str:
        """Return a page of the service as a page of the portal."""
        return page_of(self.context, page)

    def this_page(self, **entries: str) -> str:
        """Return the page as a page of the portal."""
        return self.page_path(self.__name__)

    @property
    def way_back(self) -> str:
        """Where the log-in leads afterwards."""
        return f"formular?dienst={self.context.UID()}"

    @cached_property
    def filling(self) -> Filling:
        """The form under way; without a draft a new one that is not kept yet."""
        return self._filling(self.applicant)

    def _filling(self, whose: Applicant) -> Filling:
        draft = self._draft(whose) or drafts.new_draft()
        return Filling(self.context, self.request, whose, draft, self.language)

    def _draft(self, whose: Applicant) -> Draft | None:
        if not whose.owner:
            return None
        return drafts.query(whose.owner, self.context.UID(), self.moment)

    @property
    def has_draft(self) -> bool:
        """Tell whether something is kept."""
        return bool(self.filling.draft.saved)

    def text(self, name: str, longest: int = 100) -> str:
        """Return what was sent as one text; anything else counts as empty."""
        value = self.sent.get(name, "")
        return clean_line(value)[:longest] if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """Return all texts that were sent under this name."""
        value = self.sent.get(name, [])
        values = value if isinstance(value, list) else [value]
        return [one for one in values if isinstance(one, str)]

    # What has to be done first

    def _not_yet(self, found: Way):
        self._keep_entries()
        if found is Way.LOG_IN:
            return self._to_log_in()
        if found is Way.UNATTENDED:
            return self._not_at_present(
                _(
                    "No office is responsible for it at the moment. What you have "
                    "entered is kept as a draft. Please try again later, or ask the "
                    "town."
                )
            )
        if found is Way.FAULTY:
            return self._not_at_present(
                _(
                    "The town has to correct something in it first. What you have "
                    "entered is kept as a draft. Please try again later, or ask the "
                    "office."
                )
            )
        if found is Way.RAISE:
            return self.message(
                _("Please confirm first who you are"),
                _(
                    "This form needs a higher trust level than you are logged in with. "
                    "What you have entered is kept: once you have confirmed who you "
                    "are, you can go on."
                ),
                page=self.page_path(),
                link_text=_("How to raise the trust level"),
                status=403,
            )
        if found is Way.CLOSED:
            return self.message(
                _("One cannot apply any more"),
                _(
                    "The time for this form is over. What you have entered is kept "
                    "until your draft is deleted. If you have a question, please ask "
                    "the office."
                ),
                page=self.page_path(),
                link_text=_("To the description of the service"),
                status=409,
            )
        return self.message(
            _("This form is for people without an account"),
            _("To use it, please log out first."),
            page="abmelden",
            link_text=_("Log out"),
            status=403,
        )

    def _not_at_present(self, text):
        return self.message(
            _("This form cannot be sent at present"),
            text,
            page=self.page_path(),
            link_text=_("To the description of the service"),
            status=409,
        )

    def no_draft(self):
        """Lead to the beginning."""
        return self.redirect(self.page_path())

    def forged_form(self):
        """Refuse the form; where nobody is logged in any more, lead to the log-in."""
        self.sent, self.moment = {}, now()
        needs_account = way(self.settings, None, day_of(self.moment)) is Way.LOG_IN
        if needs_account and get_ticket(self.request) is None:
            return self._to_log_in()
        return super().forged_form()

    def _to_log_in(self):
        reason = f"nach={LOGGED_OUT}&" if self.request.method == "POST" else ""
        return self.redirect(f"anmelden?{reason}weiter={self.way_back}")

    def _keep_entries(self) -> None:
        """Keep what was typed, also where the session has just run out."""
        if self.request.method != "POST":
            return
        whose = self.applicant
        if whose.account is None:
            whose = applicant.ended(self.request)
        if whose is None:
            return
        try:
            saving.keep(self._filling(whose), self.sent, self.moment)
        except TooMuch:
            # It is more than anybody types.
            return


class ResumeView(PortalPage, BrowserView):
    """Leads from the log-in back to the form that the address names by its UID."""

    def answer(self):
        """Go to the form, or to the list of services."""
        uid = self.request.form.get("dienst")
        form = service_of(uid) if isinstance(uid, str) else None
        if form is None:
            return self.redirect("dienste")
        return self.redirect(page_of(form, "ausfuellen"))
