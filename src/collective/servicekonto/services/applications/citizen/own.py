"""What the pages of the citizen's applications have in common."""

from collective.servicekonto import _
from collective.servicekonto.offices.service import query_office
from collective.servicekonto.portal.dates import day_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.postbox.citizen.own import PostboxView
from collective.servicekonto.services.applications import service
from typing import Any
import re


# The address names an application by its id.
APPLICATION = "antrag"

_ID = re.compile("[0-9a-f]{32}")


LOCKED = _("Protected application")


class ApplicationsPage(PostboxView):
    """A page about applications of the citizen."""

    home = ("antraege", _("To my applications"))

    def application_link(self, application_id: str, page: str = "antrag") -> str:
        """Return the address of a page about an application."""
        return self.link(way_to(application_id, page))

    def is_locked(self, application: Any) -> bool:
        """Tell whether the citizen has to log in at a higher level to see it."""
        return service.is_locked(application, self.session.level)

    def submitted(self, application: Any) -> str:
        """Return the day on which it was sent."""
        return day_in_words(moment_of(application.submitted), self.language)

    def state_title(self, application: Any) -> str:
        """Return what its state is called."""
        return self.translate(service.title(service.state(application)))

    def is_decided(self, application: Any) -> bool:
        """Tell whether nothing has to be done any more."""
        return service.is_decided(service.state(application))


class ApplicationPage(ApplicationsPage):
    """A page about one application of the citizen, which the address names.

    Within ``show`` and ``act_on`` the application is the citizen's own.
    """

    carried = (APPLICATION,)
    application: Any = None

    @property
    def way_back(self) -> str:
        """The log-in leads back to the application."""
        if not self.application_id:
            return "antraege"
        return way_to(self.application_id, self.__name__)

    @property
    def application_id(self) -> str:
        """The id of the application, or an empty text."""
        text = self.text(APPLICATION)
        return text if _ID.fullmatch(text) else ""

    def index(self):
        """Return the page, or say that there is no such application."""
        return self._with_own(self.show)

    def act(self):
        """Do what the button says, or say that there is no such application."""
        return self._with_own(self.act_on)

    def show(self):
        """Return the page."""
        raise NotImplementedError

    def act_on(self):
        """Return what the button leads to; most pages have none."""
        return self.show()

    def to_application(self, done: str = ""):
        """Go to the page of the application, which says what was done."""
        more = f"&getan={done}" if done else ""
        return self.redirect(f"{way_to(self.application_id)}{more}")

    def refuse(self, label: Any, text: Any, status: int):
        """Say why something is not possible, and lead back to the application."""
        return self.message(
            label,
            text,
            page=way_to(self.application_id),
            link_text=_("To the application"),
            status=status,
        )

    def _with_own(self, answer):
        try:
            self.application = service.get_own(
                self.account, self.application_id, self.session.level
            )
        except service.Locked as locked:
            return self.locked(locked.required, LOCKED)
        except service.NoApplication:
            return self.message(
                _("This application does not exist"),
                _(
                    "Perhaps its time is over. If you came by a link, please look into "
                    "the list of your applications."
                ),
                *self.home,
                status=404,
            )
        return answer()


def office_of(application: Any) -> dict[str, Any]:
    """Return title and contact of the office of an application."""
    office = query_office(application.office)
    return {
        "title": application.office_name if office is None else office.title,
        "contact": [] if office is None else (office.contact or "").splitlines(),
    }


def way_to(application_id: str, page: str = "antrag") -> str:
    """Return a page about the application."""
    return f"{page}?{APPLICATION}={application_id}"
