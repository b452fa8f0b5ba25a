"""Changing the e-mail address, in the browser."""

from collective.servicekonto import _
from collective.servicekonto.accounts.login import go_on
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.new_password import present_password_attributes
from collective.servicekonto.accounts.new_password import present_password_field
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.service import AddressTaken
from collective.servicekonto.clock import now
from collective.servicekonto.portal.web import PortalView
from collective.servicekonto.selfservice.email import service
from collective.servicekonto.selfservice.own import OwnForm
from collective.servicekonto.store.tokens import TokenRefused
from plone.app.z3cform.widgets.text import TextFieldWidget
from plone.autoform import directives
from plone.supermodel import model
from z3c.form import button
from z3c.form.browser.password import PasswordFieldWidget
from zope import schema


class IAddress(model.Schema):
    """The new address, and the proof of being who is logged in."""

    directives.widget("email", TextFieldWidget)
    email = schema.Text(
        title=_("New e-mail address"),
        description=_("We send you a link to it, which you open within 24 hours."),
        required=False,
    )
    directives.widget("password", PasswordFieldWidget)
    password = present_password_field()


# What led here, by the word in the address.
NOTICES = {
    "gesendet": _("We are sending you the link once more. It can take a few minutes."),
    "abgebrochen": _("The change was cancelled. Your e-mail address stays as it is."),
}


def _is_pending(form) -> bool:
    return form.pending is not None


def _is_free(form) -> bool:
    return form.pending is None


class AddressForm(OwnForm):
    """Asks for a new address, or says that one waits for its confirmation."""

    schema = IAddress
    label = _("E-mail address")
    scripts = ("reveal.js",)
    carried = ("nach",)

    @property
    def pending(self):
        """The change that is under way, or None."""
        return service.query_pending(self.account, now())

    @property
    def intro(self):
        """Say which address is in use."""
        if self.pending is None:
            return _(
                "Your present e-mail address is ${address}.",
                mapping={"address": self.account.email},
            )
        return _(
            "We have written to ${new}. Please open the link in this e-mail. Look in "
            "your spam folder, too. Until you open the link, your former address "
            "${address} stays in use.",
            mapping={"new": self.pending.address, "address": self.account.email},
        )

    def update(self):
        """Say what was done just now."""
        self.notice = NOTICES.get(self.request.form.get("nach"))
        super().update()

    def updateFields(self):
        """There is nothing to fill in while a change is under way."""
        super().updateFields()
        if _is_pending(self):
            self.fields = self.fields.omit(*IAddress)

    def input_attributes(self, name):
        """Tell keyboards and password managers about the inputs."""
        attributes = super().input_attributes(name)
        if name == "email":
            return attributes | {
                "autocomplete": "email",
                "inputmode": "email",
                "spellcheck": "false",
            }
        return attributes | present_password_attributes(self)

    @button.buttonAndHandler(_("Change the address"), name="send", condition=_is_free)
    def handle_send(self, action):
        """Begin the change."""
        data, _errors = self.extractData()
        address, password = data.get("email") or "", data.get("password") or ""
        try:
            service.request_change(
                self.request,
                self.account,
                self.session.level,
                address,
                password,
                now(),
            )
        except service.ChangeRefused as refused:
            self.show_problems(refused.problems)
        except TooManyAttempts as refused:
            self.status = self.translate(refused.message)
        else:
            self.redirect("e-mail")

    @button.buttonAndHandler(_("Send again"), name="again", condition=_is_pending)
    def handle_again(self, action):
        """Mail the link once more."""
        service.send_again(self.account, now())
        self.redirect("e-mail?nach=gesendet")

    @button.buttonAndHandler(
        _("Cancel the change"), name="cancel", condition=_is_pending
    )
    def handle_cancel(self, action):
        """Call the change off."""
        service.cancel(self.account)
        self.redirect("e-mail?nach=abgebrochen")

    @button.buttonAndHandler(_("Back"), name="back")
    def handle_back(self, action):
        """Go back to Mein Bereich."""
        self.redirect("mein-bereich")


class LinkView(PortalView):
    """A link of a mail: GET shows a button, since mail scanners open links too.

    ``button``   the text of the button
    ``explain``  returns what it does, or raises TokenRefused
    """

    carried = ("token",)

    def answer(self):
        """Show the page, act, or say why the link cannot be used."""
        try:
            self.intro = self.explain()
            return super().answer()
        except TokenRefused:
            return self.refuse()
        except AddressTaken:
            return self.message(
                _("This address cannot be used"),
                _(
                    "There is another Servicekonto with this e-mail address by now. "
                    "Your own Servicekonto stays as it is."
                ),
                status=409,
            )

    @property
    def token(self) -> str:
        """The secret of the link."""
        return str(self.request.form.get("token") or "")


class ConfirmView(LinkView):
    """Proves the new address."""

    label = _("Confirm your new e-mail address")
    button = _("Confirm the e-mail address")

    def explain(self):
        """Name the address."""
        return _(
            "With ${address} you log in from now on, and we write to it.",
            mapping={"address": service.check_confirmation(self.token, now())},
        )

    def act(self):
        """Use the address, and go on where this browser is logged in."""
        session, moment = current_session(), now()
        account = service.confirm(self.token, moment)
        text = _("All devices were logged out. Please log in with the new address.")
        page, link_text = "anmelden", _("Log in")
        if session is not None and session.account_id == account.id:
            go_on(self.request, session, account, moment)
            text = _("All other devices were logged out. You stay logged in here.")
            page, link_text = "mein-bereich", _("Back to Mein Bereich")
        return self.message(
            _("Your new e-mail address is confirmed"), text, page, link_text
        )

    def refuse(self):
        """Say how to get a new link."""
        return self.message(
            _("This link is not valid any more"),
            _(
                "Perhaps you confirmed the address already, the change was "
                "cancelled, or 24 hours have passed. In Mein Bereich you see which "
                "address is in use, and can change it again."
            ),
            page="e-mail",
            link_text=_("To your e-mail address"),
            status=410,
        )


class StopView(LinkView):
    """Stops a change, or takes it back."""

    label = _("Stop the change of your e-mail address")
    button = _("Stop the change")

    def explain(self):
        """Say what the button does."""
        service.check_stop(self.token, now())
        return _(
            "Somebody entered another e-mail address for your Servicekonto. If it was "
            "not you, press the button: your address stays as it is. If the address "
            "was changed already, that is taken back."
        )

    def act(self):
        """Stop it; the password should be another one from now on."""
        if service.stop(self.token, now()) is service.Stopped.TAKEN_BACK:
            label = _("Your former e-mail address is in use again")
            text = _(
                "All devices were logged out, and the password is not valid any more. "
                "Please choose a new one now."
            )
        else:
            label = _("Your e-mail address stays as it is")
            text = _(
                "The change was stopped. If it was not you who wanted it, somebody "
                "knows your password: please choose a new one now."
            )
        return self.message(
            label, text, "passwort-vergessen", _("Choose a new password")
        )

    def refuse(self):
        """Say what is left to do."""
        return self.message(
            _("This link is not valid any more"),
            _(
                "Perhaps you used it already, or three days have passed. If somebody "
                "else uses your Servicekonto, please call us."
            ),
            status=410,
        )
