"""PDFs with tags for screen readers (PDF/UA), set from data.

All texts go in as data, so that nothing anybody typed is ever read as markup. A PDF/UA
may not hold a character that no font can show: such characters are replaced by [?].
"""

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
import json
import re
import typst


UNKNOWN = "[?]"

_PROBE = Path(__file__).with_name("probe.typ")
_CANNOT_SHOW = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ASCII = frozenset(map(chr, range(128)))

# A compiler serves one thread at a time.
_one_at_a_time = Lock()


def typeset(source: Path, content: dict[str, Any]) -> bytes:
    """Return the PDF that the source makes of the content, which JSON can hold."""
    text = json.dumps(content, ensure_ascii=False)
    with _one_at_a_time:
        try:
            return _compile(source, text)
        except typst.TypstError as error:
            if not _CANNOT_SHOW.search(str(error)):
                raise
        return _compile(source, _shown(text))


def _shown(text: str) -> str:
    """Return the text with what no font can show replaced."""
    left, missing = set(text) - _ASCII, set[str]()
    while left:
        try:
            _compile(_PROBE, json.dumps({"text": "a" + "a".join(sorted(left))}))
            break
        except typst.TypstError as error:
            found = _CANNOT_SHOW.search(str(error))
            named = set() if found is None else left & set(found.group(1))
            if not named:
                raise
        left -= named
        missing |= named
    return text.translate({ord(one): UNKNOWN for one in missing})


def _compile(source: Path, text: str) -> bytes:
    made: bytes = _compiler(source).compile(
        sys_inputs={"content": text}, format="pdf", pdf_standards=["ua-1"]
    )
    return made


@cache
def _compiler(source: Path) -> Any:
    return typst.Compiler(str(source))
