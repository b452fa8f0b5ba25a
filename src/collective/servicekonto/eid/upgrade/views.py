"""Hochstufen, in the browser: what is needed, and what was read."""

from collective.servicekonto import _
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts.cards import query_card
from collective.servicekonto.accounts.login import LoginRefused
from collective.servicekonto.accounts.login import WrongPassword
from collective.servicekonto.accounts.new_password import present_password_attributes
from collective.servicekonto.accounts.views import FIRST_PAGE
from collective.servicekonto.accounts.views import page_behind
from collective.servicekonto.clock import now
from collective.servicekonto.eid import service as eid
from collective.servicekonto.eid.card.service import CONFIRM_PAGE
from collective.servicekonto.eid.help import APP_PAGE
from collective.servicekonto.eid.others import OthersConfirmed
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.rules import Refused
from collective.servicekonto.eid.start import IPasswordAgain
from collective.servicekonto.eid.start import StartPage
from collective.servicekonto.eid.upgrade import service
from collective.servicekonto.eid.upgrade.comparison import compared
from collective.servicekonto.eid.upgrade.comparison import others
from collective.servicekonto.identity.means import maximal_level
from collective.servicekonto.identity.means import MeansRefused
from collective.servicekonto.selfservice.own import OwnForm
from collective.servicekonto.selfservice.own import OwnView
from collective.servicekonto.selfservice.profile.words import LEVELS
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from urllib.parse import quote
from z3c.form import button


STEPS = 3


class UpgradeForm(StartPage, OwnForm):
    """Step 1: what is needed and what will be read; the password once more."""

    schema = IPasswordAgain
    label = _("Upgrade to Servicekonto Plus")
    step = (1, STEPS)
    carried = ("weiter",)
    scripts = ("reveal.js",)
    explanation_template = ViewPageTemplateFile("explanation.pt")
    app_page = APP_PAGE
    token_address = ""
    problem = None

    @property
    def way_back(self) -> str:
        """The log-in leads back here; what asked for the upgrade is asked again then."""
        return self.__name__

    def render(self):
        """Return the form, the next step, or say why the account cannot be upgraded."""
        if self.request.response.getStatus() == 303:
            return ""
        if query_card(self.account) is not None:
            return self.redirect(f"{CONFIRM_PAGE}?weiter={quote(self.page_behind)}")
        if not self.is_possible:
            return self.not_set_up()
        if service.query_reading(self.session, now()) is not None:
            return self.redirect(service.CHECK_PAGE)
        try:
            means.check_may_register_card(self.account, self.session.level)
        except MeansRefused:
            return self.needs_passkey(self.__name__)
        if self.problem is not None:
            return self.failed(self.problem.message)
        if self.token_address:
            return self.start(self.token_address, (2, STEPS))
        return super().render()

    @property
    def is_possible(self) -> bool:
        """Tell whether the portal can read cards; other pages ask before they lead here."""
        return eid.is_possible()

    @property
    def above_form(self):
        """What is needed, what is read and why, and the levels before and after."""
        return self.explanation_template()

    @property
    def page_behind(self) -> str:
        """The page that asked for the Online-Ausweis."""
        return page_behind(self.request)

    @property
    def level_before(self):
        """The highest level that the account reaches now."""
        return LEVELS[maximal_level(means.all_of(self.account))]

    def input_attributes(self, name):
        """Offer to show the password."""
        return super().input_attributes(name) | present_password_attributes(self)

    @button.buttonAndHandler(_("Upgrade"), name="upgrade")
    def handle_upgrade(self, action):
        """Check the password, and go on to the AusweisApp."""
        data, _errors = self.extractData()
        password = data.get("password") or ""
        try:
            self.token_address = service.begin(
                self.request, self.session, password, self.page_behind, now()
            )
        except WrongPassword as refused:
            self.show_problems({"password": refused.message})
        except LoginRefused as refused:
            self.status = self.translate(refused.message)
        except MeansRefused:
            # The page says why (see render).
            return
        except EIDProblem as problem:
            self.problem = problem

    @button.buttonAndHandler(_("Back"), name="back")
    def handle_back(self, action):
        """Go back."""
        self.redirect(FIRST_PAGE)


class CheckView(OthersConfirmed, OwnView):
    """Step 3: card and account side by side, and everything else for confirmation."""

    label = _("Check your details")
    step = (STEPS, STEPS)
    template = ViewPageTemplateFile("check.pt")
    about_others = _("The card says nothing about this.")
    notice = None

    def index(self):
        """Return the page, or the first step where no card was read."""
        self.reading = service.query_reading(self.session, now())
        if self.reading is None:
            return self._over()
        return self.template()

    def act(self):
        """Upgrade the account, give up, or wait a while longer."""
        if "cancel" in self.request.form:
            service.give_up(self.session, now())
            return self._given_up()
        if "more-time" in self.request.form:
            return self._prolong()
        try:
            _ticket, page = service.settle(
                self.request, self.session, self.seen_revision, self.kept, now()
            )
        except (service.NothingRead, MeansRefused):
            return self._over()
        except service.ChangedMeanwhile:
            self.notice = _(
                "Your account was changed in the meantime. Please look at everything "
                "once more."
            )
            return self.index()
        except Refused as refused:
            service.give_up(self.session, now())
            return self.message(
                _("That did not work"),
                refused.message,
                page=FIRST_PAGE,
                link_text=_("To Mein Bereich"),
            )
        return self._done(page)

    def compared(self):
        """Return what the card proves beside what the account says."""
        return compared(self.account, self._values, self.translate)

    def others(self):
        """Return everything else, for confirmation."""
        proofs = service.proofs(self.reading)
        return others(self.account, proofs, self.translate)

    @property
    def _values(self):
        return self.reading.read.values

    def _prolong(self):
        try:
            service.prolong(self.session, now())
        except service.NothingRead:
            return self._over()
        self.notice = _("You have five more minutes.")
        return self.index()

    def _done(self, page):
        others = [("mein-bereich", _("To Mein Bereich"))] if page != FIRST_PAGE else ()
        return self.message(
            _("You have a Servicekonto Plus"),
            _(
                "Your Online-Ausweis is registered. Your present log-in has the trust "
                "level hoch (high). What the card says is confirmed now, and cannot be "
                "changed by anybody."
            ),
            page=page,
            link_text=_("Go on"),
            others=others,
        )

    def _given_up(self):
        return self.message(
            _("You have cancelled"),
            _(
                "What was read from your card is erased. Your Servicekonto is unchanged."
            ),
            page=FIRST_PAGE,
            link_text=_("To Mein Bereich"),
            others=[("hochstufen", _("Begin anew"))],
        )

    def _over(self):
        return self.message(
            _("The time is over"),
            _(
                "What was read from your card is erased, for your protection. Your "
                "Servicekonto is unchanged. Please begin anew."
            ),
            page="hochstufen",
            link_text=_("Begin anew"),
            others=[(FIRST_PAGE, _("To Mein Bereich"))],
        )
