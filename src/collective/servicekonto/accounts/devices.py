"""Browsers that logged in before.

Guessing from elsewhere slows an address down, but not the browsers in which its
owner logged in before: they are told by a signed cookie that names the account.
"""

from collective.servicekonto.accounts.service import query_by_address
from collective.servicekonto.keys import is_signed
from collective.servicekonto.keys import signature
from collective.servicekonto.portal.cookies import get_cookie
from collective.servicekonto.portal.cookies import set_cookie
from typing import Any


DEVICE_COOKIE = "servicekonto_device"
_PURPOSE = "device"


def remember_device(request: Any, account: Any) -> None:
    """Note in the browser that this account logged in with it."""
    body = f"{account.id}.{account.credentials}"
    set_cookie(request, DEVICE_COOKIE, f"{body}.{signature(_PURPOSE, body)}")


def is_known_device(request: Any, address: str) -> bool:
    """Tell whether the address logged in with this browser since its last change."""
    body, _dot, signed = get_cookie(request, DEVICE_COOKIE).rpartition(".")
    if not body or not is_signed(_PURPOSE, body, signed):
        return False
    account = query_by_address(address)
    return account is not None and body == f"{account.id}.{account.credentials}"
