"""The steps of registering, through plone.restapi.

A program begins with ``POST @servicekonto-registration``, gets the secret key of
its draft and sends it in a header with each further step.
"""

from collective.servicekonto import _
from collective.servicekonto.accounts.content import SALUTATIONS
from collective.servicekonto.accounts.strength import MAXIMUM_LENGTH
from collective.servicekonto.accounts.strength import MINIMUM_LENGTH
from collective.servicekonto.clock import now
from collective.servicekonto.portal.declarations import current_declarations
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import LinkRefused
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import is_open
from collective.servicekonto.portal.service import link
from collective.servicekonto.registration import gate
from collective.servicekonto.registration import offers
from collective.servicekonto.registration import rules
from collective.servicekonto.registration import service
from collective.servicekonto.registration.draft import Draft
from collective.servicekonto.registration.guard import GuardVerdict
from collective.servicekonto.registration.guard import Outcome
from collective.servicekonto.registration.keys import DRAFT_HEADER
from collective.servicekonto.store.tokens import TokenExpired
from collective.servicekonto.store.tokens import TokenRefused
from collective.servicekonto.store.tokens import TokenUnknown
from collective.servicekonto.store.tokens import TokenUsed
from datetime import datetime
from datetime import UTC
from plone import api
import json


DRAFT_GONE = _(
    "No registration is under way, or it took too long. For your safety your entries "
    "were deleted. Please begin again."
)

GUARD_REASON = _(
    "Many registrations arrive at the moment. We want to be sure that a human being "
    "is registering."
)

_GUARD = ("guard_state", "guard_answer", "guard_payload")


class RegistrationService(PortalService):
    """A service that says why a step of the registration cannot be done."""

    @property
    def key(self) -> str:
        """The secret key of the draft, from the header."""
        return self.request.getHeader(DRAFT_HEADER) or ""

    def answer(self):
        """Return the result of the step. Raises Refused."""
        try:
            return self.step()
        except service.Incomplete as incomplete:
            raise Incorrect(incomplete.problems) from None
        except service.RegistrationClosed:
            raise Refused(
                403,
                "RegistrationClosed",
                _(
                    "At the moment no new accounts can be registered. Please try "
                    "again later."
                ),
            ) from None
        except service.ProofMissing:
            raise Refused(
                409,
                "ProofMissing",
                _("Please let your Online-Ausweis be read first, or once more."),
            ) from None
        except service.DraftGone:
            raise Refused(410, "DraftGone", DRAFT_GONE) from None

    def mail_is_coming(self) -> dict:
        """Answer 202, the same whether the address has an account or not."""
        message = _(
            "We are sending an e-mail to this address. Please look in your spam "
            "folder, too. It can take a few minutes."
        )
        hours = get_portal().activation_hours
        return self.accepted(
            202, {"message": self.translate(message), "activation_hours": hours}
        )


class Offer(RegistrationService):
    """GET @servicekonto-registration: what can be registered, and how."""

    def step(self):
        """Return the choices, the declarations and the rules."""
        portal = get_portal()
        salutations = {term.value: term.title for term in SALUTATIONS}
        return {
            "@id": link(portal, "@servicekonto-registration"),
            "open": is_open(portal),
            "kinds": self._options(rules.KINDS),
            "accounts": self._options(offers.accounts()),
            "salutations": self._options(salutations),
            "declarations": [
                {
                    "reference": declaration.reference,
                    "name": declaration.name,
                    "title": self.translate(declaration.title),
                    "html": declaration.text,
                }
                for declaration in current_declarations(portal)
            ],
            "activation_hours": portal.activation_hours,
            "draft_minutes": portal.draft_minutes,
            "password": {
                "minimum_length": MINIMUM_LENGTH,
                "maximum_length": MAXIMUM_LENGTH,
            },
        }

    def _options(self, titles: dict) -> list[dict]:
        return [
            {"value": value, "title": self.translate(title)}
            for value, title in titles.items()
        ]


class Begin(RegistrationService):
    """POST @servicekonto-registration: begin as what one registers."""

    texts = ("kind",)

    def step(self):
        """Answer 201 with the secret key of the draft."""
        kind = self.sent().get("kind", "")
        moment = now()
        key = service.begin(kind, api.portal.get_current_language(), moment)
        expires = _text_of(service.get_draft(key, moment).expires)
        return self.accepted(201, {"draft": key, "expires": expires})


