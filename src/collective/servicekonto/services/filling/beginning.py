"""Beginning a form, going on with it, and giving it up."""

from collective.servicekonto import _
from collective.servicekonto.registration import gate
from collective.servicekonto.services.filling import applicant
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.filling import progress
from collective.servicekonto.services.filling import saving
from collective.servicekonto.services.filling.own import FillingPage
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


BEGIN = "beginnen"
RESUME = "fortsetzen"
ANEW = "neu"
DISCARD = "verwerfen"
END = "beenden"

PAGE = "ausfuellen"

_BEGUN = _("This form was begun in this browser")
_OF_NETWORK = _(
    "Very many forms are begun from your network at the moment. Please wait a minute, or "
    "log in with a Servicekonto."
)


class Beginning(FillingPage):
    """What the buttons do with the form as a whole."""

    begun_template = ViewPageTemplateFile("begun.pt")

    def begin(self, what: str):
        """Go to the page to go on with, of a new form where there is none."""
        if self.is_anonymous and self.has_draft:
            if what == BEGIN:
                return self._ask()
            if what == ANEW:
                self._forget()
        if self.has_draft:
            return self._go_on()
        refusal = self._refusal()
        return self._go_on_anew() if refusal is None else self._too_many(refusal)

    def discard(self):
        """Forget the draft, and go to the description of the service."""
        if self.applicant.owner:
            drafts.discard(self.applicant.owner, self.context.UID())
        return self.redirect(self.page_path())

    def end(self):
        """Forget everything that was done in this browser without account."""
        if not self.is_anonymous:
            return self.no_draft()
        if self.applicant.owner:
            drafts.erase(self.applicant.owner)
        applicant.forget(self.request)
        return self.message(
            _("Your entries are deleted"),
            _(
                "Nothing of them is left in this browser. What you have sent is with "
                "the office. On a shared computer, please close all windows of the "
                "browser."
            ),
            page=self.page_path(),
            link_text=_("To the description of the service"),
        )

    def way_to(self, number: int) -> str:
        """Return a page of the form as a page of the portal."""
        return self.page_path(f"{PAGE}?seite={number}")

    def _go_on(self):
        """Note what of the account is handed over, and go to the page."""
        self._keep_back()
        saving.store(self.filling, self.moment)
        return self.redirect(self.way_to(self.filling.draft.page))

    def _go_on_anew(self):
        """Count that somebody begins, and let the browser remember who has no account."""
        if not self.applicant.owner:
            self.applicant = applicant.with_cookie(self.request)
            del self.filling
        progress.begin(self.filling, self.moment)
        return self._go_on()

    def _refusal(self) -> Any | None:
        """Return why no form can be begun now, None where one can; it is counted."""
        if not self.is_anonymous:
            try:
                progress.count_beginning(self.filling, self.moment)
            except progress.TooManyBegun as error:
                return error.message
            return None
        client = self.request.getClientAddr()
        if gate.is_needed(client, self.moment):
            return _OF_NETWORK
        gate.count(client, self.moment)
        return None

    def _ask(self):
        """Ask who it is, before anything is shown that somebody else has entered."""
        self.label = _BEGUN
        return self.begun_template()

    def _forget(self) -> None:
        """Let the next person in this browser be a new one."""
        drafts.erase(self.applicant.owner)
        self.applicant = applicant.with_cookie(self.request)
        del self.filling

    def _keep_back(self) -> None:
        """Note what of the account the citizen does not hand over."""
        offered = self.texts("angeboten")
        chosen = self.texts("daten")
        if offered:
            kept_back = [one for one in offered if one not in chosen]
            progress.keep_back(self.filling, kept_back)

    def _too_many(self, reason):
        return self.message(
            _("Please try again in a minute"),
            reason,
            page=self.page_path(),
            link_text=_("To the description of the service"),
            status=429,
        )
