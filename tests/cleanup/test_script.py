"""The command servicekonto-cleanup, as cron calls it."""

from pathlib import Path
from tests.faults.processes import instance_in
from tests.faults.processes import run
import json
import pytest
import subprocess
import sys


def test_the_command_prints_what_it_did(tmp_path):
    instance = instance_in(tmp_path)
    run(instance, "registered(now(), email='erika@example.org')\ntransaction.commit()")
    command = Path(sys.executable).with_name("servicekonto-cleanup")
    zope_conf = instance.home / "etc" / "zope.conf"
    trial = subprocess.run(
        [command, zope_conf, "--dry-run"], capture_output=True, text=True
    )
    assert trial.returncode == 0, trial.stderr
    plan = {"delete": 0, "warn": 0, "left": 0}
    assert json.loads(trial.stdout)["inactivity"] == plan
    done = subprocess.run(
        [command, zope_conf, "--site", "Plone"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    outcomes = json.loads(done.stdout)
    assert outcomes["activation"]["failed"] == 0
    assert set(outcomes) >= {"activation", "drafts", "mails", "sessions", "tokens"}


@pytest.mark.parametrize("wrong", ["nowhere.conf", "broken.conf"])
def test_the_command_names_a_wrong_configuration(tmp_path, wrong):
    (tmp_path / "broken.conf").write_text("instancehome\n<zodb_db main>\n")
    command = Path(sys.executable).with_name("servicekonto-cleanup")
    done = subprocess.run([command, tmp_path / wrong], capture_output=True, text=True)
    assert done.returncode == 2
    assert wrong in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_command_names_a_missing_site(tmp_path):
    instance = instance_in(tmp_path)
    command = Path(sys.executable).with_name("servicekonto-cleanup")
    zope_conf = instance.home / "etc" / "zope.conf"
    done = subprocess.run(
        [command, zope_conf, "--site", "acl_users"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "There is no site acl_users." in done.stderr.splitlines()
    assert "Traceback" not in done.stderr
