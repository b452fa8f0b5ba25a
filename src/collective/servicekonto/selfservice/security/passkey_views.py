"""Pages about passkeys: add, confirm with, block, unblock and remove them.

A page on which the browser talks to the authenticator carries what it has to ask in
its source; passkey.js fills the answer into the form. Nothing is loaded beside it.
"""

from collective.servicekonto import _
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts import passkeys
from collective.servicekonto.accounts.login import LoginRefused
from collective.servicekonto.accounts.login import WrongPassword
from collective.servicekonto.accounts.new_password import present_password_attributes
from collective.servicekonto.accounts.new_password import present_password_field
from collective.servicekonto.accounts.passkeys import PasskeyRefused
from collective.servicekonto.accounts.views import page_behind
from collective.servicekonto.clock import now
from collective.servicekonto.identity.means import MeansRefused
from collective.servicekonto.portal.forms import PortalForm
from collective.servicekonto.selfservice.own import OwnForm
from collective.servicekonto.selfservice.own import OwnView
from collective.servicekonto.selfservice.security import service
from collective.servicekonto.store.tokens import TokenRefused
from plone.app.z3cform.widgets.text import TextFieldWidget
from plone.autoform import directives
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import NamedTuple
from z3c.form import button
from z3c.form.browser.password import PasswordFieldWidget
from z3c.form.interfaces import HIDDEN_MODE
from zope import schema
from zope.i18nmessageid import Message
import json


class Ceremony(NamedTuple):
    """What the browser and the citizen do on the page.

    ``kind``    “create” or “get”, as in navigator.credentials
    ``page``    to which the answer is sent
    ``carried`` entries that are sent with it
    ``button``  begins it
    """

    kind: str
    options: dict
    page: str
    carried: dict[str, str]
    text: Message
    button: Message


class CeremonyPage:
    """Mixin of a page that lets the browser talk to the authenticator."""

    scripts: tuple[str, ...] = ("passkey.js",)
    ceremony_template = ViewPageTemplateFile("ceremony.pt")

    def show(self, label, ceremony: Ceremony, step=None) -> str:
        """Return the page."""
        self.label = label
        return self.ceremony_template(
            ceremony=ceremony, options=json.dumps(ceremony.options), step=step
        )

    def refused(self, message, page: str) -> str:
        """Say why the passkey did not count, and lead to another try."""
        return self.message(
            _("That did not work"),
            message,
            page=page,
            link_text=_("Try again"),
            others=[("anmeldung", _("Back"))],
        )

    @property
    def answer_sent(self) -> str:
        """What passkey.js filled in, empty where the page was just opened."""
        return str(self.request.form.get("answer") or "")


class ConfirmView(CeremonyPage, OwnView):
    """The second step of a log-in, after the password; or any time later."""

    label = _("Confirm with your passkey")
    carried = ("weiter",)

    @property
    def page_behind(self) -> str:
        """The page that comes next."""
        return page_behind(self.request)

    @property
    def is_possible(self) -> bool:
        """Tell whether there is a passkey to confirm with."""
        return passkeys.are_expected(self.account)

    def act(self):
        """Ask the browser, or check what it answered."""
        if not self.answer_sent:
            return self._ask()
        try:
            service.use(self.request, self.session, self.answer_sent, now())
        except PasskeyRefused as refused:
            return self.refused(refused.message, self.this_page())
        except MeansRefused:
            return self.refused(PasskeyRefused.message, self.this_page())
        return self.redirect(self.page_behind)

    def _ask(self):
        if not self.is_possible:
            return self.redirect(self.this_page())
        ceremony = Ceremony(
            kind="get",
            options=service.begin_using(self.session, now()),
            page=self.__name__,
            carried={"weiter": self.page_behind},
            text=_("Your browser asks you for your passkey now."),
            button=_("Ask again"),
        )
        return self.show(self.label, ceremony)


class INewPasskey(model.Schema):
    """Before a passkey is added."""

    directives.widget("label", TextFieldWidget)
    label = schema.Text(
        title=_("Name of the passkey"),
        description=_("So that you recognise it later. For example: my mobile phone."),
        required=False,
    )
    directives.widget("password", PasswordFieldWidget)
    password = present_password_field()


