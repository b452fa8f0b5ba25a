"""The forgotten password and a new one, in the browser."""

from collective.servicekonto import _
from collective.servicekonto.accounts.devices import remember_device
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.new_password import NewPasswordInputs
from collective.servicekonto.accounts.new_password import password_field
from collective.servicekonto.accounts.new_password import present_password_attributes
from collective.servicekonto.accounts.new_password import present_password_field
from collective.servicekonto.accounts.new_password import repetition_field
from collective.servicekonto.clock import now
from collective.servicekonto.identity.addresses import AddressProblem
from collective.servicekonto.portal.forms import PortalForm
from collective.servicekonto.selfservice.own import OwnForm
from collective.servicekonto.selfservice.password import service
from collective.servicekonto.store.tokens import TokenRefused
from plone import api
from plone.app.z3cform.widgets.text import TextFieldWidget
from plone.autoform import directives
from plone.supermodel import model
from z3c.form import button
from z3c.form.browser.password import PasswordFieldWidget
from zope import schema


class IForgotten(model.Schema):
    """Whose password is forgotten."""

    directives.widget("email", TextFieldWidget)
    email = schema.Text(title=_("E-mail address"), required=False)


class ForgottenForm(PortalForm):
    """Asks for the address and always answers the same."""

    schema = IForgotten
    label = _("Forgot your password?")
    intro = _("Enter your e-mail address. We will send you a link for a new password.")
    autocomplete = {"email": "email"}
    done = False

    @button.buttonAndHandler(_("Send link"), name="send")
    def handle_send(self, action):
        """Mail the link."""
        data, _errors = self.extractData()
        language = api.portal.get_current_language()
        try:
            service.request_reset(data.get("email") or "", language, now())
        except AddressProblem as problem:
            self.show_problems({"email": problem.message})
            return
        self.done = True

    def render(self):
        """Return the form, or the answer that is the same for every address."""
        if not self.done:
            return super().render()
        return self.message(
            _("Please look at your e-mails"),
            _(
                "We are sending an e-mail to this address. Please look in your spam "
                "folder, too. It can take a few minutes."
            ),
        )


class INewPassword(model.Schema):
    """The new password."""

    directives.widget("password", PasswordFieldWidget)
    password = password_field(_("New password"))
    directives.widget("repetition", PasswordFieldWidget)
    repetition = repetition_field()


class NewPasswordForm(NewPasswordInputs, PortalForm):
    """Chooses a new password with the link of the mail."""

    schema = INewPassword
    label = _("Choose a new password")
    carried = ("token",)

    def answer(self):
        """Return the form, or say why the link cannot be used."""
        try:
            service.check_reset(self._token, now())
            return super().answer()
        except TokenRefused:
            return self.message(
                _("This link is not valid any more"),
                _("Please request a new link. Only the link in the newest mail works."),
                page="passwort-vergessen",
                link_text=_("Request a new link"),
                status=410,
            )

    @button.buttonAndHandler(_("Save password"), name="save")
    def handle_save(self, action):
        """Set the password."""
        data, _errors = self.extractData()
        password, repetition = data.get("password"), data.get("repetition")
        try:
            account = service.reset_password(
                self._token, password or "", repetition or "", now()
            )
        except service.PasswordRefused as refused:
            self.show_problems(refused.problems)
            return
        # Whoever guesses meanwhile does not keep the owner waiting.
        remember_device(self.request, account)
        self.redirect("anmelden?nach=neues-passwort")

    @property
    def _token(self) -> str:
        return str(self.request.form.get("token") or "")


class IPassword(model.Schema):
    """The present password and the new one."""

    directives.widget("present_password", PasswordFieldWidget)
    present_password = present_password_field()
    directives.widget("password", PasswordFieldWidget)
    password = password_field(_("New password"))
    directives.widget("repetition", PasswordFieldWidget)
    repetition = repetition_field()


class PasswordForm(NewPasswordInputs, OwnForm):
    """Changes the password in Mein Bereich."""

    schema = IPassword
    label = _("Change the password")
    intro = _(
        "With the new password you log in from now on. All other devices are logged "
        "out. You stay logged in here."
    )
    done = False

    def input_attributes(self, name):
        """Offer to show the present password as well."""
        attributes = super().input_attributes(name)
        if name == "present_password":
            attributes |= present_password_attributes(self)
        return attributes

    @button.buttonAndHandler(_("Save password"), name="save")
    def handle_save(self, action):
        """Set the password, and go on in this browser."""
        data, _errors = self.extractData()
        typed = service.PasswordChange(*(data.get(name) or "" for name in IPassword))
        try:
            service.change_password(self.request, self.session, typed, now())
        except service.PasswordRefused as refused:
            self.show_problems(refused.problems)
            return
        except TooManyAttempts as refused:
            self.status = self.translate(refused.message)
            return
        self.done = True

    @button.buttonAndHandler(_("Back"), name="back")
    def handle_back(self, action):
        """Go back to Mein Bereich."""
        self.redirect("mein-bereich")

    def render(self):
        """Return the form, or say that it is done."""
        if not self.done:
            return super().render()
        return self.message(
            _("Your new password is saved"),
            _("All other devices were logged out. You stay logged in here."),
            page="mein-bereich",
            link_text=_("Back to Mein Bereich"),
        )
