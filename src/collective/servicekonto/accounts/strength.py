"""Whether a password is hard enough to guess (BSI ORP.4.A8, NIST SP 800-63B)."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from collective.servicekonto import _
from dataclasses import dataclass
from functools import cache
from typing import Any
from zxcvbn import feedback
from zxcvbn import matching
from zxcvbn import scoring
from zxcvbn import time_estimates
import re
import unicodedata


MINIMUM_LENGTH = 8
MAXIMUM_LENGTH = 128
ACCEPTABLE_SCORE = 3

# zxcvbn reckons ten guesses for a character without any pattern and begins its
# score 3 five guesses above 10**8, which no eight characters reach.
_ACCEPTABLE_GUESSES = 10**MINIMUM_LENGTH

SCORE_LABELS = (
    _("very easy to guess"),
    _("easy to guess"),
    _("still too easy to guess"),
    _("hard to guess"),
    _("very hard to guess"),
)

# What German leaks add to the English list of zxcvbn.
_GERMAN_WORDS = [
    "passwort",
    "geheim",
    "hallo",
    "schatz",
    "schatzi",
    "liebe",
    "ichliebedich",
    "schnecke",
    "engel",
    "baby",
    "maus",
    "mausi",
    "hase",
    "hasi",
    "sonne",
    "sonnenschein",
    "sommer",
    "winter",
    "herbst",
    "frühling",
    "fruehling",
    "fussball",
    "schalke",
    "bayern",
    "dortmund",
    "borussia",
    "werder",
    "hamburg",
    "berlin",
    "münchen",
    "muenchen",
    "köln",
    "koeln",
    "deutschland",
    "daniel",
    "michael",
    "andreas",
    "thomas",
    "stefan",
    "sebastian",
    "alexander",
    "christian",
    "martin",
    "jessica",
    "sabrina",
    "nadine",
    "melanie",
    "sandra",
    "stefanie",
    "katharina",
    "julia",
    "anna",
    "lisa",
    "lena",
    "laura",
    "sarah",
    "marie",
    "johanna",
    "familie",
    "mama",
    "papa",
    "oma",
    "opa",
    "kinder",
    "katze",
    "hund",
    "pferd",
    "tiger",
    "computer",
    "internet",
    "arbeit",
    "urlaub",
    "schule",
    "lehrer",
    "freiheit",
    "frieden",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "januar",
    "februar",
    "april",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "weihnachten",
    "ostern",
    "geburtstag",
    "willkommen",
    "anmelden",
    "zugang",
    "rathaus",
    "gemeinde",
    "stadt",
    "bürger",
    "buerger",
    "servicekonto",
    "bürgerportal",
    "buergerportal",
    "test1234",
    "qwertz",
    "qwertzui",
    "qwertzuiop",
    "asdfghjklö",
    "asdfjklö",
    "yxcvbnm",
    "schalke04",
    "hallo123",
    "passwort1",
    "passwort123",
    "hallihallo",
    "keinpasswort",
]

# zxcvbn tries every combination of look-alike signs at every place: a second for
# 72 random characters, some milliseconds for 24.
_PART_LENGTH = 24

# What zxcvbn looks for, but for look-alike signs: those are looked for with a limit.
_MATCHERS = (
    matching.dictionary_match,
    matching.reverse_dictionary_match,
    matching.spatial_match,
    matching.repeat_match,
    matching.sequence_match,
    matching.regex_match,
    matching.date_match,
)

# So many different look-alike signs of a part are read as letters; with more, their
# combinations take the most time of all.
_LOOK_ALIKES_READ = 2
_LOOK_ALIKES = frozenset(
    sign for signs in matching.L33T_TABLE.values() for sign in signs
)
_NO_LOOK_ALIKE = "-"

_PERSONAL_LENGTH = 4
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_TAIL = re.compile(r"[\d!?.,*#$%&+_-]{1,6}$")

_ADVICE = {
    message: message
    for message in (
        _("Use a few words, avoid common phrases."),
        _("No need for symbols, digits, or uppercase letters."),
        _("Add another word or two. Uncommon words are better."),
        _("Straight rows of keys are easy to guess."),
        _("Short keyboard patterns are easy to guess."),
        _("Use a longer keyboard pattern with more turns."),
        _('Repeats like "aaa" are easy to guess.'),
        _('Repeats like "abcabcabc" are only slightly harder to guess than "abc".'),
        _("Avoid repeated words and characters."),
        _('Sequences like "abc" or "6543" are easy to guess.'),
        _("Avoid sequences."),
        _("Recent years are easy to guess."),
        _("Avoid recent years."),
        _("Avoid years that are associated with you."),
        _("Dates are often easy to guess."),
        _("Avoid dates and years that are associated with you."),
        _("This is a top-10 common password."),
        _("This is a top-100 common password."),
        _("This is a very common password."),
        _("This is similar to a commonly used password."),
        _("A word by itself is easy to guess."),
        _("Names and surnames by themselves are easy to guess."),
        _("Common names and surnames are easy to guess."),
        _("Capitalization doesn't help very much."),
        _("All-uppercase is almost as easy to guess as all-lowercase."),
        _("Reversed words aren't much harder to guess."),
        _("Predictable substitutions like '@' instead of 'a' don't help very much."),
    )
}


@dataclass(frozen=True)
class PasswordVerdict:
    """What there is to say about a password.

    ``score`` runs from 0 (guessed at once) to 4; ``problem`` tells why the
    password is refused and is None for an acceptable one; ``advice`` helps to
    find a better one.
    """

    score: int
    problem: Any | None = None
    advice: tuple[Any, ...] = ()

    @property
    def acceptable(self) -> bool:
        """Whether the password may be used."""
        return self.problem is None

    @property
    def label(self) -> Any:
        """The score in words."""
        return SCORE_LABELS[self.score]


def check_password(password: str, personal: Sequence[str] = ()) -> PasswordVerdict:
    """Judge a password of somebody with these names and addresses.

    Acceptable are 8 to 128 code points (in normal form C) of any script without
    control characters that are not among the common passwords, do not rest on the
    person's own names or address, and are as hard to guess as eight characters
    without any pattern. Kinds of characters are not counted.
    """
    problem = _form_problem(password)
    if problem is not None:
        return PasswordVerdict(0, problem)
    password = unicodedata.normalize("NFC", password)
    if _is_common(password):
        return PasswordVerdict(
            0,
            _("This password is used by very many people. Please choose another."),
        )
    own_words = _personal_words(personal)
    if _rests_on(own_words, password):
        return PasswordVerdict(
            0, _("Please choose a password without your name and e-mail address.")
        )
    return _judged_by_guesses(password, own_words)


def _form_problem(password: str) -> Any | None:
    # A canonical composition joins at most four code points.
    if len(password) > MAXIMUM_LENGTH * 4:
        return _too_long()
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in password):
        return _("The password contains control characters. Please type it anew.")
    length = len(unicodedata.normalize("NFC", password))
    if length < MINIMUM_LENGTH:
        return _(
            "The password is too short. It needs at least ${minimum} characters.",
            mapping={"minimum": MINIMUM_LENGTH},
        )
    if length > MAXIMUM_LENGTH:
        return _too_long()
    return None


def _too_long() -> Any:
    return _(
        "The password is too long. At most ${maximum} characters are possible.",
        mapping={"maximum": MAXIMUM_LENGTH},
    )


def _is_common(password: str) -> bool:
    folded = password.casefold()
    return folded in _common() or _TAIL.sub("", folded) in _common()


@cache
def _common() -> frozenset[str]:
    listed = matching.RANKED_DICTIONARIES["passwords"]
    return frozenset(word.casefold() for word in (*listed, *_GERMAN_WORDS))


def _personal_words(personal: Sequence[str]) -> list[str]:
    """The person's names and addresses and their words, the longest first."""
    words = {
        word
        for text in map(_plain, personal)
        for word in (text, *re.split(r"[\W_]+", text))
        if len(word) >= _PERSONAL_LENGTH
    }
    return sorted(words, key=lambda word: (-len(word), word))


