"""The services of the town, in the browser."""

from AccessControl.PermissionRole import rolesForPermissionOn
from Acquisition import aq_inner
from collective.servicekonto import _
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.clock import now
from collective.servicekonto.offices.service import query_office
from collective.servicekonto.portal.dates import date_in_words
from collective.servicekonto.portal.dates import day_in_words
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.portal.landing import LandingEntry
from collective.servicekonto.portal.waiting import WaitingShown
from collective.servicekonto.portal.web import PortalView
from collective.servicekonto.selfservice.area import AreaEntry
from collective.servicekonto.services import access
from collective.servicekonto.services import brochures
from collective.servicekonto.services import outlets
from collective.servicekonto.services import service as services
from collective.servicekonto.services.access import Way
from collective.servicekonto.services.catalogue.handed_over import handed_over
from collective.servicekonto.services.catalogue.steps import next_step
from collective.servicekonto.services.catalogue.words import for_whom
from collective.servicekonto.services.catalogue.words import what_is_needed
from collective.servicekonto.services.filling.service import demanded
from collective.servicekonto.services.filling.service import draft_of
from collective.servicekonto.services.filling.service import kept_back
from collective.servicekonto.services.pages import ServiceView
from collective.servicekonto.services.words import has_all_words
from dataclasses import replace
from functools import cached_property
from plone import api
from Products.CMFCore.permissions import ModifyPortalContent
from Products.CMFCore.permissions import View
from typing import Any
from zope.component import queryMultiAdapter


SERVICES = AreaEntry(
    "dienste",
    _("Services"),
    _("What you can apply for from home."),
    5,
)

_LANDING = LandingEntry(
    "dienste",
    _("Services of the town"),
    _("Apply from home: with a Servicekonto much is filled in already."),
    _("To the services"),
)


def landing_entry(portal: Any) -> LandingEntry | None:
    """Return the way to the services, None while there are none to see."""
    return _LANDING if services.has_services(portal) else None


class CatalogueView(WaitingShown, PortalView):
    """All services that the visitor may see, with a search."""

    label = _("Services of the town")
    carried = ("suche",)

    def answer(self):
        """Show the list, or lead on to the service that a log-in comes back to."""
        self.forms = services.services_of(self.context)
        wanted = self.request.form.get("dienst")
        for form in self.forms:
            if form.UID() == wanted:
                return self.redirect(services.page_of(form))
        return self.index()

    @property
    def wanted(self) -> str:
        """What is looked for, empty for everything."""
        return self.carried_along().get("suche", "").strip()

    def entries(self) -> list[dict[str, Any]]:
        """Return what the list shows of each service that is found."""
        level, today = _level(), day_of(now())
        found = []
        for form in self.forms:
            settings = services.settings(form)
            office = query_office(settings.office_id)
            if not has_all_words(_words_of(form, settings, office), self.wanted):
                continue
            found.append(
                {
                    "title": form.title,
                    "description": form.description,
                    "href": self.link(services.page_of(form)),
                    "needed": what_is_needed(settings),
                    "for_whom": for_whom(settings),
                    "office": "" if office is None else office.title,
                    "is_over": access.way(settings, level, today) is Way.CLOSED,
                }
            )
        return found


def _words_of(form: Any, settings: Any, office: Any | None) -> str:
    words = (form.title, form.description, settings.purpose, *settings.checklist)
    return " ".join((*words, "" if office is None else office.title))


def _level():
    session = current_session()
    return None if session is None else session.level


class StartView(WaitingShown, ServiceView):
    """What a service is, what it needs, and the way to its form."""

    def is_right_host(self) -> bool:
        """Let editors look at it under the address at which they work, too."""
        return self.may_edit or super().is_right_host()

    def answer(self):
        """Return the page under the title of the service."""
        self.label = self.context.title
        self.settings = demanded(services.settings(self.context), self.draft)
        self.office = query_office(self.settings.office_id)
        self.way = access.way(self.settings, _level(), day_of(now()))
        return self.index()

    @property
    def is_open(self) -> bool:
        """Tell whether the visitor can begin now."""
        return self.way is Way.OPEN

    @property
    def step(self):
        """What has to be done first, None where nothing is in the way."""
        return next_step(
            self.context, self.settings, self.way, self.account, self.until
        )

    @cached_property
    def account(self):
        """The account of the citizen who is logged in, else None."""
        session = current_session()
        return None if session is None else query_account(session.account_id)

    @cached_property
    def draft(self):
        """What the citizen has entered so far, None for nothing."""
        if self.account is None:
            return None
        return draft_of(self.account, self.context.UID(), now())

    def waiting_here(self):
        """Say that this form was begun here before anybody logged in."""
        uid, here = self.context.UID(), self.own_page()
        return [
            replace(one, page="" if one.page == here else one.page)
            for one in super().waiting_here()
            if one.id == uid
        ]

    @property
    def kept_back(self) -> tuple[str, ...]:
        """The attributes that the citizen does not want to hand over."""
        return () if self.draft is None else kept_back(self.draft)

    @property
    def draft_until(self) -> str:
        """The last day of the draft, in words."""
        return day_in_words(moment_of(self.draft.expires), self.language)

    @property
    def language(self) -> str:
        """The language of the page."""
        return str(api.portal.get_current_language())

    @property
    def until(self) -> str:
        """The last day on which one can apply, empty for no end."""
        day = self.settings.open_until
        return date_in_words(day, self.language) if day else ""

    @property
    def needed(self):
        """With what one can apply."""
        return what_is_needed(self.settings)

    @property
    def for_whom(self):
        """What organisations have to know, None where they cannot apply."""
        return for_whom(self.settings)

    @property
    def introduction(self) -> str:
        """The text of the form above its fields, as safe HTML."""
        value = self.context.formPrologue
        return value.output_relative_to(self.context) if value else ""

    @property
    def data(self):
        """What the form takes from the account of the citizen who is logged in."""
        return [] if self.account is None else handed_over(self.context)

    def brochures(self) -> list[dict[str, str]]:
        """Return address and title of the files that citizens get."""
        return [
            {"href": f"{one.absolute_url()}/view", "title": one.title}
            for one in self.settings.brochures
        ]

    @property
    def may_edit(self) -> bool:
        """Tell whether the user may change the service."""
        return bool(api.user.has_permission(ModifyPortalContent, obj=self.context))

    @property
    def is_public(self) -> bool:
        """Tell whether everybody sees the service."""
        return "Anonymous" in rolesForPermissionOn(View, aq_inner(self.context))

    def closed_by(self) -> list[str]:
        """Return the titles of actions for which the service is closed."""
        return outlets.titles(self.context)

    def withheld(self) -> list[str]:
        """Return the titles of brochures that citizens do not get."""
        return [one.title for one in brochures.withheld(self.context)]

    def editors_links(self) -> list[dict[str, Any]]:
        """Return the pages on which the service is changed; none to others."""
        if not self.may_edit:
            return []
        pages = {
            "edit": _("Settings"),
            "fields": _("Fields"),
            "zuordnung": _("Fields and Servicekonto"),
            "statistik": _("Statistics"),
        }
        here = self.context.absolute_url()
        return [
            {"href": f"{here}/{page}", "text": text}
            for page, text in pages.items()
            if queryMultiAdapter((self.context, self.request), name=page) is not None
        ]
