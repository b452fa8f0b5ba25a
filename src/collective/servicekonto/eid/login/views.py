"""Logging in with the Online-Ausweis, in the browser."""

from collective.servicekonto import _
from collective.servicekonto.accounts.interfaces import LogInWay
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.views import page_behind
from collective.servicekonto.clock import now
from collective.servicekonto.eid import service as eid
from collective.servicekonto.eid.login import service
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.start import StartPage
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import is_open
from collective.servicekonto.portal.viewlets import is_citizen
from collective.servicekonto.portal.web import PortalView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from urllib.parse import quote


_PASSWORD = ("anmelden", _("Log in with the password"))


def way() -> LogInWay | None:
    """Offer the log-in with the card where the portal reads cards."""
    if not eid.is_possible():
        return None
    return LogInWay(service.LOG_IN_PAGE, _("Log in with the Online-Ausweis"))


class CardStartView(StartPage, PortalView):
    """Says what is read, and goes on to the AusweisApp."""

    carried = ("weiter",)

    @property
    def page_behind(self) -> str:
        """The page that comes next."""
        return page_behind(self.request)

    @property
    def page_before(self) -> str:
        """The page that leads back, to another way of logging in."""
        return f"anmelden?weiter={quote(self.page_behind)}"

    def answer(self):
        """Return the page, where the portal reads cards."""
        return super().answer() if eid.is_possible() else self.not_set_up()

    def index(self):
        """Return the page."""
        return self.template()

    def act(self):
        """Go on to the AusweisApp."""
        try:
            address = self.begin(self.request, self.page_behind, now())
        except (TooManyAttempts, EIDProblem) as problem:
            return self.failed(problem.message)
        return self.start(address)

    def begin(self, request, back, moment) -> str:
        """Begin the reading of the card; return the address of the TC token."""
        raise NotImplementedError


class CardLogInView(CardStartView):
    """Logs in with a card that the portal knows."""

    label = _("Log in with the Online-Ausweis")
    template = ViewPageTemplateFile("login.pt")

    def answer(self):
        """Return the page to those who are not logged in yet."""
        return self.logged_in_already() if is_citizen() else super().answer()

    def begin(self, request, back, moment) -> str:
        """Begin the reading of the card."""
        return service.begin(request, back, moment).address


class NewCardView(CardStartView):
    """Logs in with a card that the portal does not know yet, or registers it."""

    label = _("Log in with a new card")
    template = ViewPageTemplateFile("new_card.pt")

    def index(self):
        """Return the page."""
        if is_citizen():
            self.label = _("Use a new card")
        return super().index()

    @property
    def page_before(self) -> str:
        """The page that leads back."""
        return "anmeldung" if is_citizen() else super().page_before

    def begin(self, request, back, moment) -> str:
        """Begin the reading of the card, for the citizen who is logged in, if any."""
        session = current_session()
        if session is None:
            return service.begin_with_new_card(request, back, moment).address
        return service.begin_replacing(request, session, back, moment)


class UnknownView(PortalView):
    """Leads on whose card is not known."""

    label = _("Your card is not known here")

    def index(self):
        """Say why that may be, and what to do."""
        register = [("registrieren", _("Register a Servicekonto"))]
        return self.message(
            self.label,
            _(
                "No Servicekonto was found with this Online-Ausweis. Do you have a new "
                "card? Then we look for your account by your details. Or did you never "
                "add the card to your account? Then log in with your password, and add "
                "it there. If you have no account yet, you can register."
            ),
            page=service.NEW_CARD_PAGE,
            link_text=_("I have a new card"),
            others=[_PASSWORD, *(register if is_open(get_portal()) else ())],
        )


class NotFoundView(PortalView):
    """Leads on whose details are those of no account."""

    label = _("Your account could not be found with this card")

    def index(self):
        """Say why that may be, and what to do."""
        text = _(
            "No Servicekonto was found that has exactly the details of this card. "
            "Perhaps your name or your address has changed since you used the old card. "
            "Please log in with your password: then you can use everything that does "
            "not need the card. To use the new card, ask the town, please."
        )
        if is_citizen():
            return self._other_details()
        return self.message(
            self.label,
            text,
            *_PASSWORD,
            others=[("passwort-vergessen", _("Forgot your password?"))],
        )

    def _other_details(self):
        self.label = _("The details on this card are others")
        text = _(
            "The card does not say exactly what your Servicekonto says, for example "
            "because of a new name or address. Therefore it could not take the place of "
            "your old card. Nothing was changed. If the old card can still be read, "
            "remove it from your Servicekonto, and add the new one after that. If it "
            "cannot, please ask the town."
        )
        return self.message(
            self.label,
            text,
            page="ausweis-entfernen",
            link_text=_("Remove the old card"),
            others=[("mein-bereich", _("To Mein Bereich"))],
        )


class BlockedView(PortalView):
    """Leads on whose card is blocked for the account."""

    label = _("Your Online-Ausweis is blocked here")

    def index(self):
        """Say what to do."""
        return self.message(
            self.label,
            service.BlockedCard.message,
            page="anmelden?weiter=ausweis-entsperren",
            link_text=_("Log in with the password"),
            others=[("passwort-vergessen", _("Forgot your password?"))],
        )


class ReplacedView(PortalView):
    """Leads on who uses a card in whose place there is another one."""

    label = _("This card was replaced")

    def index(self):
        """Say what to do."""
        new = (service.LOG_IN_PAGE, _("Log in with the Online-Ausweis"))
        return self.message(
            self.label, service.ReplacedCard.message, *new, others=[_PASSWORD]
        )
