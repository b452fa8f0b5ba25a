"""Proof that a form was sent from a page of ours in the same browser.

Plone's own protection covers logged-in users only; ours covers everybody. A random
cookie is bound to the hidden field of the form by a signature, and so is the person
whom the browser stands for: whoever plants a cookie of theirs in another browser
cannot send forms from it in the name of its owner.
"""

from collective.servicekonto.keys import is_signed
from collective.servicekonto.keys import signature
from collective.servicekonto.portal.cookies import get_cookie
from collective.servicekonto.portal.cookies import set_cookie
from typing import Any
from urllib.parse import urlsplit
from zope.annotation.interfaces import IAnnotations
from zope.component import queryUtility
from zope.interface import Interface
import secrets


COOKIE = "servicekonto_form"
FIELD = "csrf"

_PURPOSE = "csrf"


class IFormOwner(Interface):
    """Tells whom forms belong to; whoever lets people log in registers it."""

    def __call__(request):
        """Return a text for the person whom the browser stands for, "" for nobody.

        A session that is renewed or over does not change it, so that forms that were
        open then can still be sent.
        """


def token(request: Any) -> str:
    """Return the value of the hidden field for forms in this browser."""
    return signature(_PURPOSE, _bound(request, _browser(request)))


def is_valid(request: Any) -> bool:
    """Tell whether the request brings the field that belongs to its cookie."""
    browser = get_cookie(request, COOKIE)
    sent = request.form.get(FIELD)
    if not browser or not isinstance(sent, str):
        return False
    return is_signed(_PURPOSE, _bound(request, browser), sent)


def comes_from_elsewhere(request: Any) -> bool:
    """Tell whether the browser says that a page of another site sent the form."""
    origin = request.getHeader("Origin")
    if not origin:
        return False
    return urlsplit(origin).netloc != urlsplit(request["SERVER_URL"]).netloc


def _bound(request: Any, browser: str) -> str:
    owner = queryUtility(IFormOwner)
    return f"{browser} {'' if owner is None else owner(request)}"


def _browser(request: Any) -> str:
    browser = get_cookie(request, COOKIE)
    if browser:
        return str(browser)
    remembered = IAnnotations(request)
    if COOKIE not in remembered:
        remembered[COOKIE] = secrets.token_urlsafe(24)
        set_cookie(request, COOKIE, remembered[COOKIE])
    return str(remembered[COOKIE])
