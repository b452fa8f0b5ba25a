"""Everything of the account that a proof says nothing about, for confirmation.

So planted data are noticed (BSI TR-03160-1, chapter 5.1).
"""

from collective.servicekonto.eid.upgrade.comparison import Other
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


class OthersConfirmed:
    """Part of a page of Mein Bereich that shows the others, each with a tick.

    ``about_others`` says why the proof leaves them out.
    """

    account: Any
    request: Any
    about_others: Any
    others_template = ViewPageTemplateFile("others.pt")

    def others(self) -> list[Other]:
        """Return what the proof says nothing about."""
        raise NotImplementedError

    def is_kept(self, name: str) -> bool:
        """Tell whether the tick is set; only who saw the present account takes it away."""
        return self.seen_revision != self.account.revision or name in self.kept

    @property
    def seen_revision(self) -> int:
        """The revision of the account that the citizen looked at, -1 for none."""
        sent = self.request.form.get("revision")
        known = isinstance(sent, str) and sent.isdecimal() and len(sent) < 12
        return int(sent) if known else -1

    @property
    def kept(self) -> list[str]:
        """The names whose tick was sent."""
        sent = self.request.form.get("keep", [])
        names = sent if isinstance(sent, list) else [sent]
        return [name for name in names if isinstance(name, str)]
