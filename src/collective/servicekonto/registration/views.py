"""The steps of registering, in the browser."""

from collective.servicekonto import _
from collective.servicekonto.accounts.content import SALUTATIONS
from collective.servicekonto.accounts.new_password import NewPasswordInputs
from collective.servicekonto.accounts.new_password import password_field
from collective.servicekonto.accounts.new_password import repetition_field
from collective.servicekonto.accounts.onward import wanted_page
from collective.servicekonto.accounts.strength import check_password
from collective.servicekonto.clock import now
from collective.servicekonto.portal.cookies import get_cookie
from collective.servicekonto.portal.cookies import set_cookie
from collective.servicekonto.portal.forms import PortalForm
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import is_open
from collective.servicekonto.portal.viewlets import is_citizen
from collective.servicekonto.portal.web import PortalPage
from collective.servicekonto.registration import gate
from collective.servicekonto.registration import offers
from collective.servicekonto.registration import rules
from collective.servicekonto.registration import service
from collective.servicekonto.registration.guard import Outcome
from collective.servicekonto.registration.keys import DRAFT_COOKIE
from plone import api
from plone.app.z3cform.widgets.text import TextFieldWidget
from plone.autoform import directives
from plone.supermodel import model
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form import button
from z3c.form.browser.password import PasswordFieldWidget
from z3c.form.browser.radio import RadioFieldWidget
from zope import schema
from zope.interface import provider
from zope.schema.interfaces import IContextSourceBinder
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary
import json


STEPS = 4

# For pages with ``challenge``, ``guard_problem`` and ``guard_reason``.
GUARD_TEMPLATE = ViewPageTemplateFile("guard.pt")


def _vocabulary(options: dict) -> SimpleVocabulary:
    return SimpleVocabulary(
        [SimpleTerm(value, value, title) for value, title in options.items()]
    )


@provider(IContextSourceBinder)
def accounts_to_choose(context) -> SimpleVocabulary:
    """Return the accounts that can be registered at present."""
    return _vocabulary(offers.accounts())


class IKind(model.Schema):
    """The first step."""

    directives.widget("kind", RadioFieldWidget)
    kind = schema.Choice(
        title=_("How do you want to register?"),
        vocabulary=_vocabulary(rules.KINDS),
        default=rules.PRIVATE_PERSON,
        required=False,
    )


class IAccount(model.Schema):
    """The second step."""

    directives.widget("account", RadioFieldWidget)
    account = schema.Choice(
        title=_("Which account do you want?"),
        source=accounts_to_choose,
        default=rules.SERVICEKONTO,
        required=False,
    )


class IDetails(model.Schema):
    """The third step. The rules of the domain check it, not the schema."""

    directives.widget("salutation", RadioFieldWidget)
    salutation = schema.Choice(
        title=_("Form of address (optional)"),
        vocabulary=SALUTATIONS,
        default="",
        required=False,
    )
    directives.widget("given_names", TextFieldWidget)
    given_names = schema.Text(
        title=_("Given names"),
        description=_("All of them, as in your identity document."),
        required=False,
    )
    directives.widget("family_name", TextFieldWidget)
    family_name = schema.Text(title=_("Family name"), required=False)
    directives.widget("email", TextFieldWidget)
    email = schema.Text(
        title=_("E-mail address"),
        description=_("We send you a link to it. You log in with this address."),
        required=False,
    )
    directives.widget("password", PasswordFieldWidget)
    password = password_field(_("Password"))
    directives.widget("repetition", PasswordFieldWidget)
    repetition = repetition_field()


class WizardPage(PortalPage):
    """A step that needs a registration under way.

    ``needs_proof`` tells whether it comes after the proof that some accounts need.
    """

    needs_proof = False
    proven_template = ViewPageTemplateFile("proven.pt")

    @property
    def key(self) -> str:
        """The secret key of the draft, from the cookie."""
        return get_cookie(self.request, DRAFT_COOKIE)

    def answer(self):
        """Return the page, or say that the registration is over."""
        try:
            self.draft = service.get_draft(self.key, now())
            if self.needs_proof:
                service.check_proven(self.draft, now())
            return super().answer()
        except service.ProofMissing as missing:
            return self.redirect(missing.page)
        except service.DraftGone:
            return self.message(
                _("Please begin again"),
                _(
                    "No registration is under way in this browser, or it took too "
                    "long. For your safety your entries were deleted."
                ),
                page="registrieren",
                link_text=_("Register a Servicekonto"),
            )
        except service.RegistrationClosed:
            return _closed(self)

    @property
    def offer(self):
        """The IAccountOffer of the account that was chosen, or None."""
        return offers.query_offer(self.draft.account)

    def proven(self) -> str:
        """Return HTML with what was proven, "" for nothing."""
        return "" if self.draft.proven is None else self.proven_template()

    def proven_entries(self) -> list:
        """Return what was proven, to read: pairs of a title and lines."""
        return self.offer.entries(self.draft.proven.values, self.translate)


