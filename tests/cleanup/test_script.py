"""The command servicekonto-cleanup, as cron calls it."""

from pathlib import Path
from tests.faults.processes import instance_in
from tests.faults.processes import run
import json
import subprocess
import sys


def test_the_command_prints_what_it_did(tmp_path):
    instance = instance_in(tmp_path)
    run(instance, "registered(now(), email='erika@example.org')\ntransaction.commit()")
    command = Path(sys.executable).with_name("servicekonto-cleanup")
    zope_conf = instance.home / "etc" / "zope.conf"
    done = subprocess.run(
        [command, zope_conf, "--site", "Plone"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    outcomes = json.loads(done.stdout)
    assert outcomes["activation"]["failed"] == 0
    assert set(outcomes) >= {"activation", "drafts", "mails", "sessions", "tokens"}


def test_the_command_names_a_missing_site(tmp_path):
    instance = instance_in(tmp_path)
    command = Path(sys.executable).with_name("servicekonto-cleanup")
    zope_conf = instance.home / "etc" / "zope.conf"
    done = subprocess.run(
        [command, zope_conf, "--site", "Nirgends"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "Nirgends" in done.stderr
    assert "Traceback" not in done.stderr
