"""The table of TR-03160-1 has every requirement, and names tests that exist."""

from collections import Counter
from pathlib import Path
import ast
import pytest
import re


ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "docs" / "tr-03160-1.md").read_text(encoding="utf-8")

# How many requirements each chapter of the guideline has.
REQUIREMENTS = {
    "2.1": 2,
    "2.2": 4,
    "2.3": 10,
    "2.4": 3,
    "2.5": 5,
    "2.6": 1,
    "2.7": 4,
    "3": 3,
    "4": 5,
    "4.1": 1,
    "4.2": 7,
    "4.3": 9,
    "4.4": 8,
    "4.5": 9,
    "5": 4,
    "5.1": 8,
    "6": 4,
    "7": 7,
}
IDS = [
    f"{chapter}-{number}"
    for chapter, count in REQUIREMENTS.items()
    for number in range(1, count + 1)
]

ROWS = re.findall(r"^\| ([0-9.]+-[0-9]+) \| (.+?) \| (.+?) \|$", TABLE, re.MULTILINE)
PROOFS = {identifier: proof for identifier, _words, proof in ROWS}
NAMED = sorted(set(re.findall(r"`(tests/[^`]+::[^`]+)`", TABLE)))
WITHOUT_TEST = ("not met: ", "met by later work: ")


def functions_in(path):
    """Return the names of the test functions in the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_requirement_has_one_row_in_the_guidelines_order():
    assert [identifier for identifier, _words, _proof in ROWS] == IDS


def test_no_row_escapes_the_comparison():
    rows = [line for line in TABLE.splitlines() if line.startswith("|")]
    headings = [line for line in rows if line.startswith(("| id ", "|---"))]
    assert len(rows) - len(headings) == len(ROWS)
    assert len(headings) == 2 * len(REQUIREMENTS)


def test_no_requirement_is_told_twice():
    words = Counter(words for _identifier, words, _proof in ROWS)
    assert [text for text, count in words.items() if count > 1] == []


@pytest.mark.parametrize("identifier", IDS)
def test_a_requirement_has_a_test_or_says_why_not(identifier):
    proof = PROOFS[identifier]
    assert proof.startswith(("`tests/", *WITHOUT_TEST))
    assert len(proof) > len("met by later work: ")


@pytest.mark.parametrize("name", NAMED)
def test_a_test_that_is_named_exists(name):
    path, _colons, function = name.partition("::")
    assert function.startswith("test_")
    assert function in functions_in(ROOT / path)