class KindForm(PortalForm):
    """Step 1: as whom."""

    schema = IKind
    label = _("Register")
    step = (1, STEPS)
    carried = ("weiter",)

    def answer(self):
        """Return the page, or say that nobody can or need register at present."""
        if is_citizen():
            return self.logged_in_already()
        if not is_open(get_portal()):
            return _closed(self)
        return super().answer()

    @button.buttonAndHandler(_("Next"), name="next")
    def handle_next(self, action):
        """Begin a registration; one under way in this browser goes on."""
        data, errors = self.extractData()
        moment = now()
        language = api.portal.get_current_language()
        kind = "" if errors else data.get("kind") or ""
        try:
            key = service.begin(kind, language, moment)
        except service.Incomplete as incomplete:
            self.show_problems(incomplete.problems)
            return
        if self._is_under_way(moment):
            key = get_cookie(self.request, DRAFT_COOKIE)
        else:
            set_cookie(self.request, DRAFT_COOKIE, key)
        page = wanted_page(self.request.form.get("weiter"))
        if page:
            service.note_page(key, page, moment)
        self.redirect("registrieren-konto")

    def _is_under_way(self, moment) -> bool:
        try:
            draft = service.get_draft(get_cookie(self.request, DRAFT_COOKIE), moment)
        except service.DraftGone:
            return False
        return not draft.sent


class AccountForm(WizardPage, PortalForm):
    """Step 2: which account."""

    schema = IAccount
    label = _("Choose the account")
    step = (2, STEPS)
    ignoreContext = False

    def getContent(self):
        """Return what was chosen before."""
        return {"account": self.draft.account or rules.SERVICEKONTO}

    @button.buttonAndHandler(_("Next"), name="next")
    def handle_next(self, action):
        """Note the account."""
        data, errors = self.extractData()
        account = "" if errors else data.get("account") or ""
        try:
            service.choose_account(self.key, account, now())
        except service.Incomplete as incomplete:
            self.show_problems(incomplete.problems)
            return
        self.redirect("registrieren-angaben")

    @button.buttonAndHandler(_("Back"), name="back")
    def handle_back(self, action):
        """Go back one step."""
        self.redirect("registrieren")


class DetailsForm(NewPasswordInputs, WizardPage, PortalForm):
    """Step 3: name, address, password."""

    schema = IDetails
    label = _("Your details")
    step = (3, STEPS)
    needs_proof = True
    scripts = (*NewPasswordInputs.scripts, "guard.js")
    ignoreContext = False
    challenge = None
    guard_problem = None
    guard_template = GUARD_TEMPLATE
    guard_reason = _(
        "Many registrations arrive at the moment. We want to be sure that a human being "
        "is registering."
    )
    autocomplete = {
        "given_names": "given-name",
        "family_name": "family-name",
        "email": "email",
    }

    @property
    def intro(self):
        """Say what is mandatory, and what about a password chosen before."""
        if self.draft.details.password_hash:
            return _(
                "All fields but the form of address are mandatory. You have chosen a "
                "password already; leave both fields empty to keep it."
            )
        return _("All fields but the form of address are mandatory.")

    @property
    def above_form(self):
        """What was proven."""
        return self.proven()

    def updateFieldsFromSchemata(self):
        """Ask for what was not proven."""
        super().updateFieldsFromSchemata()
        self.fields = self.fields.omit(*service.proven_names(self.draft))

    def getContent(self):
        """Return what was typed before."""
        details = self.draft.details
        return {name: getattr(details, name) for name in rules.DETAIL_FIELDS}

    def input_attributes(self, name):
        """Tell scripts and keyboards about the inputs."""
        attributes = super().input_attributes(name)
        if name in ("given_names", "family_name", "email"):
            attributes["data-strength-personal"] = ""
            attributes["aria-required"] = "true"
        if name == "email":
            attributes |= {"inputmode": "email", "spellcheck": "false"}
        return attributes

    @button.buttonAndHandler(_("Next"), name="next")
    def handle_next(self, action):
        """Check and keep the entries."""
        data, _errors = self.extractData()
        moment = now()
        client = self.request.getClientAddr()
        if gate.is_needed(client, moment):
            verdict = gate.judge(self.request.form, moment)
            if not verdict.ok:
                self.guard_problem = verdict.message
                if verdict.outcome is Outcome.TOO_EARLY:
                    self.challenge = gate.next_challenge(self.request.form)
                return
        gate.count(client, moment)
        try:
            service.fill_in(self.key, data, moment)
        except service.Incomplete as incomplete:
            self.show_problems(incomplete.problems)
            return
        self.redirect("registrieren-pruefen")

    @button.buttonAndHandler(_("Back"), name="back")
    def handle_back(self, action):
        """Go back one step."""
        self.redirect("registrieren-konto")

    def below_fields(self):
        """Return the guard where it is needed."""
        moment = now()
        if not gate.is_needed(self.request.getClientAddr(), moment):
            return ""
        self.challenge = self.challenge or gate.new_challenge(moment)
        return self.guard_template()


class PasswordStrengthView(PortalPage, BrowserView):
    """Says as one types how good a password is. Nothing is stored."""

    def answer(self):
        """Return JSON for strength.js."""
        form = self.request.form
        password = str(form.get("password") or "")[:256]
        personal = tuple(
            str(form.get(name) or "")[:254] for name in rules.DETAIL_FIELDS
        )
        verdict = check_password(password, personal)
        self.request.response.setHeader("Content-Type", "application/json")
        return json.dumps(
            {
                "score": verdict.score,
                "label": self.translate(verdict.label),
                "problem": verdict.problem and self.translate(verdict.problem),
                "advice": [self.translate(text) for text in verdict.advice],
            }
        )


def _closed(page):
    return page.message(
        _("No registration at the moment"),
        _("At the moment no new accounts can be registered. Please try again later."),
    )
