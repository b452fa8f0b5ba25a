"""What the services about a form under way have in common."""

from AccessControl import getSecurityManager
from collective.servicekonto import _
from collective.servicekonto.accounts.rest import own_session
from collective.servicekonto.clock import now
from collective.servicekonto.portal.dates import date_in_words
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.postbox.rest.base import PathService
from collective.servicekonto.services.access import Way
from collective.servicekonto.services.access import way
from collective.servicekonto.services.catalogue.steps import next_step
from collective.servicekonto.services.filling import applicant
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.filling import sending
from collective.servicekonto.services.filling.applicant import Applicant
from collective.servicekonto.services.filling.collecting import collect
from collective.servicekonto.services.filling.collecting import Collected
from collective.servicekonto.services.filling.entries import TooMuch
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.filling.limits import TooOften
from collective.servicekonto.services.filling.progress import TooManyBegun
from collective.servicekonto.services.filling.rest import shown
from collective.servicekonto.services.filling.service import demanded
from collective.servicekonto.services.service import page_of
from collective.servicekonto.services.service import settings
from datetime import datetime
from functools import cached_property
from plone import api
from Products.CMFCore.permissions import View
from typing import Any
from zExceptions import Unauthorized


FILLING = "@servicekonto-filling"

# What stands in the way: HTTP status, and the word for programs.
_REFUSED = {
    Way.RAISE: (403, "LevelTooLow"),
    Way.NOT_FOR_YOU: (403, "NotForYou"),
    Way.CLOSED: (409, "Closed"),
    Way.UNATTENDED: (409, "NotAtPresent"),
    Way.FAULTY: (409, "NotAtPresent"),
}


class NoDraft(Refused):
    """Nothing is kept of this form (any more)."""

    def __init__(self) -> None:
        super().__init__(404, "Unknown", _("Nothing is kept of this form."))


class FillingService(PathService):
    """A service about the form that a citizen fills in with the account.

    Subclasses implement ``act``; it is asked only where the page would be shown.
    """

    applicant: Applicant
    moment: datetime

    def answer(self):
        """Act, or say what has to be done first."""
        session = own_session()
        self.moment = now()
        self.applicant = applicant.applicant(self.request)
        may_see = getSecurityManager().checkPermission(View, self.context)
        if self.applicant.session != session or not may_see:
            raise Unauthorized
        try:
            return self.act()
        except TooMuch as error:
            too_often = isinstance(error, TooOften | TooManyBegun)
            status = 429 if too_often else 400
            raise Refused(status, "TooMuch", error.message) from None

    def act(self):
        """Return the answer."""
        raise NotImplementedError

    def demand_way(self) -> None:
        """Raise Refused unless the citizen may fill in the form now."""
        required = demanded(self.settings, self.kept)
        level = self.applicant.level
        found = way(required, level, day_of(self.moment))
        if found is Way.OPEN:
            return
        last = required.open_until
        until = "" if last is None else date_in_words(last, self.language)
        account = self.applicant.account
        step = next_step(self.context, required, found, account, until)
        status, kind = _REFUSED[found]
        raise Refused(
            status,
            kind,
            "" if step is None else step.text,
            required_level=required.required_level.value,
            level=None if level is None else level.value,
            steps=self._links(step),
        )

    def demand_draft(self) -> None:
        """Raise NoDraft where nothing is kept."""
        if self.kept is None:
            raise NoDraft

    @cached_property
    def settings(self):
        """What the editor set for the service."""
        return settings(self.context)

    @cached_property
    def language(self) -> str:
        """The language of the answer."""
        return str(api.portal.get_current_language())

    @property
    def kept(self) -> drafts.Draft | None:
        """The citizen's own draft, None where there is none."""
        return drafts.query(self.applicant.owner, self.context.UID(), self.moment)

    @cached_property
    def filling(self) -> Filling:
        """The form under way; without a draft a new one that is not kept yet."""
        draft = self.kept or drafts.new_draft()
        whose, today = self.applicant, day_of(self.moment)
        return Filling(self.context, self.request, whose, draft, self.language, today)

    @cached_property
    def collected(self) -> Collected:
        """Everything that was entered, and what is wrong with it."""
        return collect(self.filling)

    def look_again(self) -> None:
        """Forget what was read; a change may have changed what is asked and offered."""
        for name in ("filling", "collected"):
            self.__dict__.pop(name, None)

    def address(self, page: str) -> str:
        """Return the address of a page or service of the form."""
        return link(get_portal(), page_of(self.context, page))

    def whole(self) -> dict[str, Any]:
        """Return what the form asks, and what is entered there now."""
        filling, collected = self.filling, self.collected
        return {
            "@id": self.address(FILLING),
            "service": {
                "title": self.context.title,
                "purpose": self.settings.purpose,
                "legal_basis": self.settings.legal_basis,
                "fee": self.settings.fee,
            },
            "level": self.applicant.level.value,
            "required_level": demanded(self.settings, self.kept).required_level.value,
            "kept": shown.draft(filling),
            "attributes": shown.attributes(filling),
            "rows": shown.all_rows(filling),
            "pages": shown.pages(filling, collected),
            "complete": not collected.problems,
            "review": sending.version(filling, self.settings, collected),
            "new_in_profile": shown.new_in_profile(filling, collected),
            "links": {
                "page": self.address("ausfuellen"),
                "review": self.address("pruefen"),
            },
        }

    def _links(self, step: Any) -> list[dict[str, str]]:
        links = () if step is None else step.links
        return [
            {"@id": link(get_portal(), page), "title": self.translate(title)}
            for page, title in links
        ]
