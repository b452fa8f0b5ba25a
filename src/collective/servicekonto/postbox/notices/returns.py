"""The address to which mail servers report that a notice cannot be delivered.

It holds a token that says nothing to anybody else. What is stored is its hash, and to
which account it belongs.
"""

from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.postbox.notices.rules import BOUNCE_TIME
from collective.servicekonto.postbox.notices.rules import Notice
from collective.servicekonto.store.service import forget_token
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import keep_token
from collective.servicekonto.store.tokens import digest
from collective.servicekonto.store.tokens import Token
from collective.servicekonto.store.tokens import TokenRefused
from datetime import datetime
from typing import Any
import re
import secrets


# Purpose of the tokens.
BOUNCE = "bounce"

# Hexadecimal: some mail servers write addresses in small letters.
_TOKEN_BYTES = 16
_TOKEN = "([0-9a-f]{32})"  # noqa: S105 (how one looks)


def issue(account: Any, now: int) -> tuple[str, str]:
    """Return the hash of a new token, and the address with it.

    Both are empty where the portal has no address for what comes back.
    """
    configured = get_portal().bounce_address
    if not configured:
        return "", ""
    raw = secrets.token_hex(_TOKEN_BYTES)
    expires = now + int(BOUNCE_TIME.total_seconds())
    local, _at, domain = configured.rpartition("@")
    hashed = keep_token(raw, Token(BOUNCE, account.id, "", expires))
    return hashed, f"{local}+{raw}@{domain}"


def forget(notice: Notice) -> None:
    """Forget the token of a notice, if it has one."""
    if notice.token:
        forget_token(notice.token, notice.bounces_until)


def tokens(text: str) -> list[str]:
    """Return the tokens of all addresses of ours in a text."""
    configured = get_portal().bounce_address
    if not configured:
        return []
    local, _at, domain = configured.rpartition("@")
    pattern = rf"{re.escape(local)}\+{_TOKEN}@{re.escape(domain)}"
    return [one.lower() for one in re.findall(pattern, text, re.IGNORECASE)]


def owner(raw: str, now: datetime) -> tuple[Any, str] | None:
    """Return the account that a token belongs to and the token's hash, or None."""
    try:
        token = get_store().tokens.look_up(raw, BOUNCE, now)
    except TokenRefused:
        return None
    account = query_account(token.subject)
    return None if account is None else (account, digest(raw))
