"""Comparing what people type with what is written somewhere."""

import re


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def plain(text: str) -> str:
    """Return the letters and digits of a text, to be compared."""
    spelled_out = text.lower().translate(_UMLAUTS)
    return re.sub(r"[^a-z0-9]", "", spelled_out)


def has_all_words(text: str, wanted: str) -> bool:
    """Tell whether each word that is wanted is part of the text."""
    inside = plain(text)
    return all(plain(word) in inside for word in wanted.split())
