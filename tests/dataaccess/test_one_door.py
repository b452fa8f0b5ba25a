"""No module hands out attributes but the one that writes the log."""

from pathlib import Path
import ast
import collective.servicekonto
import pytest


PACKAGE = Path(collective.servicekonto.__path__[0])

# Who stores attributes, or shows them to the citizen; and the door itself.
KEEPERS = {"accounts", "registration", "selfservice", "dataaccess", "demo", "eid"}

DOORS = {
    "collective.servicekonto.accounts.attributes",
    "collective.servicekonto.identity.release",
}
# What says which attributes there are, and knows nobody's.
DESCRIPTIONS = {"schema"}
PERSONAL = {
    "given_names",
    "family_name",
    "birth_name",
    "date_of_birth",
    "place_of_birth",
    "street",
    "telephone",
    "evidence",
    "rows",
}


def module_of(path):
    """Return the module of the domain that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


STRANGERS = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if module_of(path) not in KEEPERS | {"identity"}
]


def forbidden(tree):
    """Yield what reads the attributes of an account."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in DOORS:
            names = {one.name for one in node.names}
            yield from sorted(names - DESCRIPTIONS)
        if isinstance(node, ast.Attribute) and node.attr in PERSONAL:
            yield node.attr


@pytest.mark.parametrize("path", STRANGERS, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_the_keepers_read_attributes(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not list(forbidden(tree))


def test_only_the_door_releases():
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "identity.release import" in path.read_text(encoding="utf-8")
    }
    assert users == {"dataaccess/service.py"}


def test_what_is_forbidden_would_be_found():
    tree = ast.parse("def leak(account): return account.birth_name")
    assert list(forbidden(tree)) == ["birth_name"]
