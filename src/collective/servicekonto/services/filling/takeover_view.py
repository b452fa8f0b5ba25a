"""Taking along what was entered without an account, after logging in."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.selfservice.own import OwnView
from collective.servicekonto.services.access import Way
from collective.servicekonto.services.access import way
from collective.servicekonto.services.filling import applicant
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.filling import saving
from collective.servicekonto.services.filling.drafts import Draft
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.filling.service import demanded
from collective.servicekonto.services.service import page_of
from collective.servicekonto.services.service import service_of
from collective.servicekonto.services.service import settings
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


SERVICE = "dienst"
TAKE_OVER = "uebernehmen"
DELETE = "loeschen"


class TakeOverView(OwnView):
    """Asks whether the entries in this browser are the citizen's; shows none of them."""

    label = _("Take your entries along")
    carried = (SERVICE,)
    template = ViewPageTemplateFile("takeover.pt")

    @property
    def way_back(self) -> str:
        """The log-in leads back to the question."""
        return self.this_page()

    def answer(self):
        """Find the form, and what was entered into it in this browser."""
        uid = self.request.form.get(SERVICE)
        self.form: Any = service_of(uid) if isinstance(uid, str) else None
        self.uid = uid
        self.moment = now()
        return super().answer()

    def index(self):
        """Return the question, where there is something to take along."""
        if self._entered is None:
            return self._to_form()
        return self.template()

    def act(self):
        """Take the entries over or delete them, and go to the form."""
        if self._entered is None:
            return self._to_form()
        what = self.request.form.get("was")
        if what == TAKE_OVER and self._is_open:
            saving.take_over(self._filling, self._entered, self.moment)
        if what == DELETE or (what == TAKE_OVER and self._is_open):
            drafts.discard(self._owner, self.uid)
        return self._to_form()

    @property
    def draft(self) -> Draft | None:
        """What the citizen has entered into the form with the account."""
        return drafts.query(self.account.id, self.uid, self.moment)

    @property
    def _owner(self) -> str:
        return applicant.anonymous(self.request).owner

    @property
    def _entered(self) -> Draft | None:
        """What was entered in this browser without account."""
        if self.form is None or not self._owner:
            return None
        return drafts.query(self._owner, self.uid, self.moment)

    @property
    def _filling(self) -> Filling:
        citizen = applicant.applicant(self.request)
        language = str(api.portal.get_current_language())
        draft = drafts.new_draft()
        today = day_of(self.moment)
        return Filling(self.form, self.request, citizen, draft, language, today)

    @property
    def _is_open(self) -> bool:
        needed = demanded(settings(self.form), self.draft)
        return way(needed, self.session.level, day_of(self.moment)) is Way.OPEN

    def _to_form(self):
        if self.form is None:
            return self.redirect("dienste")
        return self.redirect(page_of(self.form, "ausfuellen"))
