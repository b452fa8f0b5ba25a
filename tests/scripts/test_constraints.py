"""One set of versions serves pip and buildout."""

from constraints import as_constraints
from constraints import as_versions
from constraints import CONSTRAINTS
from constraints import read_pins
from constraints import read_versions
from constraints import VERSIONS
from hypothesis import given
from hypothesis import strategies as st
from importlib.metadata import requires
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
import pytest
import re


NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9._-]{0,20}[A-Za-z0-9]", fullmatch=True)
NUMBERS = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}(rc[0-9])?", fullmatch=True)


@pytest.fixture(scope="module")
def pins():
    return read_pins(CONSTRAINTS.read_text(encoding="utf-8"))


def test_pip_and_buildout_use_the_same_versions(pins):
    assert read_versions(VERSIONS.read_text(encoding="utf-8")) == pins


def test_every_line_is_a_name_and_one_version(pins):
    assert pins
    for name, version in pins:
        assert re.fullmatch(r"[A-Za-z0-9._-]+", name)
        assert re.fullmatch(r"[0-9][A-Za-z0-9.+]*", version)


def test_a_package_is_named_once(pins):
    names = [canonicalize_name(name) for name, _ in pins]
    assert len(names) == len(set(names))


def test_everything_the_package_needs_has_a_version(pins):
    pinned = {canonicalize_name(name) for name, _ in pins}
    needed = {
        canonicalize_name(Requirement(line).name)
        for line in requires("collective.servicekonto")
    }
    assert needed <= pinned


@given(st.lists(st.tuples(NAMES, NUMBERS), unique_by=lambda pin: pin[0]))
def test_both_files_can_be_read_again(some):
    assert read_pins(as_constraints(some)) == some
    assert read_versions(as_versions(some)) == some
