"""An application in the browser of its office: all about it, and the answer."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.desk.inputs import day_in
from collective.servicekonto.postbox.desk.inputs import IAnswer
from collective.servicekonto.postbox.desk.reading import ThreadForm
from collective.servicekonto.postbox.desk.service import clerk
from collective.servicekonto.postbox.desk.writing import LetterForm
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.services.cases import letters
from collective.servicekonto.services.cases import service
from collective.servicekonto.services.cases import staff
from collective.servicekonto.services.cases.case_shown import CaseShown
from collective.servicekonto.services.cases.pages import APPLICATION
from collective.servicekonto.services.cases.pages import CasesPage
from datetime import date
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form import button


# What led to the page, by the word in its address.
_NOTICES = {
    "gesendet": _("The message is on its way. Below you see how far it has come."),
    "zustand": _("The state is changed. The citizen is told in the Postfach."),
    "zuordnung": _("Assignment and day are changed."),
    "notiz": _("The note is kept."),
}


class CaseForm(CaseShown, CasesPage, ThreadForm):
    """An application with all that belongs to it, and a letter to the citizen."""

    schema = IAnswer
    carried = (APPLICATION,)
    buttons = LetterForm.buttons.copy()
    handlers = LetterForm.handlers.copy()
    notices = _NOTICES
    case_template = ViewPageTemplateFile("case.pt")
    outcome_template = ViewPageTemplateFile("outcome.pt")

    def find(self):
        """Find the application, which is read from now on."""
        self.found = service.read_case(
            self.context, self.entry(APPLICATION), self.today
        )
        self.present = self.found.thread
        self.label = self.found.application.title

    def updateFields(self):
        """Nothing can be written to whom has no Postfach."""
        super().updateFields()
        if not self.has_postbox:
            self.fields = self.fields.omit(*self.fields)

    @property
    def addressee(self):
        """The account that an answer goes to, None where nobody can write to it."""
        return letters.query_citizen(self.found)

    @property
    def has_postbox(self) -> bool:
        """Tell whether one can write to the citizen here."""
        return self.addressee is not None

    @property
    def has_buttons_between(self) -> bool:
        """Tell whether there are buttons among the fields."""
        return self.has_postbox

    def buttons_to_show(self):
        """Show none where nothing can be written."""
        return super().buttons_to_show() if self.has_postbox else []

    def above_form(self):
        """Show the application above the answer."""
        return self.case_template()

    def below_fields(self):
        """Ask for the state that the message leads to, and offer to attach files."""
        if not self.has_postbox:
            return ""
        asked = self.outcome_template() if letters.outcomes(self.found) else ""
        return asked + super().below_fields()

    @property
    def version(self):
        """What there is to be read."""
        return self.found.version

    def thread_messages(self):
        """Return what was written; copies say what the page says already."""
        written = [
            one for one in self.present.messages if messages.kind(one) is not Kind.COPY
        ]
        return [self.shown(one) for one in written]

    def known_entries(self):
        """Return what the application says, and the state that was chosen."""
        return {
            "subject": self.found.application.title,
            "reference": self.found.application.number,
            "level": letters.level_of(self.found).value,
            "outcome": self.entry("outcome"),
        }

    def can_be_sent(self, letter):
        """Tell whether nobody worked on it meanwhile, and the state can follow."""
        if not super().can_be_sent(letter):
            return False
        try:
            letters.state_after(self.found, letter, self.entry("outcome"))
        except letters.NoOutcome:
            self._tell_no_outcome()
            return False
        return True

    def send(self, letter):
        """Send the letter, and bring the application into the state."""
        try:
            return letters.send(
                self.context,
                self.found,
                letter,
                self.entry("outcome"),
                self.seen,
                now(),
                self.order,
            )
        except service.ChangedMeanwhile:
            self.tell_overtaken()
        except letters.NoOutcome:
            self._tell_no_outcome()
        except letters.NoPostbox:
            self.status = _(
                "Nothing was sent: the citizen has deleted the Servicekonto, or is "
                "about to. Please write by post."
            )
        return None

    def review_entries(self):
        """Add the state that the message leads to."""
        after = letters.state_after(self.found, self.letter, self.entry("outcome"))
        return [
            *super().review_entries(),
            (_("State of the application afterwards"), self.state_title(after)),
        ]

    def to_thread(self, message):
        """Lead on to the application."""
        self._go_on("gesendet")

    def tell_overtaken(self):
        """Say that there is something new; what was typed stays."""
        self.overtaken = True
        self.status = _(
            "Nothing is changed yet: somebody else has worked on this application "
            "meanwhile. Please look at it once more. Your text is still here."
        )

    def _tell_no_outcome(self) -> None:
        self.show_problems(
            {
                "kind": _(
                    "Please choose below how the application is decided with this "
                    "message."
                )
            }
        )

    @button.buttonAndHandler(_("Change the state"), name="state")
    def handle_state(self, action):
        """Bring the application into the chosen state."""
        try:
            service.change(
                self.context,
                self.found,
                self.entry("zustand"),
                self.entry("mitteilung"),
                self.seen,
                now(),
            )
        except service.ChangedMeanwhile:
            self.tell_overtaken()
        except service.ChangeRefused:
            self.status = _("Please choose a state that can follow the present one.")
        else:
            self._go_on("zustand")

    @button.buttonAndHandler(_("Save assignment and day"), name="arrange")
    def handle_arrange(self, action):
        """Say who works on it, and until when."""
        member = self.entry("wer")
        if member and member not in self.members():
            self.status = _("Please choose somebody who works for your office.")
            return
        try:
            self._arrange(member, day_in(self.entry("bis").strip()))
        except ValueError:
            self.status = _("Please enter a date such as 24.12.2026.")

    @button.buttonAndHandler(_("Assign to me"), name="take")
    def handle_take(self, action):
        """Say that the clerk works on it."""
        self._arrange(clerk(), day_in(self.found.application.due))

    @button.buttonAndHandler(_("Keep the note"), name="note")
    def handle_note(self, action):
        """Keep a note for the staff."""
        try:
            service.add_note(
                self.context,
                self.found,
                self.entry("notiz"),
                self.entry("vorbehalt"),
                now(),
            )
        except service.NoNote:
            self.status = _(
                "Please write a note of at most ${number} characters.",
                mapping={"number": service.LONGEST_NOTE},
            )
        else:
            self._go_on("notiz")

    def members(self) -> dict[str, str]:
        """Return names of those who work for the office, by their ids."""
        assigned = self.found.application.assigned
        known = {assigned: staff.name(assigned)} if assigned else {}
        return known | staff.members(self.context)

    def _arrange(self, member: str, due: date | None) -> None:
        try:
            service.assign(self.context, self.found, member, due, self.seen, now())
        except service.ChangedMeanwhile:
            self.tell_overtaken()
        else:
            self._go_on("zuordnung")

    def _go_on(self, notice: str) -> None:
        self.redirect(self.case_page(self.found.application, nach=notice))
