"""What the pages of the counter have in common."""

from collective.servicekonto import _
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.accounts.login import LoginRefused
from collective.servicekonto.eid.counter import service
from collective.servicekonto.eid.counter.service import Comparison
from collective.servicekonto.eid.counter.words import DOCUMENTS
from collective.servicekonto.eid.upgrade.comparison import NONE
from collective.servicekonto.eid.upgrade.comparison import titles
from collective.servicekonto.eid.upgrade.comparison import value_lines
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.postbox.desk.pages import DeskPage
from collective.servicekonto.selfservice.profile.words import LEVELS
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from typing import NamedTuple


# The tick that says how the document was looked at.
CHECKED = "checked"


class Row(NamedTuple):
    """A detail on the page of the comparison. Texts are lines to read.

    ``after`` is what the account says afterwards, with ``level`` in words. ``locked``
    tells that it contradicts the Online-Ausweis, ``same`` that nothing changes.
    """

    name: str
    title: Any
    account: list[str]
    document: list[str]
    after: list[str]
    level: Any
    locked: bool
    same: bool


class CounterPage(DeskPage):
    """A page of an office for those who may confirm identities there."""

    for_staff_only = _("The counter is for those who may confirm identities only")
    compare_template = ViewPageTemplateFile("compare.pt")
    found: Comparison | None = None
    problem: Any = None

    def may_enter(self) -> bool:
        """Tell whether the user may confirm identities here."""
        return service.may_confirm(self.context)

    def rows(self) -> list[Row]:
        """Return account, document and result of each detail."""
        found = self.found
        known = attributes(found.account)
        return [
            self._row(name, title, asked, known.get(name), found.results[name])
            for name, title, asked in titles(found.results)
        ]

    @property
    def document(self) -> Any:
        """The kind of the document, in words."""
        return DOCUMENTS[self.found.document]

    @property
    def password(self) -> str:
        """The password that was typed once more."""
        sent = self.request.form.get("password")
        return sent if isinstance(sent, str) else ""

    def refused(self) -> Any | None:
        """Return why it cannot be confirmed as it was sent, or None."""
        if self.entry(CHECKED) != "1":
            return _("Please confirm that you have checked the document.")
        return None

    def why(self, refused: Exception) -> Any:
        """Return why it was not confirmed."""
        if isinstance(refused, LoginRefused):
            return refused.message
        return _(
            "The document contradicts what the Online-Ausweis of the citizen proved. That "
            "cannot be changed here. With the new card the citizen can do it."
        )

    def _row(
        self,
        name: str,
        title: Any,
        asked: Any,
        old: Attribute | None,
        new: Attribute | None,
    ) -> Row:
        after = old if new is None else new
        return Row(
            name,
            title,
            [] if old is None else self._lines(asked, old.value),
            self._lines(asked, self.found.values.get(name, "")),
            self._lines(asked, after.value),
            LEVELS[after.level],
            locked=new is None,
            same=new == old,
        )

    def _lines(self, asked: Any, value: Any) -> list[str]:
        return value_lines(asked, value, self.translate) or [self.translate(NONE)]
