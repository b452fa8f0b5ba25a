"""The inbox of an office in the browser: what is open, filters, search, many at once."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.postbox.citizen.downloads import save
from collective.servicekonto.postbox.desk.inputs import number_in
from collective.servicekonto.postbox.desk.service import clerk
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.rules import State
from collective.servicekonto.services.cases import inbox
from collective.servicekonto.services.cases import service
from collective.servicekonto.services.cases.circulars.inputs import services_of
from collective.servicekonto.services.cases.exports import service as exports
from collective.servicekonto.services.cases.exports.service import Format
from collective.servicekonto.services.cases.pages import CasesView
from collective.servicekonto.services.cases.rules import Filter
from functools import cached_property
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from urllib.parse import urlencode


OPEN = "offen"

# Entries of the address that say what is shown.
_FILTERS = ("stand", "dienst", "wer", "frist")

_MINE = "ich"
_NOBODY = "niemand"
_OVERDUE = "vorbei"

# What became of several applications, by the name of the number in the address.
_TOLD = {
    "geaendert": _("Number of applications that were changed: ${number}"),
    "ueberholt": _(
        "Number of applications that were not changed, because somebody else has worked "
        "on them meanwhile: ${number}"
    ),
    "unmoeglich": _(
        "Number of applications that were not changed, because this state cannot follow "
        "theirs: ${number}"
    ),
}

# A page holds no more.
_MOST_CHOSEN = 20


class InboxView(CasesView):
    """The applications to the office, what is open first."""

    label = _("Applications")
    confirm_template = ViewPageTemplateFile("confirm.pt")
    problem = None
    sought = ""

    # What is shown.

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many applications are in each of the open states."""
        return inbox.counts(self.context)

    def states(self) -> list[dict]:
        """Return value and title of each state that can be chosen."""
        total = sum(self.counts.values())
        all_open = _("All open ones (${number})", mapping={"number": total})
        return [
            {"value": OPEN, "title": all_open},
            *({"value": one, "title": self._title(one)} for one in self._all_states()),
        ]

    def services(self) -> list[dict]:
        """Return id and title of each service of the office."""
        found = services_of(self.context).items()
        return [{"value": uid, "title": title} for uid, title in found]

    def people(self) -> list[dict]:
        """Return by whose work one can choose."""
        return [
            {"value": _MINE, "title": _("assigned to me")},
            {"value": _NOBODY, "title": _("assigned to nobody")},
        ]

    def chosen(self, name: str) -> str:
        """Return what was chosen in the filter with this name."""
        return self.entry(name) or (OPEN if name == "stand" else "")

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything but the open applications was chosen."""
        return any(self.chosen(name) not in ("", OPEN) for name in _FILTERS)

    @cached_property
    def filter(self) -> Filter:
        """What was chosen."""
        state, who = self.chosen("stand"), self.entry("wer")
        known = state in self._all_states()
        return Filter(
            states=(state,) if known else tuple(inbox.open_states()),
            service=self.entry("dienst"),
            assigned=clerk() if who == _MINE else "",
            unassigned=who == _NOBODY,
            overdue=self.entry("frist") == _OVERDUE,
        )

    @cached_property
    def page(self) -> inbox.Page:
        """The applications that are shown."""
        behind = self.entry("hinter")
        return inbox.page(self.context, self.filter, self.today, behind)

    def rows(self) -> list[dict]:
        """Return what the list says of each application."""
        return [self.row(one) for one in self.page.applications]

    def older(self) -> str:
        """Return the address of the next page of the list."""
        query = urlencode(self.filter_entries() | {"hinter": self.page.behind})
        return self.link(f"vorgaenge?{query}")

    def filter_entries(self) -> dict[str, str]:
        """Return name and text of what was chosen, for forms that send it on."""
        return {name: self.entry(name) for name in _FILTERS if self.entry(name)}

    def targets(self) -> list[dict]:
        """Return the states into which several applications can be brought at once."""
        return [
            {"value": one, "title": self.state_title(one)}
            for one in self._all_states()
            if one not in (State.SUBMITTED, State.QUERIED, State.ANSWERED)
        ]

    def formats(self) -> list[str]:
        """Return the names of the formats of exports."""
        return [one.value for one in Format]

    def notices(self) -> list:
        """Say what became of the applications that were changed at once."""
        found = ((text, number_in(self.entry(name))) for name, text in _TOLD.items())
        return [_(text, mapping={"number": number}) for text, number in found if number]

    # What a clerk does.

    def act(self):
        """Do what the button says, and show the list again."""
        form = self.request.form
        if "buttons.find" in form:
            return self._find()
        if "buttons.export" in form:
            return self._export()
        if "buttons.confirm" in form:
            return self._change_many()
        if "buttons.change" in form and self._can_be_changed():
            return self.confirm_template()
        return self.index()

    def seen(self) -> dict[str, str]:
        """Return the versions of the applications that were ticked, by their ids."""
        sent = self.request.form.get("antrag", [])
        ids = sent if isinstance(sent, list) else [sent]
        known = [one for one in ids if isinstance(one, str)][:_MOST_CHOSEN]
        return {one: self.entry(f"stand.{one}") for one in known}

    @property
    def target(self) -> str:
        """The state into which the applications are to be brought."""
        sent = self.entry("nach")
        return sent if any(one["value"] == sent for one in self.targets()) else ""

    def chosen_rows(self) -> list[dict]:
        """Return what the question says of each application that was ticked."""
        found = (self._query(one) for one in self.seen())
        return [self.row(one) for one in found if one is not None]

    def _query(self, application_id: str):
        try:
            return service.get_case(
                self.context, application_id, self.today
            ).application
        except service.NoCase:
            return None

    def _can_be_changed(self) -> bool:
        if not self.seen():
            self.problem = _("Please tick the applications that you mean.")
        elif not self.target:
            self.problem = _("Please choose a state.")
        return self.problem is None

    def _change_many(self):
        if not self._can_be_changed():
            return self.index()
        changes = service.change_many(self.context, self.seen(), self.target, now())
        found = (changes.done, changes.changed, changes.refused)
        told = {
            name: str(len(some))
            for name, some in zip(_TOLD, found, strict=True)
            if some
        }
        return self.redirect(f"vorgaenge?{urlencode(self.filter_entries() | told)}")

    def _find(self):
        self.sought = self.entry("nummer").strip()
        found = service.query_by_number(self.context, self.sought)
        if found is not None:
            return self.redirect(self.case_page(found))
        self.problem = _(
            "Your office has no application with the number ${number}. Please compare "
            "it with what you were told.",
            mapping={"number": self.sought},
        )
        return self.index()

    def _export(self):
        wanted = self.entry("format")
        known = [one for one in Format if one.value == wanted]
        if not known:
            self.problem = _("Please choose a format.")
            return self.index()
        try:
            found = exports.export(
                self.context, self.filter, known[0], self.today, self.translate
            )
        except exports.TooMany:
            self.problem = _(
                "This is too much for one file: more than ${number} applications, or "
                "very long texts. Please choose a state or a service, so that there are "
                "fewer.",
                mapping={"number": exports.MOST},
            )
            return self.index()
        return save(self.request, found.name, found.media_type, found.content)

    def _all_states(self) -> list[str]:
        return applications.states()

    def _title(self, state: str) -> str:
        title = self.state_title(state)
        return f"{title} ({self.counts[state]})" if state in self.counts else title
