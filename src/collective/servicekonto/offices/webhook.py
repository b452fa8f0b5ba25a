"""Which addresses an office can have as its webhook."""

from collective.servicekonto import _
from ipaddress import ip_address
from urllib.parse import SplitResult
from urllib.parse import urlsplit
from zope.schema.interfaces import ConstraintNotSatisfied


_HTTPS = 443

# From here on everybody can open a port.
_FREE = 1024


class ImpossibleWebhook(ConstraintNotSatisfied):
    __doc__ = _(
        "Please enter an address that begins with https://, without user name and "
        "password. A port can be left out, or be 443 or a number from 1024."
    )


def is_possible(text: str) -> bool:
    """Accept an address with https; http only to the server itself, for tests.

    Raises ImpossibleWebhook.
    """
    try:
        parts = urlsplit(text)
        is_fine = (
            bool(parts.hostname)
            and is_possible_port(parts.port)
            and _is_plain(text, parts)
        )
    except ValueError:
        is_fine = False
    if not is_fine:
        raise ImpossibleWebhook(text)
    return True


def is_possible_port(port: int | None) -> bool:
    """Accept no port at all: the other low ones belong to services that are no webhook."""
    return port in (None, _HTTPS) or port >= _FREE


def _is_plain(text: str, parts: SplitResult) -> bool:
    is_safe = parts.scheme == "https" or (
        parts.scheme == "http" and _is_loopback(parts.hostname or "")
    )
    is_readable = text.isascii() and text.isprintable() and " " not in text
    return is_safe and is_readable and "@" not in parts.netloc and not parts.fragment


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
