"""The modules stand on floors, and imports point downwards only."""

from pathlib import Path
import ast
import collective.servicekonto
import pytest


PACKAGE = Path(collective.servicekonto.__path__[0])
NAME = "collective.servicekonto."

FLOORS = [
    {"clock", "interfaces", "keys", "network"},
    {"identity", "store", "mail"},
    {"portal"},
    {"cleanup", "offices"},
    {"accounts"},
    {"registration", "selfservice"},
    {"dataaccess"},
    {"postbox"},
    {"services", "eid"},
]
FLOOR = {module: number for number, floor in enumerate(FLOORS) for module in floor}

SOURCES = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.relative_to(PACKAGE).parts[0].removesuffix(".py") in FLOOR
]


def module_of(path):
    """Return the module of the domain that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_modules(path):
    """Return the modules of the domain that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(NAME):
            yield node.module.removeprefix(NAME).partition(".")[0]


def imported_packages(path):
    """Return the dotted names that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


def test_only_the_services_know_easyform():
    knowing = {
        module_of(path)
        for path in SOURCES
        if any(
            each.startswith("collective.easyform") for each in imported_packages(path)
        )
    }
    assert knowing == {"services"}


def test_only_the_reader_command_knows_the_library_for_card_readers():
    knowing = {
        path.relative_to(PACKAGE).parent.as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(each.startswith("smartcard") for each in imported_packages(path))
    }
    assert knowing == {"eid/reader"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_downwards(path):
    own = module_of(path)
    above = {
        module
        for module in imported_modules(path)
        if module != own and FLOOR.get(module, 99) >= FLOOR[own]
    }
    assert not above