def _rests_on(own_words: Sequence[str], password: str) -> bool:
    """Whether too little is left of the password without the person's own words."""
    rest = plain = _plain(password)
    for word in own_words:
        rest = rest.replace(word, "")
    return rest != plain and len(rest) < MINIMUM_LENGTH


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", folded)
        if not unicodedata.combining(character)
    )


def _judged_by_guesses(password: str, own_words: Sequence[str]) -> PasswordVerdict:
    """Judge by the part of the password that is hardest to guess.

    The whole is at least as hard as any of its parts. Looking at parts bounds the
    time that a request can cost.
    """
    dictionaries = {
        **matching.RANKED_DICTIONARIES,
        "german": _ranked(_GERMAN_WORDS),
        "user_inputs": _ranked(own_words),
    }
    best = PasswordVerdict(0)
    for part in _parts(password):
        verdict = _judge(part, dictionaries)
        if verdict.score >= best.score:
            best = verdict
        if best.score == len(SCORE_LABELS) - 1:
            break
    return best


def _parts(password: str) -> Iterator[str]:
    for start in range(0, len(password), _PART_LENGTH):
        yield password[start : start + _PART_LENGTH]


def _ranked(words: Sequence[str]) -> dict[str, int]:
    return {word: rank for rank, word in enumerate(words, 1)}


def _judge(part: str, dictionaries: Mapping[str, Mapping[str, int]]) -> PasswordVerdict:
    # zxcvbn.zxcvbn() would keep the person's words in a dictionary that all
    # threads share.
    matches = [
        match
        for matcher in _MATCHERS
        for match in matcher(part, _ranked_dictionaries=dictionaries)
    ]
    matches += matching.l33t_match(
        _without_many_look_alikes(part), _ranked_dictionaries=dictionaries
    )
    matches.sort(key=lambda match: (match["i"], match["j"]))
    found = scoring.most_guessable_match_sequence(part, matches)
    guesses = found["guesses"]
    score: int = time_estimates.estimate_attack_times(guesses)["score"]
    if guesses >= _ACCEPTABLE_GUESSES:
        return PasswordVerdict(max(score, ACCEPTABLE_SCORE))
    return PasswordVerdict(
        score,
        _("This password is too easy to guess."),
        _advice(feedback.get_feedback(score, found["sequence"])),
    )


def _without_many_look_alikes(part: str) -> str:
    found = dict.fromkeys(sign for sign in part if sign in _LOOK_ALIKES)
    too_many = list(found)[_LOOK_ALIKES_READ:]
    return part.translate({ord(sign): _NO_LOOK_ALIKE for sign in too_many})


def _advice(found: Mapping[str, Any]) -> tuple[Any, ...]:
    texts = (found["warning"], *found["suggestions"])
    return tuple(_ADVICE[text] for text in texts if text in _ADVICE)
