"""The citizen asks for the confirmation: a code for the counter."""

from collective.servicekonto import _
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts.login import LoginRefused
from collective.servicekonto.accounts.login import WrongPassword
from collective.servicekonto.accounts.new_password import present_password_attributes
from collective.servicekonto.accounts.numbers import account_number
from collective.servicekonto.accounts.views import FIRST_PAGE
from collective.servicekonto.clock import now
from collective.servicekonto.eid.counter import codes
from collective.servicekonto.eid.counter import service
from collective.servicekonto.eid.counter.rules import CODE_TIME
from collective.servicekonto.eid.counter.words import DOCUMENTS
from collective.servicekonto.eid.others import OthersConfirmed
from collective.servicekonto.eid.start import IPasswordAgain
from collective.servicekonto.eid.upgrade.comparison import described
from collective.servicekonto.identity.means import maximal_level
from collective.servicekonto.portal.dates import moment_in_words
from collective.servicekonto.portal.dates import moment_of
from collective.servicekonto.selfservice.own import OwnForm
from collective.servicekonto.selfservice.profile.words import LEVELS
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form import button


class AskForm(OthersConfirmed, OwnForm):
    """Everything else in the account for confirmation, and the password once more."""

    schema = IPasswordAgain
    label = _("Have your details confirmed at the counter")
    scripts = ("reveal.js",)
    explanation_template = ViewPageTemplateFile("explanation.pt")
    about_others = _("No document says this.")
    code_template = ViewPageTemplateFile("code.pt")
    days = CODE_TIME.days
    code = ""

    def render(self):
        """Return the form, or the code this one time."""
        if self.code:
            self.label = _("Your code for the counter")
            return self.code_template()
        return super().render()

    @property
    def above_form(self):
        """What happens at the counter, and at which level."""
        return self.explanation_template()

    def below_fields(self):
        """Every other detail of the account."""
        return self.others_template()

    def documents(self):
        """Return the names of the documents that are accepted."""
        return list(DOCUMENTS.values())

    @property
    def level(self):
        """The level of the present session, which the confirmation cannot exceed."""
        return LEVELS[self.session.level]

    @property
    def could_be_higher(self) -> bool:
        """Tell whether the account has a means of a higher level than this log-in."""
        return maximal_level(means.all_of(self.account)) > self.session.level

    def others(self):
        """Return what no document at the counter proves."""
        names = service.others(self.account)
        return described(self.account, names, self.translate)

    @property
    def code_until(self) -> str:
        """Until when there is a code that was not used, empty for none."""
        until = codes.query_expiry(self.account, now())
        return "" if until is None else self._moment(until)

    @property
    def number(self) -> str:
        """The account number, which the clerk needs, too."""
        return account_number(self.account.id)

    def input_attributes(self, name):
        """Offer to show the password."""
        return super().input_attributes(name) | present_password_attributes(self)

    def hidden_entries(self):
        """Send on which account the citizen looked at."""
        seen = {"revision": str(self.account.revision)}
        return super().hidden_entries() | seen

    def buttons_to_show(self):
        """Offer to withdraw only where there is something."""
        shown = super().buttons_to_show()
        if service.is_asked(self.account, now()):
            return shown
        return [one for one in shown if one["name"] != self.actions["withdraw"].name]

    @button.buttonAndHandler(_("Make a code"), name="ask")
    def handle_ask(self, action):
        """Check the password, and show the code."""
        data, _errors = self.extractData()
        try:
            self.code = service.ask(
                self.request,
                self.session,
                data.get("password") or "",
                self.seen_revision,
                self.kept,
                now(),
            )
        except service.ChangedMeanwhile:
            self.status = _(
                "Your account was changed in the meantime. Please look at everything "
                "once more."
            )
        except WrongPassword as refused:
            self.show_problems({"password": refused.message})
        except LoginRefused as refused:
            self.status = self.translate(refused.message)

    @button.buttonAndHandler(_("Withdraw code and confirmation"), name="withdraw")
    def handle_withdraw(self, action):
        """Let neither a code count any more nor what waits at an office."""
        service.take_back(self.account)
        self.notice = _(
            "No code counts any more. Nothing waits for a confirmation at the counter."
        )

    @button.buttonAndHandler(_("Back"), name="back")
    def handle_back(self, action):
        """Go back."""
        self.redirect(FIRST_PAGE)

    def _moment(self, seconds: int) -> str:
        language = api.portal.get_current_language()
        return self.translate(moment_in_words(moment_of(seconds), language))
