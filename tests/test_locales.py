"""German is complete; English is the language of the message ids."""

from pathlib import Path
from pythongettext.msgfmt import Msgfmt
import collective.servicekonto
import gettext
import io
import pytest
import re


LOCALES = Path(collective.servicekonto.__path__[0]) / "locales"
DOMAIN = "collective.servicekonto"


def catalogue(path: Path) -> dict[str, str]:
    """Return message id → translation of a .po or .pot file."""
    compiled = Msgfmt(path.open("rb"), name=DOMAIN).getAsFile()
    return gettext.GNUTranslations(io.BytesIO(compiled.read()))._catalog


def message_ids() -> list[str]:
    """Return every message id that the code uses."""
    entries = (LOCALES / f"{DOMAIN}.pot").read_text(encoding="utf-8").split("\n\n")
    found = [
        re.search(r'^msgid ((?:".*"\n?)+)', entry, re.MULTILINE) for entry in entries
    ]
    texts = ["".join(re.findall(r'"(.*)"', match.group(1))) for match in found if match]
    return [text.replace('\\"', '"').replace("\\n", "\n") for text in texts if text]


@pytest.mark.parametrize("message_id", message_ids())
def test_every_message_has_german_words_with_the_same_values(message_id):
    german = catalogue(LOCALES / "de" / "LC_MESSAGES" / f"{DOMAIN}.po")
    assert german.get(message_id)
    values = re.compile(r"\$\{\w+\}")
    assert sorted(values.findall(message_id)) == sorted(
        values.findall(german[message_id])
    )
