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
from collective.servicekonto.services.filling.service import demanded
from collective.servicekonto.services.service import page_of
from collective.servicekonto.services.service import service_of
from collective.servicekonto.services.service import settings
from functools import cached_property
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
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
    ending_template = ViewPageTemplateFile("ending.pt")

    def answer(self):
        """Return the page, or lead to what has to be done first."""
        self.sent = dict(self.request.form)
        self.moment = now()
        self.applicant = applicant.applicant(self.request)
        settings = demanded(self.settings, self._draft(self.applicant))
        found = way(settings, self.applicant.level, day_of(self.moment))
        if found is not Way.OPEN:
            return self._not_yet(found)
        if self._may_mean_an_account():
            return self._logged_out()
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

    @property
    def way_to_log_in(self) -> str:
        """The log-in, from which one comes back with what was entered here."""
        return f"anmelden?weiter=entwurf-uebernehmen?dienst={self.context.UID()}"

    @cached_property
    def filling(self) -> Filling:
        """The form under way; without a draft a new one that is not kept yet."""
        return self._filling(self.applicant)

    def _filling(self, whose: Applicant) -> Filling:
        draft = self._draft(whose) or drafts.new_draft()
        today = day_of(self.moment)
        return Filling(self.context, self.request, whose, draft, self.language, today)

    def _draft(self, whose: Applicant) -> Draft | None:
        if not whose.owner:
            return None
        return drafts.query(whose.owner, self.context.UID(), self.moment)

    @property
    def is_anonymous(self) -> bool:
        """Tell whether nobody is logged in."""
        return self.applicant.account is None

    @property
    def takes_accounts(self) -> bool:
        """Tell whether one can fill it in with an account."""
        return self.settings.takes_accounts

    @property
    def has_draft(self) -> bool:
        """Tell whether something is kept."""
        return bool(self.filling.draft.saved)

    def ending(self) -> str:
        """Return the button that forgets everything, for those without account."""
        return self.ending_template() if self.is_anonymous else ""

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

    def _may_mean_an_account(self) -> bool:
        """Tell whether what is typed without a session was meant for the account."""
        return self.takes_accounts and applicant.is_logged_out(self.request)

    def _logged_out(self):
        """Let the citizen decide, before anything gets out of the account."""
        said = (
            _("What you have typed is kept in your Servicekonto. Nothing was sent yet.")
            if self._keep_entries()
            else _("Nothing was sent yet.")
        )
        return self.message(
            _("You were logged out in the meantime"),
            said,
            page=f"anmelden?weiter={self.way_back}",
            link_text=_("Log in and go on"),
            others=[("abmelden", _("Use the form without a Servicekonto"))],
            status=403,
        )

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
                    "are, you can go on. Files that you have just chosen have to be "
                    "chosen again."
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

    def _keep_entries(self) -> bool:
        """Keep what was typed into a draft; tell whether it was.

        What comes from a session that is over, or whose level has fallen, does not
        change a draft of a higher level.
        """
        author = self._author()
        draft = None if author is None else self._draft(author)
        if self.request.method != "POST" or draft is None:
            return False
        filling = self._filling(author)
        needed = demanded(self.settings, draft).required_level
        try:
            if author.typing_level >= needed or author.account is None:
                saving.keep(filling, self.sent, self.moment)
            else:
                saving.set_aside(filling, self.sent, self.number, self.moment)
        except TooMuch:
            return False
        return True

    def _author(self) -> Applicant | None:
        """Return who has typed what was sent, None where nobody can tell."""
        if applicant.is_logged_out(self.request):
            return applicant.ended(self.request)
        return self.applicant

    @property
    def number(self) -> int:
        """The number of the page that was sent, the first one for anything else."""
        text = self.text("seite")
        return int(text) if text.isdecimal() else 1


class ResumeView(PortalPage, BrowserView):
    """Leads from the log-in back to the form that the address names by its UID."""

    def answer(self):
        """Go to the form, or to the list of services."""
        uid = self.request.form.get("dienst")
        form = service_of(uid) if isinstance(uid, str) else None
        if form is None:
            return self.redirect("dienste")
        return self.redirect(page_of(form, "ausfuellen"))
