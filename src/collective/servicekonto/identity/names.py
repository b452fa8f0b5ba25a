"""Names of people, kept in every character of DIN 91379."""

from collective.servicekonto import _
from functools import lru_cache
from typing import Any
import re
import unicodedata


MAXIMUM_LENGTH = 120

# The non-letters of the standard's datatype A ("bnlreq"), and U+02BC, the
# apostrophe that Unicode recommends where it belongs to a word.
_SIGNS = frozenset(" ',-.`~¨´·ʹʺʾʿˈˌ’‡ʼ")

# The combining diacritical marks without U+034F, which is invisible.
_MARK = "[\u0300-\u034e\u0350-\u036f]"

# No letter of the standard has more than two marks in normal form C.
_STRAY_MARK = re.compile(f"(?:^|[{re.escape(''.join(_SIGNS))}]){_MARK}|{_MARK}{{3}}")
_MARKS = re.compile(_MARK)


class NameProblem(ValueError):
    """The text cannot be kept as a name; ``message`` tells the citizen why."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


def clean_name(text: str) -> str:
    """Return the name in Unicode normal form C with single blanks between words.

    Every letter, sequence and sign that DIN 91379 allows in the names of natural
    persons (datatype A) survives unchanged; so do other Latin letters and marks,
    because refusing somebody's name is worse than keeping an unusual one.
    Raises NameProblem for an empty name, one of more than 120 code points,
    control characters, digits, other signs and other scripts.
    """
    _check_length(text, MAXIMUM_LENGTH * 4)
    name = unicodedata.normalize("NFC", text)
    if any(unicodedata.category(character)[0] == "C" for character in name):
        raise NameProblem(
            _("The name contains invisible control characters. Please type it anew.")
        )
    name = " ".join(name.split())
    if not name:
        raise NameProblem(_("Please enter a name."))
    _check_length(name, MAXIMUM_LENGTH)
    for character in name:
        if not _belongs_to_names(character):
            raise NameProblem(
                _(
                    "The name contains the character ${character}. Please use only "
                    "Latin letters, blanks, hyphens, apostrophes and full stops.",
                    mapping={"character": character},
                )
            )
    if _STRAY_MARK.search(name):
        raise NameProblem(_("The name contains an accent without its letter."))
    return name


def _check_length(text: str, maximum: int) -> None:
    if len(text) > maximum:
        raise NameProblem(
            _(
                "Please shorten the name to ${maximum} characters.",
                mapping={"maximum": MAXIMUM_LENGTH},
            )
        )


@lru_cache(maxsize=2048)
def _belongs_to_names(character: str) -> bool:
    return (
        character in _SIGNS
        or _MARKS.match(character) is not None
        or (
            unicodedata.category(character)[0] == "L"
            and character <= "\uffff"
            and unicodedata.name(character).startswith("LATIN ")
        )
    )
