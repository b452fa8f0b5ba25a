"""The command ``python -m benchmarks``: measure, print a table, write var/bench.json."""

from argparse import ArgumentParser
from benchmarks import attachments
from benchmarks import crowded
from benchmarks import deletion
from benchmarks import eac
from benchmarks import flows
from benchmarks import inbox
from benchmarks import scale
from benchmarks import upgrades
from benchmarks.measures import Measure
from benchmarks.measures import table
from benchmarks.zope import build_town
from benchmarks.zope import copy_town
from benchmarks.zope import in_own_process
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
import json
import sys
import time


VAR = Path("var")

# A measure gets the directory of the town and one to work in.
Subject = Callable[[Path, Path], list[Measure]]


def _in_zope(module: str, town: Path, directory: Path) -> list[Measure]:
    copy_town(town, directory)
    result: list[Measure] = in_own_process(directory, f"benchmarks.{module}", "measure")
    return result


def _over_http(module: ModuleType, town: Path, directory: Path) -> list[Measure]:
    result: list[Measure] = module.measure(copy_town(town, directory))
    return result


SUBJECTS: dict[str, Subject] = {
    "written": partial(_in_zope, "written"),
    "speed": partial(_in_zope, "speed"),
    "threads": partial(_in_zope, "threads"),
    "page": partial(_in_zope, "page"),
    "postbox": partial(_in_zope, "postbox"),
    "my_area": partial(_in_zope, "my_area"),
    "forms": partial(_in_zope, "forms"),
    "scale": scale.measure,
    "crowded": crowded.measure,
    "deletion": deletion.measure,
    "attachments": partial(_over_http, attachments),
    "flows": partial(_over_http, flows),
    "inbox": inbox.measure,
    "eac": eac.measure,
    "upgrade": partial(_in_zope, "upgrade"),
    "upgrades": partial(_over_http, upgrades),
}


def main() -> int:
    """Measure what is named, or everything; return 1 where a bound is not kept."""
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="|".join(SUBJECTS))
    subjects = parser.parse_args().subjects or list(SUBJECTS)
    VAR.mkdir(exist_ok=True)
    measures: list[Measure] = []
    with TemporaryDirectory(prefix="bench-", dir=VAR) as directory:
        for some in _measure(Path(directory).resolve(), subjects):
            measures += some
            # What was measured is not lost when the rest is stopped.
            _write(measures)
    print(f"\n{table(measures)}")
    return 0 if all(one.holds for one in measures) else 1


def _write(measures: list[Measure]) -> None:
    rows = [asdict(one) for one in measures]
    (VAR / "bench.json").write_text(json.dumps(rows, indent=2, ensure_ascii=False))


def _measure(directory: Path, names: list[str]) -> Iterator[list[Measure]]:
    print("Building the town …", flush=True)
    town = directory / "town"
    build_town(town)
    for name in names:
        started = time.monotonic()
        print(f"Measuring {name} … ", end="", flush=True)
        yield SUBJECTS[name](town, directory / name)
        print(f"{time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
