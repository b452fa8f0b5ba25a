"""Deleting the account in Mein Bereich, and keeping it with the link of the mail."""

from collective.servicekonto import _
from collective.servicekonto.accounts.confirming import Confirming
from collective.servicekonto.accounts.confirming import way_up
from collective.servicekonto.accounts.cookies import expire_ticket
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.new_password import present_password_attributes
from collective.servicekonto.clock import now
from collective.servicekonto.portal.dates import day_in_words
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import lock_time
from collective.servicekonto.portal.web import PortalView
from collective.servicekonto.selfservice.deletion import service
from collective.servicekonto.selfservice.own import OwnForm
from collective.servicekonto.store.tokens import TokenRefused
from plone import api
from plone.autoform import directives
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form import button
from z3c.form.browser.checkbox import SingleCheckBoxFieldWidget
from z3c.form.browser.password import PasswordFieldWidget
from zope import schema


class IWish(model.Schema):
    """The proof of being who is logged in, and the wish in words."""

    directives.widget("password", PasswordFieldWidget)
    password = schema.Text(title=_("Your password"), required=False)
    directives.widget("confirmed", SingleCheckBoxFieldWidget)
    confirmed = schema.Bool(
        title=_("I want to delete my Servicekonto with all data."), required=False
    )


class DeletionForm(OwnForm):
    """Says what goes, and deletes it."""

    schema = IWish
    label = _("Delete the account")
    scripts = ("reveal.js",)
    above_form = ViewPageTemplateFile("what_goes.pt")

    def what_goes(self) -> list:
        """Return what would be deleted, in words."""
        return service.what_goes(self.account)

    def warnings(self) -> list:
        """Return what is still open or unread, in words."""
        return service.warnings(self.account)

    @property
    def way_up(self) -> Confirming | None:
        """With what the citizen has to confirm first, None where that was done."""
        if not service.needs_confirming(self.account, self.session.level):
            return None
        return way_up(self.account)

    @property
    def lock_days(self) -> int:
        """How many days there are to change one's mind."""
        return lock_time(get_portal()).days

    @property
    def final_day(self) -> str:
        """The day of the deletion, in words."""
        moment = service.deletion_moment(self.account, now())
        return day_in_words(moment, api.portal.get_current_language())

    def input_attributes(self, name):
        """Offer to show the password."""
        attributes = super().input_attributes(name)
        if name == "password":
            attributes |= present_password_attributes(self)
        return attributes

    def buttons_to_show(self):
        """Show that the first button destroys something."""
        delete, *others = super().buttons_to_show()
        return [delete | {"css": "btn-danger"}, *others]

    @button.buttonAndHandler(_("Delete the account"), name="delete")
    def handle_delete(self, action):
        """Lock the account, or delete it at once."""
        data, _errors = self.extractData()
        wish = service.Wish(
            data.get("password") or "",
            bool(data.get("confirmed")),
            self.session.level,
        )
        try:
            service.request_deletion(self.request, self.account, wish, now())
        except service.WishRefused as refused:
            self.show_problems(refused.problems)
        except TooManyAttempts as refused:
            self.status = self.translate(refused.message)
        else:
            expire_ticket(self.request)
            self.redirect("loeschen-fertig")

    @button.buttonAndHandler(_("Cancel"), name="cancel")
    def handle_cancel(self, action):
        """Go back to Mein Bereich."""
        self.redirect("mein-bereich")


class DeletedView(PortalView):
    """Says what happens now, to somebody who is logged out by now."""

    label = _("Your Servicekonto will be deleted")

    def answer(self):
        """Return the page. When it is deleted is in the mail, and was told before."""
        if not lock_time(get_portal()):
            return self.message(
                _("Your Servicekonto was deleted"),
                _(
                    "All data were deleted for good. You are logged out everywhere. "
                    "We confirm it by e-mail."
                ),
            )
        return self.message(
            self.label,
            _(
                "You are logged out everywhere, and nobody can log in any more. Our "
                "e-mail says when the Servicekonto is deleted for good. Have you "
                "changed your mind? In the e-mail there is a link with which you keep "
                "your Servicekonto."
            ),
        )


class KeepView(PortalView):
    """Keeps an account that is locked. GET shows a button: scanners open links, too."""

    label = _("Keep your Servicekonto")
    button = _("Keep the Servicekonto")
    intro = _(
        "Your Servicekonto is going to be deleted. Do you want to keep it? Then press "
        "the button. You can log in again afterwards."
    )
    carried = ("token",)

    def answer(self):
        """Show the page, keep the account, or say why the link cannot be used."""
        try:
            service.check_keeping(self.token, now())
        except TokenRefused:
            return self.message(
                _("This link is not valid any more"),
                _(
                    "Perhaps you used it already: then please log in. Or the time is "
                    "over, and the Servicekonto is deleted."
                ),
                page="anmelden",
                link_text=_("Log in"),
                status=410,
            )
        return super().answer()

    def act(self):
        """Unlock the account."""
        service.keep(self.token, now())
        return self.message(
            _("Your Servicekonto stays"),
            _("It is not deleted. You can log in again as before."),
            page="anmelden",
            link_text=_("Log in"),
        )

    @property
    def token(self) -> str:
        """The secret of the link."""
        return str(self.request.form.get("token") or "")
