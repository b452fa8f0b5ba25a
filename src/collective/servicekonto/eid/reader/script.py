"""The command ``servicekonto-kartenleser``: are card reader and card ready?"""

from argparse import ArgumentParser
from collections.abc import Callable
from collections.abc import Sequence
from collective.servicekonto.eid.reader.probe import probe
from collective.servicekonto.eid.reader.states import Finding
from collective.servicekonto.eid.reader.states import State
from collective.servicekonto.eid.reader.words import language_of_the_machine
from collective.servicekonto.eid.reader.words import LANGUAGES
from collective.servicekonto.eid.reader.words import Words
import json
import sys
import time


USABLE = 0
NOT_USABLE = 1

# Without a card there is something to wait for; everything else needs somebody.
_WORTH_WAITING = {State.NO_READER, State.NO_CARD, State.UNREADABLE}
_PAUSE = 1.0


def main(
    arguments: Sequence[str] | None = None, look: Callable[[], Finding] = probe
) -> int:
    """Say how things are; return 0 if an authentication can begin, otherwise 1."""
    options = _parser().parse_args(arguments)
    words = LANGUAGES[options.language]
    found = look()
    if options.wait and found.state in _WORTH_WAITING:
        sys.stderr.write(f"{words.waiting}\n")
        found = _wait(look, options.wait)
    sys.stdout.write(_as_json(found, words) if options.json else _as_text(found, words))
    return USABLE if found.state.usable else NOT_USABLE


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="servicekonto-kartenleser",
        description="Sagt, ob Kartenlesegerät und Karte für den Online-Ausweis bereit "
        "sind. Fragt nie nach PIN oder CAN. Nicht benutzen, während die AusweisApp "
        "liest. Tells whether card reader and card are ready (--sprache en).",
        epilog="0: bereit / ready. 1: nicht bereit / not ready.",
    )
    parser.add_argument(
        "--json", action="store_true", help="Ausgabe für Programme (JSON)"
    )
    parser.add_argument(
        "--warten",
        dest="wait",
        type=_seconds,
        nargs="?",
        const=60.0,
        default=0.0,
        metavar="SEKUNDEN",
        help="warten, bis eine Karte aufliegt, höchstens so lange (60)",
    )
    parser.add_argument(
        "--sprache",
        dest="language",
        choices=sorted(LANGUAGES),
        default=language_of_the_machine(),
        help="Deutsch oder Englisch",
    )
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= 86400:
        raise ValueError(text)
    return seconds


def _wait(look: Callable[[], Finding], seconds: float) -> Finding:
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found.state not in _WORTH_WAITING or time.monotonic() >= end:
            return found
        time.sleep(_PAUSE)


def _as_text(found: Finding, words: Words) -> str:
    said = words.states[found.state]
    lines = [said.title]
    if found.tries is not None:
        lines.append(words.tries[found.tries])
    lines.append(said.advice)
    if found.reader:
        lines.append(words.reader.format(name=found.reader))
    return "\n".join(lines) + "\n"


def _as_json(found: Finding, words: Words) -> str:
    said = words.states[found.state]
    data = {
        "state": found.state.value,
        "usable": found.state.usable,
        "tries": found.tries,
        "reader": found.reader,
        "title": said.title,
        "advice": said.advice,
    }
    return json.dumps(data, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
