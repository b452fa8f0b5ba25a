"""The second clerk: what waits, and the same comparison once more."""

from collective.servicekonto import _
from collective.servicekonto.accounts.login import LoginRefused
from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.clock import now
from collective.servicekonto.eid.counter import service
from collective.servicekonto.eid.counter.pages import CounterPage
from collective.servicekonto.eid.counter.words import DOCUMENTS
from collective.servicekonto.portal.web import PortalView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


class WaitingView(CounterPage, PortalView):
    """What waits at the office, the oldest first."""

    label = _("Waiting for a second clerk")
    index = ViewPageTemplateFile("waiting.pt")

    def waiting(self) -> list[dict[str, Any]]:
        """Return what is said of each."""
        return [
            {
                "page": f"schalter-pruefen?fall={case_id}",
                "number": account_number(case.account_id),
                "document": DOCUMENTS[case.document],
                "at": self.moment(case.at),
                "until": self.moment(case.until),
                "is_own": service.is_own(case),
            }
            for case_id, case in service.waiting(self.context, now())
        ]


class SecondView(CounterPage, PortalView):
    """Confirms what another clerk took from a document, or erases it."""

    label = _("Confirm as the second clerk")
    carried = ("fall",)

    def answer(self):
        """Say so where nothing waits under this name, or it can be confirmed no more."""
        try:
            return super().answer()
        except service.NoCase:
            return self._gone()
        except service.ChangedMeanwhile:
            return self._changed()
        except service.SameClerk:
            return self._same()

    def index(self):
        """Return the comparison."""
        self.found = service.get_case(self.context, self.case_id, now())
        return self.compare_template()

    def act(self):
        """Confirm it or erase it."""
        if "buttons.reject" in self.request.form:
            service.reject(self.context, self.case_id, now())
            return self._said(_("It is erased"), _("The account is unchanged."))
        self.problem = self.refused()
        if self.problem:
            return self.index()
        try:
            service.agree(
                self.request, self.context, self.case_id, self.password, now()
            )
        except (LoginRefused, service.Conflict) as refused:
            self.problem = self.why(refused)
            return self.index()
        return self._said(
            _("It is confirmed"),
            _(
                "The details are confirmed. The citizen gets an e-mail, and a message in "
                "the Postfach."
            ),
        )

    @property
    def case_id(self) -> str:
        """What is looked at."""
        return self.entry("fall")

    @property
    def buttons_below(self) -> list[tuple[str, Any]]:
        """Name and text of the buttons of the comparison."""
        shown = [("buttons.reject", _("Erase it, nothing is changed"))]
        if self.found.is_possible:
            shown.insert(0, ("buttons.confirm", _("Confirm")))
        return shown

    def sent_entries(self) -> list[tuple[str, str]]:
        """Return what the comparison sends on."""
        return list(self.carried_along().items())

    def _gone(self):
        return self._said(
            _("This does not wait here"),
            _(
                "Somebody has confirmed or erased it, the citizen has withdrawn it, or its "
                "time was over."
            ),
        )

    def _changed(self):
        return self._said(
            _("The account was changed"),
            _(
                "The citizen has changed the account since, so this cannot be confirmed "
                "any more. It erases itself. The citizen can come again with a new code."
            ),
        )

    def _same(self):
        return self._said(
            _("A second clerk is needed"),
            _("You took it from the document yourself. A colleague has to confirm it."),
        )

    def _said(self, label, text):
        return self.message(
            label, text, page="schalter-warten", link_text=_("To what is waiting")
        )
