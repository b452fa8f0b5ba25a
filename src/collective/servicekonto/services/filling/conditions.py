"""Whether a field is asked: the conditions of EasyForm (“Field depends on”).

The browser evaluates them with pat-depends; here they are evaluated once more for
what was sent. ``name``, ``not``, ``and``, ``or``, brackets and comparisons such as
``kind=dog`` or ``age>=18`` are understood, and what cannot be read always holds:
rather a question too many than an answer that is lost.
"""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
import operator
import re


# Returns the values that are chosen or typed in the inputs with this name.
Values = Callable[[str], list[str]]

_TOKEN = re.compile(
    r"\s*(?:(?P<sign><=|>=|!=|~=|[=<>()])|\"(?P<quoted>[^\"]*)\"|(?P<word>[^\s=<>()!~\"]+))"
)
_WORDS = ("and", "or", "not")
_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Unreadable(ValueError):
    """The condition cannot be understood."""


@dataclass
class _Reader:
    """Reads a condition from its left to its right, and evaluates it meanwhile."""

    tokens: list[str]
    values: Values
    names: list[str] = field(default_factory=list)
    position: int = 0

    def whole(self) -> bool:
        """Return whether all of it holds. Raises Unreadable."""
        result = self.either()
        if self.next() is not None:
            raise Unreadable
        return result

    def either(self) -> bool:
        result = self.both()
        while self.take("or"):
            # The right side has to be read in any case.
            right = self.both()
            result = result or right
        return result

    def both(self) -> bool:
        result = self.single()
        while self.take("and"):
            right = self.single()
            result = result and right
        return result

    def single(self) -> bool:
        if self.take("not"):
            return not self.single()
        if self.take("("):
            result = self.either()
            if not self.take(")"):
                raise Unreadable
            return result
        return self.comparison()

    def comparison(self) -> bool:
        name = self.word()
        self.names.append(name)
        found = self.values(name)
        sign = self.next()
        if sign not in ("=", "!=", "~=", *_ORDER):
            return any(found)
        self.position += 1
        wanted = self.word()
        if sign in _ORDER:
            return any(_compared(sign, one, wanted) for one in found)
        if sign == "~=":
            return any(wanted in one for one in found)
        return (wanted in found) == (sign == "=")

    def word(self) -> str:
        token = self.next()
        if token is None or token in ("=", "(", ")", "!=", "~=", *_ORDER, *_WORDS):
            raise Unreadable
        self.position += 1
        return token.removeprefix('"')

    def take(self, token: str) -> bool:
        if self.next() != token:
            return False
        self.position += 1
        return True

    def next(self) -> str | None:
        more = self.position < len(self.tokens)
        return self.tokens[self.position] if more else None


def holds(condition: str, values: Values) -> bool:
    """Tell whether the condition is met, as far as it can be understood."""
    try:
        return _Reader(_tokens(condition), values).whole()
    except Unreadable:
        return True


def names(condition: str) -> list[str]:
    """Return the names of the inputs that the condition looks at."""
    reader = _Reader(_tokens(condition), lambda name: [])
    try:
        reader.whole()
    except Unreadable:
        return []
    return reader.names


def _tokens(condition: str) -> list[str]:
    # What follows a semicolon tells the browser what to do.
    text = re.sub(r"^\s*condition:", "", condition.partition(";")[0]).strip()
    tokens: list[str] = []
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            # A sign that is in no condition, which no rule accepts.
            return [*tokens, ")"]
        # A quoted text is told from a word by its first sign.
        quoted = found["quoted"]
        tokens.append(found["sign"] or found["word"] or f'"{quoted}')
        position = found.end()
    return tokens


def _compared(sign: str, one: str, other: str) -> bool:
    try:
        return _ORDER[sign](float(one), float(other))
    except ValueError:
        return False
