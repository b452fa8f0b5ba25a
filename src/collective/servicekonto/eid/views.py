"""What the eID-Client fetches, and where it brings the browser back to."""

from collective.servicekonto import _
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.clock import now
from collective.servicekonto.eid import service
from collective.servicekonto.eid.addresses import is_for_client
from collective.servicekonto.eid.help import STUCK
from collective.servicekonto.eid.help import TROUBLE
from collective.servicekonto.eid.port import Cancelled
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.port import NotReady
from collective.servicekonto.eid.rules import Refused
from collective.servicekonto.eid.sessions import NotYours
from collective.servicekonto.eid.upgrade.service import CHECK_PAGE
from collective.servicekonto.eid.upgrade.service import query_reading
from collective.servicekonto.portal.web import PortalView
from collective.servicekonto.store.tokens import TokenRefused
from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.interface import alsoProvides
import json


_FAILED = _("That did not work")


class ClientPage(PortalView):
    """A page to which the eID-Client leads, and nobody sends a form."""

    def answer(self):
        """Return the page, where it is opened and not only looked at."""
        if self.request.method != "GET":
            return self.wrong_method()
        # The secret in the address stands for the proof that a form would bring.
        alsoProvides(self.request, IDisableCSRFProtection)
        return self.open()

    def is_right_host(self) -> bool:
        """Tell whether the page was opened under an address of the eID-Client's."""
        return is_for_client(self.request)


class TokenView(ClientPage):
    """The TC token, for the eID-Client: it has none of the browser's cookies.

    Whoever has the secret gets it, once. It opens nothing in the account: the result is
    taken for the browser that began alone.
    """

    def open(self):
        """Return the token as XML."""
        self.request.response.setHeader("Content-Type", "text/xml; charset=utf-8")
        return service.hand_over(text_of(self.request, service.KEY), now())


class ReturnView(ClientPage):
    """The way back from the eID-Client, in the browser that began."""

    label = _("Online-Ausweis")
    failed_template = ViewPageTemplateFile("failed.pt")
    waiting_template = ViewPageTemplateFile("waiting.pt")
    carried = (service.KEY, "ResultMajor", "ResultMinor")

    def open(self):
        """Take what the card said, and go on; or explain why not."""
        raw = text_of(self.request, service.KEY)
        try:
            one = service.returned(self.request, raw, now())
        except (TokenRefused, NotYours):
            return self._not_yours()
        again = service.page_to_begin(one)
        try:
            received = service.take(self.request, one, self._minor, now())
        except NotReady:
            self.label = _("Your Online-Ausweis is being read")
            return self.waiting_template()
        except Cancelled as cancelled:
            label = _("You have cancelled")
            return self._failed(label, cancelled.message, again, STUCK)
        except Refused as refused:
            return self._refused(refused, again)
        except EIDProblem as problem:
            return self._failed(_FAILED, problem.message, again, TROUBLE)
        return self.redirect(received.page)

    @property
    def _minor(self) -> str:
        """What the eID-Client says about a failure, such as “cancellationByUser”."""
        if text_of(self.request, "ResultMajor").endswith("ok"):
            return ""
        return text_of(self.request, "ResultMinor").rpartition("#")[2]

    def _refused(self, refused, again):
        if refused.page:
            return self.redirect(refused.page)
        return self._failed(_FAILED, refused.message, again, TROUBLE)

    def _failed(self, label, text, again, trouble):
        self.label = label
        return self.failed_template(text=text, again=self.link(again), trouble=trouble)

    def _not_yours(self):
        """Say the same for what is over, was used, or began in another browser."""
        return self.message(
            _("This address cannot be used any more"),
            _(
                "It can be used once, within five minutes, and only in the browser in "
                "which you have begun. Nothing was changed. Please begin anew."
            ),
            page=_page_to_begin(),
            link_text=_("Begin anew"),
            others=[("mein-bereich", _("To Mein Bereich"))],
            status=410,
        )


class ProblemView(ReturnView):
    """Where the eID-Client leads to when it never reached the eID-Server."""

    carried = ()

    def open(self):
        """Explain what to do."""
        return self._failed(
            _("The AusweisApp could not connect"),
            _(
                "The AusweisApp did not reach the service that reads the Online-Ausweis, "
                "or the five minutes were over. Nothing was changed. Please check the "
                "connection to the internet, and begin anew."
            ),
            _page_to_begin(),
            TROUBLE,
        )


class StateView(PortalView):
    """Tells a waiting page of the same browser whether its card was read."""

    def answer(self):
        """Return the page to go on with, an empty one for none, as JSON."""
        self.request.response.setHeader("Content-Type", "application/json")
        session = current_session()
        done = session is not None and query_reading(session, now()) is not None
        return json.dumps({"page": self.link(CHECK_PAGE) if done else ""})


def _page_to_begin() -> str:
    return "anmelden" if current_session() is None else "hochstufen"


def text_of(request, name: str) -> str:
    """Return an entry of the address as one text; anything else counts as empty."""
    value = request.form.get(name, "")
    return value if isinstance(value, str) else ""
