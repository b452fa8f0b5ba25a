"""Confirming with the Online-Ausweis, blocking, unblocking and removing it."""

from collective.servicekonto import _
from collective.servicekonto.accounts.cards import CardUnknown
from collective.servicekonto.accounts.cards import query_card
from collective.servicekonto.accounts.login import LoginRefused
from collective.servicekonto.accounts.login import WrongPassword
from collective.servicekonto.accounts.new_password import present_password_attributes
from collective.servicekonto.accounts.views import FIRST_PAGE
from collective.servicekonto.accounts.views import page_behind
from collective.servicekonto.clock import now
from collective.servicekonto.eid import service as eid
from collective.servicekonto.eid.card import service
from collective.servicekonto.eid.help import EMERGENCY_NUMBER
from collective.servicekonto.eid.login.service import NEW_CARD_PAGE
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.start import IPasswordAgain
from collective.servicekonto.eid.start import StartPage
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.identity.means import MeansRefused
from collective.servicekonto.selfservice.own import OwnForm
from collective.servicekonto.selfservice.own import OwnView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from urllib.parse import quote
from z3c.form import button


class ConfirmView(StartPage, OwnView):
    """Lifts the session to the level of the card, where something asks for it."""

    label = _("Confirm with your Online-Ausweis")
    carried = ("weiter",)
    template = ViewPageTemplateFile("confirm.pt")

    @property
    def page_behind(self) -> str:
        """The page that comes next."""
        return page_behind(self.request)

    def index(self):
        """Return the page, or say why there is nothing to confirm with."""
        card = query_card(self.account)
        if card is None:
            return self.redirect(f"hochstufen?weiter={quote(self.page_behind)}")
        if not eid.is_possible():
            return self.not_set_up()
        if card.blocked:
            return self._blocked()
        if not card.means.usable:
            return self._test_card()
        if self.session.level >= Kind.ONLINE_AUSWEIS.level:
            return self._confirmed()
        return self.template()

    def act(self):
        """Go on to the AusweisApp."""
        try:
            address = service.begin_confirming(
                self.request, self.session, self.page_behind, now()
            )
        except (CardUnknown, MeansRefused):
            return self.index()
        except (LoginRefused, EIDProblem) as problem:
            return self.failed(problem.message)
        return self.start(address)

    def _confirmed(self):
        return self.message(
            _("You have confirmed with your Online-Ausweis"),
            _("Your present log-in has the trust level hoch (high)."),
            page=self.page_behind,
            link_text=_("Go on"),
        )

    def _blocked(self):
        return self.message(
            _("Your Online-Ausweis is blocked here"),
            _(
                "It cannot be used with your Servicekonto. Do you have it at hand? Then "
                "you can unblock it. Do you have a new card with the same details? Then "
                "let it take the place of the old one. If you have no card, everything "
                "that does not need it goes on with your password. If you have a new "
                "card with another name or another address, please ask the town."
            ),
            page=service.UNBLOCK_PAGE,
            link_text=_("Unblock the Online-Ausweis"),
            others=[
                (NEW_CARD_PAGE, _("I have a new card")),
                (FIRST_PAGE, _("To Mein Bereich")),
            ],
        )

    def _test_card(self):
        return self.message(
            _("Your test card does not count here"),
            _(
                "Your Servicekonto was upgraded with a test card, which is not accepted "
                "here any more. Please remove it. After that you can upgrade with your "
                "own Online-Ausweis."
            ),
            page="ausweis-entfernen",
            link_text=_("Remove the test card"),
            others=[(FIRST_PAGE, _("To Mein Bereich"))],
        )


class MovedView(OwnView):
    """Tells of an address that was taken over from the card."""

    def index(self):
        """Say what was changed."""
        return self.message(
            _("Your new address was taken over"),
            _(
                "The card says another address than your account did. The account has "
                "the new one now. You find it in your profile."
            ),
            page=page_behind(self.request),
            link_text=_("Go on"),
            others=[("profil", _("Your profile"))],
        )


class BlockView(OwnView):
    """Asks before the card is blocked for this account, and blocks it."""

    label = _("Block the Online-Ausweis")
    emergency_number = EMERGENCY_NUMBER
    template = ViewPageTemplateFile("block.pt")

    def index(self):
        """Return the page, or the list of means where there is no card."""
        if query_card(self.account) is None:
            return self.redirect(service.MEANS_PAGE)
        return self.template()

    def act(self):
        """Block it."""
        try:
            service.block(self.request, self.session, now())
        except CardUnknown:
            return self.redirect(service.MEANS_PAGE)
        return self.redirect(f"{service.MEANS_PAGE}?nach=ausweis-gesperrt")


class RemoveView(OwnView):
    """Asks before the card is removed from this account, and says what that needs."""

    label = _("Remove the Online-Ausweis")
    template = ViewPageTemplateFile("remove.pt")

    @property
    def card(self):
        """The card, or None."""
        return query_card(self.account)

    @property
    def may_remove(self) -> bool:
        """Tell whether the present session is enough."""
        return service.may_remove(self.session)

    def index(self):
        """Return the page, or the list of means where there is no card."""
        return self.redirect(service.MEANS_PAGE) if not self.card else self.template()

    def act(self):
        """Remove it."""
        try:
            service.remove(self.request, self.session, now())
        except (CardUnknown, MeansRefused):
            return self.index()
        return self.redirect(f"{service.MEANS_PAGE}?nach=ausweis-entfernt")


class UnblockForm(StartPage, OwnForm):
    """Lets a blocked card count again, after the password and with the card."""

    schema = IPasswordAgain
    label = _("Unblock the Online-Ausweis")
    intro = _(
        "Please have your card and the PIN at hand. The card is read once: if all "
        "details are those of your Servicekonto, you can use it again."
    )
    scripts = ("reveal.js",)
    token_address = ""
    problem = None

    def render(self):
        """Return the form, the next step, or say why it cannot be unblocked."""
        if self.request.response.getStatus() == 303:
            return ""
        card = query_card(self.account)
        if card is None or not card.blocked:
            return self.redirect(service.MEANS_PAGE)
        if not eid.is_possible():
            return self.not_set_up()
        try:
            service.check_may_unblock(self.account, self.session)
        except MeansRefused:
            return self.needs_passkey(self.__name__)
        if self.problem is not None:
            return self.failed(self.problem.message)
        if self.token_address:
            return self.start(self.token_address)
        return super().render()

    def input_attributes(self, name):
        """Offer to show the password."""
        return super().input_attributes(name) | present_password_attributes(self)

    @button.buttonAndHandler(_("Next"), name="next")
    def handle_next(self, action):
        """Check the password, and go on to the AusweisApp."""
        data, _errors = self.extractData()
        password = data.get("password") or ""
        try:
            self.token_address = service.begin_unblocking(
                self.request, self.session, password, now()
            )
        except WrongPassword as refused:
            self.show_problems({"password": refused.message})
        except LoginRefused as refused:
            self.status = self.translate(refused.message)
        except (CardUnknown, MeansRefused):
            # The page says why (see render).
            return
        except EIDProblem as problem:
            self.problem = problem

    @button.buttonAndHandler(_("Back"), name="back")
    def handle_back(self, action):
        """Go back."""
        self.redirect(service.MEANS_PAGE)
