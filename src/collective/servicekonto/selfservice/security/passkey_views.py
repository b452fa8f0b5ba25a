"""Confirming with a passkey, and adding one."""

from collective.servicekonto import _
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts import passkeys
from collective.servicekonto.accounts.confirming import way_up
from collective.servicekonto.accounts.login import LoginRefused
from collective.servicekonto.accounts.login import WrongPassword
from collective.servicekonto.accounts.new_password import present_password_attributes
from collective.servicekonto.accounts.passkeys import PasskeyRefused
from collective.servicekonto.accounts.views import FIRST_PAGE
from collective.servicekonto.accounts.views import page_behind
from collective.servicekonto.clock import now
from collective.servicekonto.identity.means import MeansRefused
from collective.servicekonto.selfservice.own import OwnForm
from collective.servicekonto.selfservice.own import OwnView
from collective.servicekonto.selfservice.security import service
from collective.servicekonto.selfservice.security.ceremony import Ceremony
from collective.servicekonto.selfservice.security.ceremony import CeremonyPage
from plone.app.z3cform.widgets.text import TextFieldWidget
from plone.autoform import directives
from plone.supermodel import model
from z3c.form import button
from z3c.form.browser.password import PasswordFieldWidget
from zope import schema


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
        return self.redirect(self.page_afterwards)

    @property
    def page_afterwards(self) -> str:
        """The page that comes next, with a word about what was done."""
        page = self.page_behind
        return f"{page}?nach=bestaetigt" if page == "anmeldung" else page

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
            back=self.this_page(),
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
    password = schema.Text(title=_("Password"), required=False)


ADD_STEPS = 3


class AddForm(CeremonyPage, OwnForm):
    """Step 1: the name of the passkey, and the password once more."""

    schema = INewPasskey
    label = _("Add a passkey")
    intro = _(
        "A passkey is kept on your device: a mobile phone, a computer, or a security "
        "key. You open it as you are used to, for example with your fingerprint or a "
        "PIN. After that you log in with your password and the passkey. You also need "
        "it to change your e-mail address or to delete your Servicekonto."
    )
    step = (1, ADD_STEPS)
    carried = ("weiter",)
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
                carried=self.carried_along() | {"label": label},
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
        way = way_up(self.account)
        return self.message(
            _("Please confirm first"),
            way.needed,
            page=f"{way.page}?weiter={self.__name__}",
            link_text=way.link_text,
            others=[("anmeldung", _("Back"))],
        )


class CreateView(CeremonyPage, OwnView):
    """Step 3: the passkey was made, and is tried out."""

    label = _("Try out the passkey")
    carried = ("weiter",)

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
            page="passkey-ausprobieren",
            carried=self.carried_along(),
            text=_(
                "Almost done. Press the button and use the new passkey once. Only "
                "then it counts."
            ),
            button=_("Try out the passkey now"),
        )
        return self.show(self.label, ceremony, (ADD_STEPS, ADD_STEPS))


class TryOutView(ConfirmView):
    """The first use of a new passkey, which confirms it."""

    @property
    def page_afterwards(self) -> str:
        """The page that needed the passkey, else the list of passkeys."""
        page = self.page_behind
        return "anmeldung?nach=passkey-neu" if page == FIRST_PAGE else page

    def index(self):
        """Lead to the first step."""
        return self.redirect("passkey-hinzufuegen")

    def this_page(self) -> str:
        """Return where one begins anew."""
        return "passkey-hinzufuegen"
