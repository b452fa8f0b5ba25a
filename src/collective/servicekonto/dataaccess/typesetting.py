"""PDFs with tags for screen readers (PDF/UA), set from data.

All texts go in as data, so that nothing anybody typed is ever read as markup. A PDF/UA
may not hold a character that no font can show: such characters are replaced by [?],
so that no text whatever makes a document impossible.
"""

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
import json
import re
import typst
import unicodedata


UNKNOWN = "[?]"

_PROBE = Path(__file__).with_name("probe.typ")
_CANNOT_SHOW = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_ASCII = frozenset(map(chr, range(128)))

# Controls, halves of pairs, and what stands for no character.
_NO_TEXT = frozenset({"Cc", "Cs", "Co", "Cn"})

# A compiler serves one thread at a time.
_one_at_a_time = Lock()


def typeset(source: Path, content: dict[str, Any]) -> bytes:
    """Return the PDF that the source makes of the content, which JSON can hold."""
    text = json.dumps(_settable(content), ensure_ascii=False)
    with _one_at_a_time:
        try:
            return _compile(source, text)
        except typst.TypstError as error:
            if not _CANNOT_SHOW.search(str(error)):
                raise
        return _compile(source, _shown(text))


def _settable(value: Any) -> Any:
    """Return the content with characters replaced that are no text at all."""
    if isinstance(value, str):
        # Nearly always; it is much faster to ask for all of it at once.
        if value.isprintable():
            return value
        return "".join(map(_settable_character, value))
    if isinstance(value, dict):
        return {name: _settable(one) for name, one in value.items()}
    return list(map(_settable, value)) if isinstance(value, list) else value


def _settable_character(one: str) -> str:
    if one in "\n\t":
        return one
    return UNKNOWN if unicodedata.category(one) in _NO_TEXT else one


def _shown(text: str) -> str:
    """Return the text with what no font can show replaced."""
    left, missing = set(text) - _ASCII, set[str]()
    while left:
        try:
            _compile(_PROBE, json.dumps({"text": "a" + "a".join(sorted(left))}))
            break
        except typst.TypstError as error:
            named = left & _named(str(error))
            if not named:
                # It does not say which: better a text with gaps than none.
                missing |= left
                break
        left -= named
        missing |= named
    return text.translate({ord(one): UNKNOWN for one in missing})


def _named(error: str) -> set[str]:
    """Return the characters that the error names, some of them by their numbers."""
    found = _CANNOT_SHOW.search(error)
    said = "" if found is None else found.group(1)
    return set(said) | {chr(int(one, 16)) for one in _ESCAPED.findall(said)}


def _compile(source: Path, text: str) -> bytes:
    made: bytes = _compiler(source).compile(
        sys_inputs={"content": text}, format="pdf", pdf_standards=["ua-1"]
    )
    return made


@cache
def _compiler(source: Path) -> Any:
    return typst.Compiler(str(source))
