"""What the browser keeps for us from one page to the next: words that were searched
for, and what was done last.

None of it is for anybody who looks over the address line, so it is in a cookie or in a
hidden field. It is sealed, and opens only in the session that it was made in.
"""

from base64 import urlsafe_b64encode
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.keys import key
from collective.servicekonto.portal.cookies import expire_cookie
from collective.servicekonto.portal.cookies import get_cookie
from collective.servicekonto.portal.cookies import set_cookie
from cryptography.fernet import Fernet
from cryptography.fernet import InvalidToken
from typing import Any
import json


_PURPOSE = "postbox-memory"

# Browsers keep up to 4096 bytes of a cookie.
_LARGEST = 3_900


def seal(session: Session, data: Any) -> str:
    """Return what JSON can hold, so that only we can read it, in this session."""
    text = json.dumps([session.key, data], separators=(",", ":"))
    return _fernet().encrypt(text.encode()).decode("ascii")


def unseal(session: Session, sealed: str) -> Any | None:
    """Return what was sealed in this session, or None."""
    try:
        opened = _fernet().decrypt(sealed.encode("utf-8", "replace"))
    except InvalidToken:
        return None
    session_key, data = json.loads(opened)
    return data if session_key == session.key else None


def remember(request: Any, session: Session, name: str, data: Any) -> None:
    """Let the browser keep the data; too much for a cookie is forgotten."""
    sealed = seal(session, data)
    if len(sealed) <= _LARGEST:
        set_cookie(request, name, sealed)


def recall(request: Any, session: Session, name: str) -> Any | None:
    """Return what was remembered in this session under the name, or None."""
    return unseal(session, get_cookie(request, name))


def forget(request: Any, name: str) -> None:
    """Let the browser forget it, if it keeps anything."""
    if get_cookie(request, name):
        expire_cookie(request, name)


def _fernet() -> Fernet:
    return Fernet(urlsafe_b64encode(key(_PURPOSE)))
