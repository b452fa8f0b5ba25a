"""Languages of pages, as they are written."""


def locale_of(language: str) -> str:
    """Return the locale in which numbers and days are written.

    English is that of Europe: 27 November 2026, 15:58.
    """
    return "en_GB" if language == "en" else language.replace("-", "_")