ADD_STEPS = 3


class AddForm(CeremonyPage, OwnForm):
    """Step 1: the name of the passkey, and the password once more."""

    schema = INewPasskey
    label = _("Add a passkey")
    intro = _(
        "A passkey is kept on your device: a mobile phone, a computer, or a security "
        "key. You open it as you are used to, for example with your fingerprint or a "
        "PIN. After that you log in with your password and the passkey."
    )
    step = (1, ADD_STEPS)
    scripts = ("reveal.js", "passkey.js")
    ceremony = None

    def render(self):
        """Return the form, the next step, or say why no passkey can be added."""
        if self.request.response.getStatus() == 303:
            return ""
        if not passkeys.are_possible():
            return self._cannot(passkeys.PasskeysImpossible.message)
        try:
            means.check_may_register(self.account, self.session.level)
        except means.TooManyPasskeys:
            return self._cannot(
                _("You have ten passkeys already. Please remove one first.")
            )
        except MeansRefused:
            return self._needs_level()
        if self.ceremony is None:
            return super().render()
        return self.show(_("Create the passkey"), self.ceremony, (2, ADD_STEPS))

    def input_attributes(self, name):
        """Limit the name, and offer to show the password."""
        attributes = super().input_attributes(name)
        if name == "label":
            attributes["maxlength"] = str(means.LONGEST_LABEL)
        if name == "password":
            attributes |= present_password_attributes(self)
        return attributes

    @button.buttonAndHandler(_("Next"), name="next")
    def handle_next(self, action):
        """Check the entries, and go on to the device."""
        data, _errors = self.extractData()
        try:
            label = service.check_label(data.get("label") or "")
            options = service.begin_adding(
                self.request, self.session, data.get("password") or "", now()
            )
        except service.LabelRefused as refused:
            self.show_problems({"label": refused.message})
        except WrongPassword as refused:
            self.show_problems({"password": refused.message})
        except LoginRefused as refused:
            self.status = self.translate(refused.message)
        except (MeansRefused, PasskeyRefused):
            # The page says why (see render).
            return
        else:
            self.ceremony = Ceremony(
                kind="create",
                options=options,
                page="passkey-anlegen",
                carried={"label": label},
                text=_(
                    "Press the button. Your browser then asks you where the passkey "
                    "shall be kept. Please follow its steps."
                ),
                button=_("Create the passkey now"),
            )

    @button.buttonAndHandler(_("Back"), name="back")
    def handle_back(self, action):
        """Go back."""
        self.redirect("anmeldung")

    def _cannot(self, text):
        return self.message(
            _("No passkey can be added now"),
            text,
            page="anmeldung",
            link_text=_("Back"),
        )

    def _needs_level(self):
        return self.message(
            _("Please confirm with a passkey first"),
            _(
                "Your Servicekonto is protected by a passkey. A further one can be "
                "added after you have confirmed with it. If you have lost it, please "
                "block and remove it first."
            ),
            page=f"anmelden-passkey?weiter={self.__name__}",
            link_text=_("Confirm with your passkey"),
            others=[("anmeldung", _("Back"))],
        )


class CreateView(CeremonyPage, OwnView):
    """Step 3: the passkey was made, and is tried out."""

    label = _("Try out the passkey")

    def index(self):
        """Lead to the first step."""
        return self.redirect("passkey-hinzufuegen")

    def act(self):
        """Keep the passkey, and let it be used for the first time."""
        label = str(self.request.form.get("label") or "")
        try:
            options = service.add(self.session, label, self.answer_sent, now())
        except PasskeyRefused as refused:
            return self.refused(refused.message, "passkey-hinzufuegen")
        except (MeansRefused, service.LabelRefused):
            return self.redirect("passkey-hinzufuegen")
        ceremony = Ceremony(
            kind="get",
            options=options,
            page="anmelden-passkey",
            carried={"weiter": "anmeldung"},
            text=_(
                "Almost done. Press the button and use the new passkey once. Only "
                "then it counts."
            ),
            button=_("Try out the passkey now"),
        )
        return self.show(self.label, ceremony, (ADD_STEPS, ADD_STEPS))


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
