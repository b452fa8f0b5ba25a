"""What was deleted is gone: from database, blobs, mail queue and logs."""

from tests.faults.processes import instance_in
from tests.faults.processes import run
import pytest


TRACES = [b"verschwunden", b"spurlos.example", b"Unauffindbar", b"Niemalsgewesen"]

REGISTER = """
registered(
    now(),
    email="Verschwunden@spurlos.example",
    given_names="Unauffindbar",
    family_name="Niemalsgewesen",
)
transaction.commit()
"""

CLEAN_UP_AND_PACK = """
clock.forward(hours=25)
print(cleanup.run(batch=100, window=60), flush=True)
transaction.commit()
root._p_jar.db().pack(time.time() + 1)
"""


def found_in(directory) -> set[tuple[str, bytes]]:
    """Return which traces are in which file below the directory."""
    files = [path for path in directory.rglob("*") if path.is_file()]
    return {
        (path.name, trace)
        for path in files
        for trace in TRACES
        if trace.lower() in path.read_bytes().lower()
    }


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    """An instance of its own."""
    return instance_in(tmp_path_factory.mktemp("var"))


def test_no_byte_is_left_after_cleanup_and_pack(instance):
    run(instance, REGISTER)
    assert {trace for _, trace in found_in(instance.var)} == set(TRACES)
    assert "'activation': {'due': 1, 'done': 1" in run(instance, CLEAN_UP_AND_PACK)
    run(instance, "pass")  # a start of Zope empties Data.fs.tmp
    assert found_in(instance.var) == set()
