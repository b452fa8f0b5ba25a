"""The pages behind the forms: review, the mail on its way, activation."""

from collective.servicekonto import _
from collective.servicekonto.accounts.content import SALUTATIONS
from collective.servicekonto.accounts.devices import remember_device
from collective.servicekonto.accounts.onward import onward
from collective.servicekonto.accounts.onward import wanted_page
from collective.servicekonto.clock import now
from collective.servicekonto.portal.declarations import current_declarations
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import is_open
from collective.servicekonto.portal.web import PortalView
from collective.servicekonto.registration import service
from collective.servicekonto.registration.draft import query_draft
from collective.servicekonto.registration.views import STEPS
from collective.servicekonto.registration.views import WizardPage
from collective.servicekonto.store.tokens import TokenExpired
from collective.servicekonto.store.tokens import TokenRefused
from collective.servicekonto.store.tokens import TokenUnknown
from collective.servicekonto.store.tokens import TokenUsed
from typing import ClassVar


class ReviewView(WizardPage, PortalView):
    """Step 4: every entry once more, the declarations, and the button."""

    label = _("Check your details")
    step = (STEPS, STEPS)
    needs_proof = True
    problems: ClassVar[dict] = {}

    @property
    def has_errors(self) -> bool:
        """Tell whether something is missing."""
        return bool(self.problems)

    def answer(self):
        """Go on where the entries are complete or were sent already."""
        draft = service.get_draft(self.key, now()) if self._has_draft() else None
        if draft is not None and draft.sent:
            return self.redirect("registrieren-gesendet")
        if draft is not None and not draft.details.complete:
            return self.redirect("registrieren-angaben")
        return super().answer()

    def act(self):
        """Make the account."""
        sent = self.request.form
        confirmed = {
            declaration.reference
            for declaration in self.declarations()
            if sent.get(declaration.name) == declaration.reference
        }
        try:
            service.register(self.key, confirmed, now())
        except service.Incomplete as incomplete:
            self.problems = incomplete.problems
            return self.index()
        return self.redirect("registrieren-gesendet")

    def entries(self) -> list[dict]:
        """Return what was typed, with its label and the link to change it."""
        details, proven = self.draft.details, service.proven_names(self.draft)
        salutation = SALUTATIONS.getTerm(details.salutation).title
        texts = (
            ("salutation", _("Form of address"), salutation),
            ("given_names", _("Given names"), details.given_names),
            ("family_name", _("Family name"), details.family_name),
            ("email", _("E-mail address"), details.email),
            ("password", _("Password"), _("chosen, not shown here")),
        )
        return [
            {"name": name, "label": label, "text": text, "href": self._change(name)}
            for name, label, text in texts
            if name not in proven
        ]

    @property
    def deletion(self):
        """What is needed to delete the account."""
        return self.offer.deletion if self.offer else _PLAIN_DELETION

    def declarations(self) -> list:
        """Return the declarations that must be confirmed."""
        return current_declarations(get_portal())

    def _change(self, name: str) -> str:
        anchor = "salutation-0" if name == "salutation" else name
        return self.link(f"registrieren-angaben#{anchor}")

    def _has_draft(self) -> bool:
        return query_draft(self.key, now()) is not None


_PLAIN_DELETION = _(
    "You can delete your Servicekonto at any time. Your password is enough for that "
    "(trust level: niedrig, which is low). If you add a passkey later, you confirm with "
    "it as well (trust level: substanziell, which is substantial)."
)


class SentView(WizardPage, PortalView):
    """Says that a mail is on its way, and sends it again."""

    label = _("Almost done: please look at your e-mails")
    notice = None

    def answer(self):
        """Go back where nothing was sent yet."""
        draft = query_draft(self.key, now())
        if draft is not None and not draft.sent:
            return self.redirect("registrieren-pruefen")
        return super().answer()

    @property
    def way_to_begin_again(self) -> str:
        """The registration, for another address; it leads on to the same page."""
        return self.link(onward("registrieren", self.draft.page_behind))

    def act(self):
        """Send the mail again."""
        sent = service.send_again(self.key, now())
        self.notice = _SENT_AGAIN if sent else _PLEASE_WAIT
        return self.index()


_SENT_AGAIN = _("We have sent the e-mail again.")
_PLEASE_WAIT = _(
    "We have sent you several e-mails already. Please wait a few minutes, and look in "
    "your spam folder, too. After that you can have it sent again."
)


class ActivateView(PortalView):
    """GET shows a button, since mail scanners open links too; POST activates."""

    label = _("Activate your Servicekonto")
    carried = ("token", "weiter")

    def answer(self):
        """Show the page, act, or say why the link cannot be used."""
        try:
            service.check_activation(self.token, now())
            return super().answer()
        except TokenRefused as refused:
            return self._refuse(refused)

    @property
    def token(self) -> str:
        """The secret of the link."""
        return str(self.request.form.get("token") or "")

    def act(self):
        """Activate the account and go to the log-in."""
        account = service.activate(self.token, now())
        # Whoever guesses meanwhile does not keep the owner waiting.
        remember_device(self.request, account)
        return self.redirect(self._onward("anmelden?nach=aktivierung"))

    def _refuse(self, refused: TokenRefused):
        label, text, *offered = _REFUSALS[type(refused)]
        closed = not is_open(get_portal())
        steps = [step for step in offered if not (closed and step[0] == _REGISTER)]
        onward_steps = [(self._onward(page), words) for page, words in steps]
        (page, link_text), *others = onward_steps or [("", None)]
        return self.message(label, text, page, link_text, status=410, others=others)

    def _onward(self, page: str) -> str:
        return onward(page, wanted_page(self.request.form.get("weiter")))


_REGISTER = "registrieren"

_REFUSALS = {
    TokenUnknown: (
        _("This link is not valid"),
        _(
            "Perhaps your Servicekonto is active already: please try to log in. Or the "
            "link was not copied completely: please open the link in the mail once "
            "more."
        ),
        ("anmelden", _("Log in")),
        (_REGISTER, _("Register again")),
    ),
    TokenExpired: (
        _("This link is no longer valid"),
        _(
            "The time to activate the account is over, and its data are deleted. "
            "Please register again."
        ),
        (_REGISTER, _("Register a Servicekonto")),
    ),
    TokenUsed: (
        _("This link was used already"),
        _(
            "If you activated your account with it, you can log in. If you "
            "registered again since, please use the link in the newest mail."
        ),
        ("anmelden", _("Log in")),
    ),
}
