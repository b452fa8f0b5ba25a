"""A disk that is full: who writes is told, nothing is half done, all goes on later."""

from benchmarks.browser import Browser
from benchmarks.browser import Refused
from benchmarks.journeys import Citizen
from benchmarks.journeys import Servicekonto
from pathlib import Path
from tests.e2e.town import Town
import os
import pytest
import subprocess


# The demo town needs some 60 MB.
SIZE = 150_000_000
BLOCK = 1_000_000

ERIKA = Citizen("Mustermann", "erika@example.org")


@pytest.fixture
def disk(tmp_path):
    """A small disk of its own (a tmpfs; mounting it needs root)."""
    if os.geteuid() != 0:
        pytest.skip("A small disk can be mounted by root only.")
    options = ["-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(tmp_path)]
    subprocess.run(["mount", *options], check=True)
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)


@pytest.fixture
def town(disk):
    """The demo town on the small disk."""
    demo = Town(disk)
    try:
        demo.open()
        yield demo
    finally:
        demo.close()


@pytest.fixture
def erika(town):
    """A citizen who is logged in, with the window of the profile open."""
    browser = Browser(lambda step, seconds, status: None)
    journey = Servicekonto(town.portal)
    journey.register(browser, ERIKA)
    journey.finish(browser, ERIKA, town.link_of_mail(ERIKA.email, 1))
    browser.open("profil", f"{town.portal}/profil")
    return browser


def fill(disk: Path) -> Path:
    """Take what is left of the disk."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (BLOCK, 1000, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue
    return ballast


def change_until_refused(erika) -> str:
    """Change the name until that is refused; return the last one that was taken.

    In the last block of each file there is some room left.
    """
    form, taken = erika.text, "Mustermann"
    for name in ("Gabler", "Heinze", "Kaiser", "Lehmann", "Müller", "Neumann"):
        erika.text = form
        try:
            erika.submit("profil", "family_name", family_name=name)
        except Refused:
            return taken
        taken, form = name, erika.text
    raise AssertionError("The disk was not full.")


def test_on_a_full_disk_nothing_is_half_done_and_who_writes_is_told(town, disk, erika):
    ballast = fill(disk)
    taken = change_until_refused(erika)
    assert "Es kann gerade nichts gespeichert werden" in erika.text
    assert "Traceback" not in erika.text
    erika.open("profil", f"{town.portal}/profil")
    erika.expect(taken)
    ballast.unlink()
    erika.submit("profil", "family_name", family_name="Zuletzt")
    erika.open("profil", f"{town.portal}/profil")
    erika.expect("Zuletzt")
