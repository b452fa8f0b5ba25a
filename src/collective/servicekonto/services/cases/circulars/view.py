"""Writing to all applicants of a service, in the browser."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.desk.writing import LetterForm
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.words import when
from collective.servicekonto.services.cases.circulars import service
from collective.servicekonto.services.cases.circulars.content import Circular
from collective.servicekonto.services.cases.circulars.inputs import ICircular
from collective.servicekonto.services.cases.circulars.inputs import services_of
from collective.servicekonto.services.cases.circulars.inputs import states_of
from collective.servicekonto.services.cases.circulars.service import Audience
from collective.servicekonto.services.cases.pages import CasesPage
from collective.servicekonto.services.cases.pages import CasesView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from urllib.parse import urlencode


_NAME = "nr"


class CircularForm(CasesPage, LetterForm):
    """A message to all applicants of a service, with a review before it is sent."""

    label = _("Write to all applicants of a service")
    schema = ICircular
    carried = ()
    number = 0
    under_way_template = ViewPageTemplateFile("under_way.pt")

    @property
    def audience(self) -> Audience:
        """For whom it is."""
        uid = self.entry("service")
        title = services_of(self.context).get(uid, "")
        return Audience(uid, title, states_of(self.entry("states")))

    def entries(self):
        """Add what every circular is."""
        fixed = {"kind": Kind.LETTER.value, "level": TrustLevel.LOW.value}
        return super().entries() | fixed

    def missing(self):
        """Say that service or states are missing."""
        found = self.audience
        missing = {}
        if not found.title:
            missing["service"] = _("Please choose a service of your office.")
        if not found.states:
            missing["states"] = _("Please choose which applications you mean.")
        return missing

    def can_be_sent(self, letter):
        """Tell whether there is somebody to write to, and not too many."""
        try:
            self.number = len(service.ids_of(self.context, self.audience))
        except service.TooMany:
            text = _(
                "There are more than ${number} such applications. Please choose fewer.",
                mapping={"number": service.MOST},
            )
            self.show_problems({"states": text})
            return False
        if not self.number:
            self.show_problems({"states": _("There is no such application.")})
        return self.number > 0

    def above_form(self):
        """Show what is still being sent, which can be stopped."""
        return self.under_way_template()

    def under_way(self) -> list[dict[str, str]]:
        """Return address and subject of what is still being sent."""
        return [
            {"href": self.link(_progress(key)), "subject": one.letter.subject}
            for key, one in service.under_way(self.context)
        ]

    def send(self, letter):
        """Begin to send it; return the id of the circular."""
        return service.send(self.context, self.audience, letter, now(), self.order)

    def review_entries(self):
        """Say first how many applications it is about, and what they got before."""
        number = _("Number of applications: ${number}", mapping={"number": self.number})
        whom = f"{self.audience.title}. {self.translate(number)}"
        entries = [(_("Recipients"), whom), *super().review_entries()]
        last = service.latest(self.context, self.audience.service)
        if last is not None:
            entries.insert(1, (_("They got a message already"), self._said_of(last[1])))
        return entries

    def to_thread(self, message):
        """Lead on to the progress."""
        self.redirect(_progress(message))

    def _said_of(self, circular: Circular) -> str:
        created = circular.header.created
        moment = self.translate(when(created, self.language))
        return f"{moment}: {circular.letter.subject}"


class ProgressView(CasesView):
    """How far a circular has come."""

    label = _("Message to all applicants")
    template = ViewPageTemplateFile("progress.pt")

    def answer(self):
        """Show the page, or say that there is no such circular."""
        try:
            return super().answer()
        except service.NoCircular:
            return self.message(
                _("This message is not there"),
                _("Your office has sent no such message within the last 30 days."),
                page="vorgaenge",
                link_text=_("To the applications"),
                status=404,
            )

    def index(self):
        """Return the page."""
        self.circular = service.get(self.context, self.entry(_NAME))
        return self.template()

    def act(self):
        """Stop it, and show the page."""
        service.stop(self.context, self.entry(_NAME), now())
        return self.redirect(_progress(self.entry(_NAME)))

    @property
    def created(self) -> str:
        """When it was sent."""
        return self.translate(when(self.circular.header.created, self.language))

    @property
    def stopped(self) -> str:
        """When it was stopped, empty where it was not."""
        at = self.circular.stopped
        return self.translate(when(at, self.language)) if at else ""

    def failed(self) -> list[dict[str, Any]]:
        """Return the applications whose citizen could not be written to."""
        found = map(applications.query, self.circular.failed)
        return [self.row(one) for one in found if one is not None]

    @property
    def seen(self) -> int:
        """How many applications were looked at."""
        return self.circular.total - self.circular.left

    @property
    def again(self) -> str:
        """The address of this page."""
        return self.link(_progress(self.entry(_NAME)))


def _progress(circular_id: str) -> str:
    """Return the page that shows how far the circular has come."""
    return f"rundschreiben-stand?{urlencode({_NAME: circular_id})}"