class Enter(RegistrationService):
    """PATCH @servicekonto-registration: the account and one's own details."""

    texts = ("account", *rules.DETAIL_FIELDS, "password", "repetition", *_GUARD)

    def step(self):
        """Keep what was sent, and return the review. What was not sent stays."""
        moment = now()
        draft = service.get_draft(self.key, moment)
        sent = self.sent()
        if "account" in sent:
            service.choose_account(self.key, sent["account"], moment)
        if sent.keys() - {"account", *_GUARD}:
            self._pass_guard(sent, moment)
            service.fill_in(self.key, _details(draft) | sent, moment)
        return _review(draft)

    def _pass_guard(self, sent: dict[str, str], moment: datetime) -> None:
        client = self.request.getClientAddr()
        if gate.is_needed(client, moment):
            verdict = gate.judge(sent, moment)
            if not verdict.ok:
                raise self._guarded(verdict, "guard_state" in sent, moment)
        gate.count(client, moment)

    def _guarded(self, verdict: GuardVerdict, tried: bool, moment: datetime) -> Refused:
        if verdict.outcome is Outcome.TOO_EARLY:
            self.request.response.setHeader("Retry-After", str(verdict.seconds))
            return Refused(
                428, "GuardTooEarly", verdict.message, seconds=verdict.seconds
            )
        challenge = gate.new_challenge(moment)
        return Refused(
            428,
            "GuardNeeded",
            verdict.message if tried else GUARD_REASON,
            guard={
                "puzzle": json.loads(challenge.puzzle),
                "question": self.translate(challenge.question),
                "state": challenge.state,
            },
        )


class Review(RegistrationService):
    """GET @servicekonto-registration-review: what was entered so far."""

    def step(self):
        """Return the entries; of the password only whether it was chosen."""
        return _review(service.get_draft(self.key, now()))


class Create(RegistrationService):
    """POST @servicekonto-registration-create: make the account."""

    text_lists = ("confirmed",)

    def step(self):
        """Answer 202 after the declarations were confirmed."""
        moment = now()
        confirmed = set(self.sent().get("confirmed", []))
        draft = service.get_draft(self.key, moment)
        if not (draft.sent or draft.details.complete):
            raise Refused(409, "NotReady", _("Please enter your details first."))
        service.register(self.key, confirmed, moment)
        return self.mail_is_coming()


class Resend(RegistrationService):
    """POST @servicekonto-registration-resend: mail the link once more."""

    def step(self):
        """Answer 202."""
        self.sent()
        moment = now()
        if not service.get_draft(self.key, moment).sent:
            raise Refused(409, "NotReady", _("Please create the account first."))
        service.send_again(self.key, moment)
        return self.mail_is_coming()


class Activate(PortalService):
    """POST @servicekonto-activation: activate the account of the link."""

    texts = ("token",)

    def answer(self):
        """Answer 200, or 410 with the reason why the link cannot be used."""
        try:
            service.activate(self.sent().get("token", ""), now())
        except TokenRefused as refused:
            raise LinkRefused(refused, _LINK_REFUSED[type(refused)]) from None
        message = _("You can log in now with your e-mail address and your password.")
        return {"message": self.translate(message)}


_LINK_REFUSED = {
    TokenUnknown: _(
        "Perhaps your Servicekonto is active already: please try to log in. Or the "
        "link was not copied completely: please open the link in the mail once more."
    ),
    TokenExpired: _(
        "The time to activate the account is over, and its data are deleted. "
        "Please register again."
    ),
    TokenUsed: _(
        "If you activated your account with it, you can log in. If you "
        "registered again since, please use the link in the newest mail."
    ),
}


def _details(draft: Draft) -> dict[str, str]:
    return {name: getattr(draft.details, name) for name in rules.DETAIL_FIELDS}


def _review(draft: Draft) -> dict:
    return {
        "kind": draft.kind,
        "account": draft.account,
        **_details(draft),
        "proven": {} if draft.proven is None else dict(draft.proven.values),
        "password_chosen": bool(draft.details.password_hash),
        "complete": draft.details.complete,
        "sent": draft.sent,
        "expires": _text_of(draft.expires),
    }


def _text_of(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
