"""What the pages of the staff have in common."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.offices.service import may_answer
from collective.servicekonto.portal.dates import date_in_words
from collective.servicekonto.portal.dates import moment_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.portal.forms import PortalForm
from collective.servicekonto.portal.web import PortalPage
from collective.servicekonto.portal.web import PortalView
from collective.servicekonto.postbox.desk import service
from collective.servicekonto.postbox.desk.status import Status
from collective.servicekonto.postbox.desk.status import status
from collective.servicekonto.postbox.desk.words import STATUS
from collective.servicekonto.postbox.text import clean_text
from datetime import date
from plone import api
from typing import Any
from urllib.parse import urlencode


class DeskPage(PortalPage):
    """A page of an office for those who work there.

    Visitors are led to the log-in of the staff. Everybody else who does not work for
    the office, managers among them, learns so and nothing more.
    """

    contact = ""
    for_staff_only = _("These messages are for the staff of this office only")

    def is_right_host(self) -> bool:
        """Staff may work under another address than that of the citizens.

        Which one it is nobody had to configure: so links and redirects name no host.
        """
        return True

    def link(self, page: str = "") -> str:
        """Return the address of a page of the office, at the host of the request."""
        here: str = self.context.absolute_url_path()
        return f"{here}/{page}" if page else here

    def answer(self):
        """Return the page to those who work here."""
        if api.user.is_anonymous():
            return self.to_log_in()
        if not self.may_enter():
            return self.not_yours()
        try:
            return super().answer()
        except service.NotYours:
            return self.not_yours()
        except service.NoThread:
            return self.no_thread()

    def may_enter(self) -> bool:
        """Tell whether the page is for the present user."""
        return may_answer(self.context)

    def to_log_in(self) -> str:
        """Lead to the log-in of the staff, and from there back to this page."""
        page = f"{self.link(self.__name__)}?{self.request.get('QUERY_STRING', '')}"
        query = urlencode({"came_from": page.rstrip("?")})
        site = api.portal.get().absolute_url_path().rstrip("/")
        self.request.response.redirect(f"{site}/require_login?{query}", status=302)
        return ""

    def not_yours(self):
        """Refuse whoever does not work for this office."""
        return self.message(
            self.for_staff_only,
            _(
                "You do not have the role for it. Whoever manages the site can give it "
                "to you, on the page “Sharing” of the office."
            ),
            link_text=_("To the page of the office"),
            status=403,
        )

    def no_thread(self):
        """Say that there is no such thread."""
        return self.message(
            _("This message is not there"),
            _(
                "Your office has no such message. It may have been deleted because its "
                "time was over, or because the citizen has deleted the Servicekonto."
            ),
            page="nachrichten",
            link_text=_("To the messages"),
            status=404,
        )

    def entry(self, name: str) -> str:
        """Return a text of the address or the form, empty for anything else."""
        sent = self.request.form.get(name)
        return clean_text(sent) if isinstance(sent, str) else ""

    def moment(self, seconds: int) -> str:
        """Return the moment, given in epoch seconds, in words."""
        return self.translate(moment_in_words(moment_of(seconds), self.language))

    def day(self, day: date | str) -> str:
        """Return the day, or what is its ISO text, in words."""
        known = date.fromisoformat(day) if isinstance(day, str) else day
        return date_in_words(known, self.language)

    def reached(self, account: Any, message: Any) -> Any:
        """Say how far the message has come."""
        reached = status(account, message)
        if reached is Status.WAITING and message.provide_at > now().timestamp():
            moment = {"moment": self.moment(message.provide_at)}
            return _("Will be sent on ${moment}", mapping=moment)
        return STATUS[reached]

    @property
    def today(self) -> date:
        """The present day."""
        return now().date()

    def thread(self) -> service.Thread:
        """Return the thread that the address names. Raises NoThread."""
        return service.get_thread(self.context, self.entry("thread"), self.today)

    @property
    def language(self) -> str:
        """The language of the page."""
        language: Any = api.portal.get_current_language()
        return str(language)


class DeskView(DeskPage, PortalView):
    """A page of the staff with a template of its own."""


class DeskForm(DeskPage, PortalForm):
    """A form of the staff."""
