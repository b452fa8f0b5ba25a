"""Single-use tokens that are sent by mail. Only their hashes are stored."""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from persistent import Persistent
from typing import NamedTuple
import secrets
import string


# Used and expired tokens are kept so that a late click gets a fitting answer.
KEPT_AFTER_EXPIRY = timedelta(days=1)

# So many digits of a hash are enough to find the token of a subject again.
_START = 16

# Tokens consist of letters, digits, “-” and “_”.
_NO_PART_OF_TOKENS = string.whitespace + ".,;:!?)>]}'\"(<[{" + "”“’"


class TokenRefused(Exception):
    """The token cannot be used."""


class TokenUnknown(TokenRefused):
    """No such token: mistyped, truncated, or long gone."""


class TokenExpired(TokenRefused):
    """The token was not used in time."""


class TokenUsed(TokenRefused):
    """The token was used before, or what it was bound to has changed."""


class Token(NamedTuple):
    """What a token stands for.

    ``binding`` is the state of the subject when the token was issued; whoever
    consumes the token compares it with the present state.
    """

    purpose: str
    subject: str
    binding: str
    expires: int
    used: bool = False


class TokenTable(Persistent):
    """Hash of a token → what it stands for; and the hashes by subject."""

    def __init__(self) -> None:
        self._tokens = OOBTree()
        self._subjects = OOTreeSet()

    def issue(self, token: Token) -> str:
        """Store the token and return the secret that stands for it."""
        raw = secrets.token_urlsafe(32)
        self.keep(raw, token)
        return raw

    def keep(self, raw: str, token: Token) -> None:
        """Store the token under an unguessable secret of the caller."""
        self._tokens[digest(raw)] = tuple(token)
        self._subjects.insert(_of_subject(token.subject, digest(raw)))

    def look_up(self, raw: str, purpose: str, now: datetime) -> Token:
        """Return the token without using it.

        Signs that a mail programme took for a part of the link do not matter. Raises
        TokenUnknown, TokenUsed or TokenExpired.
        """
        stored = self._tokens.get(digest(_cleaned(raw)))
        if stored is None or stored[0] != purpose:
            raise TokenUnknown
        token = Token(*stored)
        if token.used:
            raise TokenUsed
        if now.timestamp() >= token.expires:
            raise TokenExpired
        return token

    def consume(self, raw: str, purpose: str, now: datetime) -> Token:
        """Use the token up. Of simultaneous callers exactly one wins.

        Two transactions that consume the same token change the same key, which
        the database refuses to merge; the second one is tried again and then
        meets TokenUsed. Raises what look_up raises.
        """
        token = self.look_up(raw, purpose, now)
        self._tokens[digest(_cleaned(raw))] = tuple(token._replace(used=True))
        return token

    def discard(self, hashed: str) -> None:
        """Remove the token with this hash, if it is there."""
        stored = self._tokens.pop(hashed, None)
        if stored is not None:
            key = _of_subject(Token(*stored).subject, hashed)
            if key in self._subjects:
                self._subjects.remove(key)

    def of(self, subject: str) -> list[tuple[str, Token]]:
        """Return hash and token of everything that was issued for the subject."""
        found = []
        for key in self._subjects.keys(f"{subject}:", f"{subject};"):
            start = key.rpartition(":")[2]
            for hashed, stored in self._tokens.items(start, f"{start}g"):
                found.append((hashed, Token(*stored)))
        return [(hashed, token) for hashed, token in found if token.subject == subject]

    def index_subjects(self) -> None:
        """Find the tokens by their subjects, also those that were issued earlier."""
        self._subjects = OOTreeSet(
            _of_subject(token.subject, hashed) for hashed, token in self.items()
        )

    def items(self) -> Iterator[tuple[str, Token]]:
        """Yield hash and token of every stored token."""
        for hashed, stored in self._tokens.items():
            yield hashed, Token(*stored)

    def __len__(self) -> int:
        return len(self._tokens)


def _of_subject(subject: str, hashed: str) -> str:
    return f"{subject}:{hashed[:_START]}"


def _cleaned(raw: str) -> str:
    return raw.strip(_NO_PART_OF_TOKENS)


def digest(raw: str) -> str:
    """Return the form of a secret that may be stored."""
    return sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
