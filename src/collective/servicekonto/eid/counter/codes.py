"""The code with which a citizen asks for the confirmation: single-use, stored hashed.

It is bound to the state of the account in which the citizen looked at all other details
(BSI TR-03160-1, chapter 5.1): whoever changes anything of the account, or its password,
makes it void. So nothing can be planted between the code and the counter.
"""

from collective.servicekonto.eid.counter.rules import CODE_TIME
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.keys import signature
from collective.servicekonto.store.service import forget_token
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import keep_token
from collective.servicekonto.store.tokens import Token
from collective.servicekonto.store.tokens import TokenRefused
from datetime import datetime
from typing import Any
import re
import secrets


_PURPOSE = "counter"

# Without I, O, 0 and 1, which look alike. 32 of them: 12 are 60 bits.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 12
_GROUP = 4
_SEPARATORS = re.compile(r"[\s.\-\u2013]+")


class CodeRefused(LookupError):
    """The code is wrong, used, too old, of somebody else, or void. Nobody learns which."""


def issue(account: Any, level: TrustLevel, now: datetime) -> str:
    """Return a new code in groups of four; former ones count no more.

    ``level`` is that of the session in which the citizen asks for it.
    """
    withdraw(account)
    code = "".join(secrets.choice(_ALPHABET) for _position in range(_LENGTH))
    expires = int((now + CODE_TIME).timestamp())
    binding = f"{level.value}:{state_of(account)}"
    keep_token(_secret(account, code), Token(_PURPOSE, account.id, binding, expires))
    return "-".join(code[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def query_expiry(account: Any, now: datetime) -> int | None:
    """Return until when there is a code that counts, epoch seconds, or None."""
    return next(
        (
            token.expires
            for _hashed, token in _of(account)
            if not token.used
            and now.timestamp() < token.expires
            and _fits(account, token)
        ),
        None,
    )


def check(account: Any, code: str, now: datetime) -> TrustLevel:
    """Return the level of the session that asked for the code. Raises CodeRefused."""
    try:
        token = get_store().tokens.look_up(_secret(account, code), _PURPOSE, now)
    except TokenRefused:
        raise CodeRefused from None
    if not _fits(account, token):
        raise CodeRefused
    return TrustLevel(token.binding.partition(":")[0])


def use(account: Any, code: str, now: datetime) -> None:
    """Use up the code that was found good. Raises TokenRefused where it is not."""
    get_store().tokens.consume(_secret(account, code), _PURPOSE, now)


def withdraw(account: Any) -> None:
    """Let no code of the account count any more."""
    for hashed, token in _of(account):
        forget_token(hashed, token.expires)


def state_of(account: Any) -> str:
    """Return a text that differs whenever details or means of the account changed."""
    return f"{account.revision}:{account.credentials}"


def _fits(account: Any, token: Token) -> bool:
    return token.binding.partition(":")[2] == state_of(account)


def _of(account: Any) -> list[tuple[str, Token]]:
    found = get_store().tokens.of(account.id)
    return [(hashed, token) for hashed, token in found if token.purpose == _PURPOSE]


def _secret(account: Any, code: str) -> str:
    return signature(_PURPOSE, f"{account.id}:{_SEPARATORS.sub('', code).upper()}")
