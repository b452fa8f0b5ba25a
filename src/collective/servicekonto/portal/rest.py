"""What every REST service of the portal has in common."""

from collective.servicekonto import _
from collective.servicekonto.portal.credentials import is_proven_by_header
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import is_our_host
from collective.servicekonto.portal.service import link
from collective.servicekonto.store.tokens import TokenExpired
from collective.servicekonto.store.tokens import TokenRefused
from collective.servicekonto.store.tokens import TokenUnknown
from collective.servicekonto.store.tokens import TokenUsed
from plone import api
from plone.protect.authenticator import check as check_csrf_token
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.services import Service
from typing import Any
from typing import ClassVar
from zExceptions import Forbidden
from zope.i18n import translate
from zope.interface import alsoProvides
import json
import transaction


NOT_TEXT = _("This entry must be text.")
NOT_A_LIST = _("This entry must be a list of texts.")
NOT_A_FLAG = _("This entry must be true or false.")
NOT_A_NUMBER = _("This entry must be a whole number from 0.")

_REASONS = {TokenUnknown: "unknown", TokenExpired: "expired", TokenUsed: "used"}

_READING = ("GET", "HEAD", "OPTIONS")

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Refused(Exception):
    """The answer is no, and the request changes nothing.

    ``status``  HTTP status
    ``kind``    says to programs why; it does not change
    ``message`` says it to people
    ``facts``   further members of the answer
    """

    def __init__(self, status: int, kind: str, message: Any, **facts: Any) -> None:
        super().__init__(kind)
        self.status = status
        self.kind = kind
        self.message = message
        self.facts = facts


class Incorrect(Refused):
    """Entries are missing or wrong; there is a message for each of them."""

    def __init__(self, problems: dict[str, Any]) -> None:
        super().__init__(
            400, "Incorrect", _("Please check your entries."), problems=problems
        )


class LinkRefused(Refused):
    """The link of a mail cannot be used (any more)."""

    def __init__(self, cause: TokenRefused, message: Any) -> None:
        super().__init__(410, "LinkRefused", message, reason=_REASONS[type(cause)])


class PortalService(Service):
    """Refuses foreign hosts, forged and malformed requests; nothing is cached.

    Subclasses name the entries of the JSON object that they take and implement
    ``answer``.
    """

    texts: ClassVar[tuple[str, ...]] = ()
    text_lists: ClassVar[tuple[str, ...]] = ()
    flags: ClassVar[tuple[str, ...]] = ()
    numbers: ClassVar[tuple[str, ...]] = ()

    def reply(self):
        """Answer the request, or explain why not."""
        for name, value in _HEADERS.items():
            self.request.response.setHeader(name, value)
        try:
            self._check_request()
            return self.answer()
        except Refused as refused:
            return self._refuse(refused)

    def sent(self) -> dict[str, Any]:
        """Return those entries that were sent. Raises Refused or Incorrect."""
        body = parsed_object(self._json())
        kinds = (
            (self.texts, _is_text, NOT_TEXT),
            (self.text_lists, _is_text_list, NOT_A_LIST),
            (self.flags, _is_flag, NOT_A_FLAG),
            (self.numbers, _is_number, NOT_A_NUMBER),
        )
        problems = {
            name: message
            for names, fits, message in kinds
            for name in names
            if name in body and not fits(body[name])
        }
        if problems:
            raise Incorrect(problems)
        taken = (*self.texts, *self.text_lists, *self.flags, *self.numbers)
        return {name: body[name] for name in taken if name in body}

    def translate(self, message: Any) -> str:
        """Return the message in the language of the request."""
        return translate(message, context=self.request)

    def accepted(self, status: int, answer: dict) -> dict:
        """Answer with another status than 200."""
        self.request.response.setStatus(status)
        return answer

    def _check_request(self) -> None:
        portal = get_portal()
        if not is_our_host(portal, self.request["SERVER_URL"]):
            raise Refused(
                400, "WrongHost", _("This address is not set up"), portal=link(portal)
            )
        if self.request.method not in _READING:
            self._check_form()
            self._check_origin()

    def _json(self) -> bytes:
        return self.request.get("BODY") or b""

    def _check_form(self) -> None:
        check_is_json(self.request)

    def _check_origin(self) -> None:
        check_not_forged(self.request)

    def _refuse(self, refused: Refused) -> dict:
        transaction.doom()
        self.request.response.setStatus(refused.status)
        facts = dict(refused.facts)
        if "problems" in facts:
            facts["problems"] = {
                name: self.translate(message)
                for name, message in facts["problems"].items()
            }
        message = self.translate(refused.message)
        return {"type": refused.kind, "message": message, **facts}


def json_object(request: Any) -> dict[str, Any]:
    """Return the object in the body, an empty one for an empty body.

    Raises Refused for whatever is not one JSON object.
    """
    return parsed_object(request.get("BODY") or b"")


def parsed_object(text: bytes) -> dict[str, Any]:
    """Return the object that is written there, an empty one for no text.

    Raises Refused for whatever is not one JSON object.
    """
    try:
        parsed = json.loads(text or b"{}")
    except (ValueError, RecursionError):
        parsed = None
    if not isinstance(parsed, dict):
        raise Refused(400, "Malformed", _("The body must be one JSON object."))
    return parsed


def check_is_json(request: Any) -> None:
    """Raise Refused where the body is not said to be JSON.

    The form of another site cannot send this type without asking us first.
    """
    media_type = (request.getHeader("Content-Type") or "").partition(";")[0]
    if media_type.strip().lower() != "application/json":
        raise Refused(
            415, "NotJSON", _("Please send JSON, with Content-Type application/json.")
        )


def check_not_forged(request: Any) -> None:
    """Raise Refused where a browser's cookie alone speaks for the user.

    Nobody logged in, or a Bearer token that proves the user: no other site can send
    that. Otherwise the request must bring plone.protect's token, for example as
    X-CSRF-TOKEN.
    """
    if not (api.user.is_anonymous() or is_proven_by_header(request, "bearer")):
        try:
            check_csrf_token(request)
        except Forbidden:
            raise Refused(
                403,
                "NotProven",
                _("Please send an Authorization header, or the token of the form."),
            ) from None
    alsoProvides(request, IDisableCSRFProtection)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_text_list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
