"""Blocking, unblocking and removing a passkey, and what to do when it is lost."""

from collective.servicekonto import _
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts.login import LoginRefused
from collective.servicekonto.accounts.login import WrongPassword
from collective.servicekonto.accounts.new_password import present_password_attributes
from collective.servicekonto.accounts.passkeys import PasskeyRefused
from collective.servicekonto.clock import now
from collective.servicekonto.identity.means import MeansRefused
from collective.servicekonto.portal.forms import PortalForm
from collective.servicekonto.selfservice.own import OwnView
from collective.servicekonto.selfservice.security import service
from collective.servicekonto.selfservice.security.ceremony import Ceremony
from collective.servicekonto.selfservice.security.ceremony import CeremonyPage
from collective.servicekonto.store.tokens import TokenRefused
from plone.app.z3cform.widgets.text import TextFieldWidget
from plone.autoform import directives
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form import button
from z3c.form.browser.password import PasswordFieldWidget
from z3c.form.interfaces import HIDDEN_MODE
from zope import schema


class PasskeyView(CeremonyPage, OwnView):
    """A page about one passkey, which is named in the address."""

    carried = ("id",)

    def answer(self):
        """Return the page, or the list where there is no such passkey."""
        try:
            return super().answer()
        except means.MeansUnknown:
            return self.redirect("anmeldung")

    @property
    def passkey(self) -> means.Passkey:
        """The passkey. Raises MeansUnknown."""
        return means.passkey(self.account, str(self.request.form.get("id") or ""))

    def index(self):
        """Return the page; subclasses give ``template``."""
        self.one = self.passkey
        return self.template()


class BlockView(PasskeyView):
    """Asks before a passkey is blocked, and blocks it."""

    label = _("Block the passkey")
    template = ViewPageTemplateFile("block.pt")

    def act(self):
        """Block it."""
        service.block(self.request, self.session, self.passkey.id, now())
        return self.redirect("anmeldung?nach=gesperrt")


class UnblockView(PasskeyView):
    """Lets a blocked passkey count again, when it is presented."""

    label = _("Unblock the passkey")
    template = ViewPageTemplateFile("unblock.pt")

    def act(self):
        """Ask the browser, or check what it answered."""
        try:
            return self._unblock() if self.answer_sent else self._ask()
        except PasskeyRefused as refused:
            return self.refused(refused.message, self.this_page())
        except MeansRefused:
            return self.redirect("anmeldung")

    def _ask(self):
        ceremony = Ceremony(
            kind="get",
            options=service.begin_unblocking(self.session, self.passkey.id, now()),
            page=self.__name__,
            carried=self.carried_along(),
            text=_("Your browser asks you for your passkey now."),
            button=_("Ask again"),
        )
        return self.show(self.label, ceremony)

    def _unblock(self):
        service.unblock(self.session, self.passkey.id, self.answer_sent, now())
        return self.redirect("anmeldung?nach=entsperrt")


class RemoveView(PasskeyView):
    """Asks before a passkey is removed, and says what that needs."""

    label = _("Remove the passkey")
    template = ViewPageTemplateFile("remove.pt")

    @property
    def may_remove(self) -> bool:
        """Tell whether the present session is enough."""
        return service.may_be_removed(self.session, self.one.id)

    def act(self):
        """Remove it, or mail the link where the passkey is lost."""
        self.one = self.passkey
        if not self.may_remove:
            return self._mail_link()
        service.remove(self.request, self.session, self.one.id, now())
        return self.redirect("anmeldung?nach=entfernt")

    def _mail_link(self):
        try:
            service.request_removal(self.session, self.one.id, now())
        except MeansRefused:
            return self.redirect(self.this_page())
        return self.message(
            _("Please look at your e-mails"),
            _(
                "We are sending you an e-mail with a link. With the link and your "
                "password you remove the passkey. Please look in your spam folder, "
                "too. It can take a few minutes."
            ),
            page="anmeldung",
            link_text=_("Back"),
        )


class ILostPasskey(model.Schema):
    """The link of the mail, and the password."""

    directives.widget("token", TextFieldWidget)
    token = schema.Text(title=_("Link"), required=False)
    directives.widget("password", PasswordFieldWidget)
    password = schema.Text(title=_("Password"), required=False)


class LostForm(PortalForm):
    """Removes a lost passkey with the link of the mail and the password."""

    schema = ILostPasskey
    label = _("Remove the lost passkey")
    intro = _(
        "Enter your password. Then the blocked passkey is removed for good, and you "
        "are logged out everywhere. After that you can add a new one."
    )
    scripts = ("reveal.js",)
    done = False

    def answer(self):
        """Return the form, or say why the link cannot be used."""
        try:
            service.check_removal(self._token, now())
            return super().answer()
        except TokenRefused:
            return self.message(
                _("This link is not valid any more"),
                _(
                    "Please log in and request a new one under “Log-in and security”. "
                    "Perhaps the passkey is removed already."
                ),
                page="anmeldung",
                link_text=_("Log-in and security"),
                status=410,
            )

    def updateWidgets(self, prefix=None):
        """Carry the link along."""
        super().updateWidgets()
        self.widgets["token"].mode = HIDDEN_MODE
        self.widgets["token"].value = self._token
        self.widgets["token"].update()

    def input_attributes(self, name):
        """Offer to show the password."""
        attributes = super().input_attributes(name)
        if name == "password":
            attributes |= present_password_attributes(self)
        return attributes

    @button.buttonAndHandler(_("Remove the passkey"), name="remove")
    def handle_remove(self, action):
        """Remove it."""
        data, _errors = self.extractData()
        password = data.get("password") or ""
        try:
            service.remove_lost(self.request, self._token, password, now())
        except WrongPassword as refused:
            self.show_problems({"password": refused.message})
        except LoginRefused as refused:
            self.status = self.translate(refused.message)
        else:
            self.done = True

    def render(self):
        """Return the form, or say that it is done."""
        if not self.done:
            return super().render()
        return self.message(
            _("The passkey is removed"),
            _("You were logged out everywhere. Please log in with your password."),
            page="anmelden",
            link_text=_("Log in"),
        )

    @property
    def _token(self) -> str:
        return str(self.request.form.get("token") or "")
