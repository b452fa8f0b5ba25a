"""The ticket of a session as a JSON Web Token (RFC 7519), for plone.restapi.

It names a session on the server, so that it ends with it. Plone's own JWT plugin
does not accept it, because it is signed with another key.
"""

from collective.servicekonto.accounts.sessions import Ticket
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.keys import key
import jwt


ALGORITHM = "HS256"
_PURPOSE = "jwt"


def encode(ticket: Ticket) -> str:
    """Return the ticket as a JWT."""
    claims = {
        "sub": ticket.account_id,
        "sid": ticket.secret,
        "iat": ticket.last_activity,
        "lvl": ticket.level.value,
    }
    return jwt.encode(claims, key(_PURPOSE), algorithm=ALGORITHM)


def decode(token: str) -> Ticket | None:
    """Return the ticket in the JWT, or None where it is not one of ours.

    The session's own limits decide whether it is still good, by our clock.
    """
    options = {"require": ["sub", "sid", "iat", "lvl"], "verify_iat": False}
    try:
        claims = jwt.decode(token, key(_PURPOSE), [ALGORITHM], options=options)
    except jwt.InvalidTokenError:
        return None
    level = TrustLevel(claims["lvl"])
    return Ticket(claims["sub"], claims["sid"], claims["iat"], level)
