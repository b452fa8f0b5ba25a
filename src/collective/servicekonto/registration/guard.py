"""The guard against automatic registrations.

It is shown only when a network registers unusually often. A browser solves a
small puzzle of its own accord (ALTCHA, proof of work with SHA-256); without
JavaScript the citizen answers a plain question after a short pause. Nobody else
is asked, and nothing about the citizen is looked at.
"""

from altcha.v1 import ChallengeOptions
from altcha.v1 import create_challenge
from altcha.v1 import Payload
from altcha.v1 import verify_solution
from base64 import b64decode
from base64 import urlsafe_b64decode
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collective.servicekonto import _
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from enum import Enum
from hashlib import sha256
from threading import Lock
from typing import Any
import hmac
import json
import math
import secrets


# On average half of these hashes are needed: about a second in a browser.
PUZZLE_SIZE = 100_000
PAUSE = timedelta(seconds=20)
LIFETIME = timedelta(hours=1)
CLOCK_TOLERANCE = timedelta(minutes=5)
CAPACITY = 100_000

_LONGEST_PAYLOAD = 2_000

_NUMBERS = {
    1: _("one"),
    2: _("two"),
    3: _("three"),
    4: _("four"),
    5: _("five"),
    6: _("six"),
    7: _("seven"),
    8: _("eight"),
    9: _("nine"),
}


class Outcome(Enum):
    """What became of an attempt to pass the guard."""

    OK = "ok"
    WRONG = "wrong"
    TOO_EARLY = "too early"
    EXPIRED = "expired"
    USED = "used"


_MESSAGES = {
    Outcome.WRONG: _("That was not the right number. Here is a new question."),
    Outcome.EXPIRED: _("The question was too old. Here is a new one."),
    Outcome.USED: _("The question was answered before. Here is a new one."),
}


@dataclass(frozen=True)
class GuardVerdict:
    """The outcome; ``seconds`` is how long to wait after one that was too early."""

    outcome: Outcome
    seconds: int = 0

    @property
    def ok(self) -> bool:
        """Whether the guard lets the attempt pass."""
        return self.outcome is Outcome.OK

    @property
    def message(self) -> Any | None:
        """What to tell the citizen; None if the guard was passed."""
        if self.outcome is Outcome.TOO_EARLY:
            return _(
                "Please wait ${seconds} more seconds and send the form again.",
                mapping={"seconds": self.seconds},
            )
        return _MESSAGES.get(self.outcome)


@dataclass(frozen=True)
class Challenge:
    """What the form shows: one puzzle and one question, with the same state.

    ``puzzle`` is the JSON for the browser's solver, ``question`` is for the
    citizen, and ``state`` belongs into a hidden field.
    """

    puzzle: str
    question: Any
    state: str


class UsedNonces:
    """The nonces of answered challenges, in the memory of one process."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._lock = Lock()
        self._nonces: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._nonces)

    def forget(self, nonce: str) -> None:
        """Let the nonce be used once more."""
        with self._lock:
            self._nonces.pop(nonce, None)

    def use(self, nonce: str) -> bool:
        """Note the nonce; return False if it was used before.

        When there are too many the oldest are forgotten.
        """
        with self._lock:
            if nonce in self._nonces:
                return False
            self._nonces[nonce] = None
            if len(self._nonces) > self._capacity:
                self._nonces.popitem(last=False)
            return True


def issue(secret: bytes, now: datetime) -> Challenge:
    """Return a new challenge that can be answered once within an hour."""
    first = secrets.choice(list(_NUMBERS))
    second = secrets.choice(list(_NUMBERS))
    options = ChallengeOptions(
        max_number=PUZZLE_SIZE, hmac_key=_mac(secret, "puzzle key")
    )
    puzzle = create_challenge(options).to_dict()
    claims = {
        "puzzle": puzzle,
        "answer": _answer_mac(secret, puzzle["salt"], first + second),
        "issued": now.timestamp(),
    }
    return Challenge(
        puzzle=json.dumps(puzzle),
        question=_(
            "How much is ${first} plus ${second}? Please write the number.",
            mapping={"first": _NUMBERS[first], "second": _NUMBERS[second]},
        ),
        state=_sealed(secret, claims),
    )


def issued_at(secret: bytes, state: str) -> datetime | None:
    """Return when the challenge of this state was issued, None if it is not ours."""
    claims = _opened(secret, state)
    return None if claims is None else datetime.fromtimestamp(claims["issued"], UTC)


def verify(
    secret: bytes,
    state: str,
    answer: str,
    payload: str,
    now: datetime,
    used: UsedNonces,
) -> GuardVerdict:
    """Judge an attempt to pass the guard.

    ``state`` is the challenge's, ``answer`` what the citizen typed and ``payload``
    what the browser's solver found; either of both may be empty. A solved puzzle
    passes at once, an answer after 20 seconds. Anything but an early answer uses
    the challenge up.
    """
    claims = _opened(secret, state)
    if claims is None:
        return GuardVerdict(Outcome.WRONG)
    age = now - datetime.fromtimestamp(claims["issued"], now.tzinfo)
    if not -CLOCK_TOLERANCE <= age < LIFETIME:
        return GuardVerdict(Outcome.EXPIRED)
    solved = _is_solved(secret, claims["puzzle"], payload)
    if not solved and age < PAUSE:
        remaining = min(PAUSE - age, PAUSE)
        return GuardVerdict(Outcome.TOO_EARLY, math.ceil(remaining.total_seconds()))
    nonce = claims["puzzle"]["salt"]
    if not used.use(nonce):
        return GuardVerdict(Outcome.USED)
    if solved or _is_answer(secret, nonce, claims["answer"], answer):
        return GuardVerdict(Outcome.OK)
    return GuardVerdict(Outcome.WRONG)


def _is_solved(secret: bytes, puzzle: dict[str, Any], payload: str) -> bool:
    # Only the number is taken from outside; the puzzle comes from our own state.
    number = _number(payload)
    if number is None:
        return False
    solution = Payload(
        algorithm=puzzle["algorithm"],
        challenge=puzzle["challenge"],
        number=number,
        salt=puzzle["salt"],
        signature=puzzle["signature"],
    )
    verified, _reason = verify_solution(
        solution, _mac(secret, "puzzle key"), check_expires=False
    )
    return verified


def _number(payload: str) -> int | None:
    if len(payload) > _LONGEST_PAYLOAD:
        return None
    try:
        number = json.loads(b64decode(payload))["number"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return number if isinstance(number, int) else None


def _is_answer(secret: bytes, nonce: str, expected: str, answer: str) -> bool:
    digits = answer.strip()
    if not (digits.isdecimal() and len(digits) <= 2):
        return False
    return hmac.compare_digest(expected, _answer_mac(secret, nonce, int(digits)))


def _answer_mac(secret: bytes, nonce: str, answer: int) -> str:
    return _mac(secret, f"answer {nonce} {answer}")


def _sealed(secret: bytes, claims: dict[str, Any]) -> str:
    body = urlsafe_b64encode(json.dumps(claims).encode()).decode()
    return f"{body}.{_mac(secret, f'state {body}')}"


def _opened(secret: bytes, state: str) -> dict[str, Any] | None:
    body, _dot, mac = state.partition(".")
    expected = _mac(secret, f"state {body}")
    if not hmac.compare_digest(expected.encode(), mac.encode("utf-8", "replace")):
        return None
    claims: dict[str, Any] = json.loads(urlsafe_b64decode(body))
    return claims


def _mac(secret: bytes, text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    return hmac.new(secret, data, sha256).hexdigest()
