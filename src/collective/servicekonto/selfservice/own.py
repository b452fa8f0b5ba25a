"""Pages of Mein Bereich: for the citizen whose session it is, and nobody else."""

from AccessControl import getSecurityManager
from collective.servicekonto import _
from collective.servicekonto.accounts.cookies import get_ticket
from collective.servicekonto.accounts.interfaces import IOwnPage
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.service import is_active
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.accounts.sessions import ran_out
from collective.servicekonto.accounts.views import LOGGED_OUT
from collective.servicekonto.clock import now
from collective.servicekonto.portal.cookies import expire_cookie
from collective.servicekonto.portal.cookies import get_cookie
from collective.servicekonto.portal.cookies import set_cookie
from collective.servicekonto.portal.forms import PortalForm
from collective.servicekonto.portal.web import PortalPage
from collective.servicekonto.portal.web import PortalView
from collective.servicekonto.selfservice import kept
from typing import Any
from zope.interface import implementer


PERMISSION = "collective.servicekonto: Use own account"
KEPT_COOKIE = "servicekonto_kept"


@implementer(IOwnPage)
class OwnPage(PortalPage):
    """Leads everybody else to the log-in, and back afterwards.

    Within ``answer`` of subclasses ``account`` is the citizen's own, and ``session``
    the present one.
    """

    def answer(self):
        """Return the page, or go to the log-in."""
        self.session = current_session()
        allowed = getSecurityManager().checkPermission(PERMISSION, self.context)
        if self.session is None or not allowed:
            self.keep_entries()
            return self._to_log_in()
        self.account = query_account(self.session.account_id)
        return super().answer()

    @property
    def way_back(self) -> str:
        """Where the log-in leads afterwards."""
        return self.__name__

    def forged_form(self):
        """Refuse the form; where nobody is logged in any more, lead to the log-in."""
        if get_ticket(self.request) is None:
            return self._to_log_in()
        return super().forged_form()

    def keep_entries(self) -> None:
        """Nothing was typed on a page without a form."""

    def _to_log_in(self):
        reason = f"nach={LOGGED_OUT}&" if self.request.method == "POST" else ""
        return self.redirect(f"anmelden?{reason}weiter={self.way_back}")


class OwnView(OwnPage, PortalView):
    """A page of Mein Bereich with a template of its own."""


class OwnForm(OwnPage, PortalForm):
    """A form of Mein Bereich. What was typed survives the end of the session."""

    def keep_entries(self) -> None:
        """Keep what was typed by the citizen whose session has just run out."""
        account = account_of_ended_session(self.request)
        if account is not None:
            key = kept.keep(account.id, self.__name__, self.request.form, now())
            set_cookie(self.request, KEPT_COOKIE, key)

    def update(self):
        """Fill in what was kept; once it is sent, it is not needed any more."""
        key = get_cookie(self.request, KEPT_COOKIE)
        if key and self.request.method == "POST":
            kept.discard(key, self.account.id)
            expire_cookie(self.request, KEPT_COOKIE)
        elif key:
            self._fill_in(kept.query(key, self.account.id, self.__name__, now()))
        super().update()

    def _fill_in(self, entries: kept.Entries | None) -> None:
        if entries is None:
            return
        # Entries of a link fill in nothing, so that nobody can prepare a form.
        self.request.form.clear()
        self.request.form.update(entries)
        self.allow_prefill_from_GET_request = True
        self.notice = _(
            "You are logged in again. Your entries are still here. Please check them "
            "and send the form once more."
        )


def account_of_ended_session(request: Any) -> Any | None:
    """Return whose session ran out before the form was sent, or None.

    None as well after a log-out or where the session was revoked, and for an account
    that is being deleted: nothing is added to it.
    """
    ticket = get_ticket(request)
    if request.method != "POST" or ticket is None or not ran_out(ticket, now()):
        return None
    account = query_account(ticket.account_id)
    return account if account is not None and is_active(account) else None
