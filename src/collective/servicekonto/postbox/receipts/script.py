"""The command ``servicekonto-beleg``: checks a receipt without the town's server.

It imports nothing of Plone and asks nobody. The public key comes from a page of the
town or from a copy that was kept.

A message is described by a JSON file with the members ``salt`` in hexadecimal digits,
``subject``, ``body`` and ``attachments``, a list of objects: ``name`` is the name under
which it was provided, ``file`` that of the file beside the description, where it is
another.
"""

from argparse import ArgumentParser
from argparse import Namespace
from collections.abc import Iterator
from collections.abc import Sequence
from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts import document
from collective.servicekonto.postbox.receipts import signing
from collective.servicekonto.postbox.receipts.digest import digest_of
from collective.servicekonto.postbox.receipts.verify import check_content
from collective.servicekonto.postbox.receipts.verify import compare
from collective.servicekonto.postbox.receipts.verify import Kind
from collective.servicekonto.postbox.receipts.verify import Problem
from collective.servicekonto.postbox.receipts.verify import verify
from collective.servicekonto.postbox.receipts.words import LANGUAGES
from collective.servicekonto.postbox.receipts.words import Words
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo
import sys


UNCHANGED = 0
CHANGED = 1
UNCHECKED = 2

_ZONE = ZoneInfo("Europe/Berlin")


class NotReadable(Exception):
    """A file that was named cannot be used; ``said`` is why."""

    def __init__(self, said: str, path: Path) -> None:
        super().__init__(said)
        self.said = said
        self.path = path


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a receipt, say the result, and return 0, 1 or 2.

    0 is unaltered, 1 not in order, 2 could not be checked.
    """
    options = _parser().parse_args(arguments)
    words = LANGUAGES[options.lang]
    try:
        data = _read(options.receipt, words)
        found = list(_problems(data, options, words))
    except NotReadable as error:
        _say(error.said.format(path=error.path), words.unchecked)
        return UNCHECKED
    _say(*_history(data, words), "")
    _say(*(_described(one, words) for one in found))
    result = _result(found)
    _say((words.unchanged, words.changed, words.unchecked)[result])
    return result


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="servicekonto-beleg",
        description="Prüft den Beleg einer Nachricht aus dem Postfach. "
        "Checks the receipt of a message (--lang en).",
        epilog="0: unverändert / unaltered. 1: nicht in Ordnung / not in order. "
        "2: nicht geprüft / not checked.",
    )
    parser.add_argument(
        "receipt", type=Path, metavar="BELEG", help="Datei mit dem Beleg (JSON)"
    )
    parser.add_argument(
        "--schluessel",
        "--key",
        dest="key",
        type=Path,
        required=True,
        help="Datei mit den öffentlichen Schlüsseln der Stadt (PEM oder Base64)",
    )
    parser.add_argument(
        "--anderer",
        "--other",
        dest="other",
        type=Path,
        help="ein anderer Beleg derselben Nachricht, zum Beispiel ein früherer",
    )
    parser.add_argument(
        "--nachricht",
        "--message",
        dest="message",
        type=Path,
        help="die Nachricht (JSON mit salt, subject, body, attachments); "
        "die Anhänge liegen daneben",
    )
    parser.add_argument("--lang", choices=sorted(LANGUAGES), default="de")
    return parser


def _problems(data: Any, options: Namespace, words: Words) -> Iterator[Problem]:
    keys = _keys(options.key, words)
    yield from verify(data, keys)
    if options.other is not None:
        yield from compare(data, _read(options.other, words), keys)
    if options.message is not None:
        yield from check_content(data, _digest(options.message, words))


def _result(found: list[Problem]) -> int:
    if not found:
        return UNCHANGED
    unknown = all(problem.kind is Kind.UNKNOWN_KEY for problem in found)
    return UNCHECKED if unknown else CHANGED


def _history(data: Any, words: Words) -> Iterator[str]:
    receipt = document.receipt_of(data)
    yield words.message.format(message=_plain(chain.message_id(receipt)))
    for entry in chain.events(receipt):
        time = datetime.fromtimestamp(entry.at, _ZONE).strftime(words.time)
        note = f" ({_plain(entry.note)})" if entry.note else ""
        yield f"  {time}  {words.events[entry.event]}{note}"


def _described(problem: Problem, words: Words) -> str:
    text = words.problems[problem.kind]
    return words.entry.format(place=problem.entry, text=text) if problem.entry else text


def _plain(text: str) -> str:
    """Return the text without what could move the cursor of a terminal."""
    return "".join(
        one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text
    )


def _read(path: Path, words: Words) -> Any:
    try:
        data = document.read(_bytes(path, words))
        document.receipt_of(data)
    except document.NoReceipt:
        raise NotReadable(words.no_receipt, path) from None
    return data


def _keys(path: Path, words: Words) -> list[bytes]:
    try:
        return signing.read_public_keys(_bytes(path, words).decode("ascii"))
    except ValueError:
        raise NotReadable(words.no_key, path) from None


def _digest(path: Path, words: Words) -> bytes:
    try:
        message = document.read(_bytes(path, words))
        files = [_file(path.parent, one) for one in message["attachments"]]
        salt = bytes.fromhex(message["salt"])
        return digest_of(salt, message["subject"], message["body"], files)
    except (AttributeError, KeyError, OSError, TypeError, ValueError):
        raise NotReadable(words.no_message, path) from None


def _file(directory: Path, described: dict[str, str]) -> tuple[str, int, bytes]:
    name = described.get("file", described["name"])
    if Path(name).name != name:
        raise ValueError(name)
    with (directory / name).open("rb") as file:
        content = file_digest(file, "sha256").digest()
        return described["name"], file.tell(), content


def _bytes(path: Path, words: Words) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise NotReadable(words.unreadable, path) from None


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main())
