"""What the command says and returns."""

from collective.servicekonto.eid.reader import script
from collective.servicekonto.eid.reader.states import Finding
from collective.servicekonto.eid.reader.states import State
from collective.servicekonto.eid.reader.words import ENGLISH
from collective.servicekonto.eid.reader.words import GERMAN
from collective.servicekonto.eid.reader.words import language_of_the_machine
from collective.servicekonto.eid.reader.words import LANGUAGES
import json
import pytest
import subprocess
import sys


READY = Finding(State.READY, "Reader 1", 3)
EMPTY = Finding(State.NO_CARD, "Reader 1")


@pytest.fixture(autouse=True)
def _german(monkeypatch):
    for variable in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "de_DE.UTF-8")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(script, "_PAUSE", 0)


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_every_state_has_a_word_and_an_advice(words):
    assert set(words.states) == set(State)
    assert all(said.title and said.advice for said in words.states.values())


def test_a_ready_card_is_told_in_german(capsys):
    assert script.main([], look=lambda: READY) == script.USABLE
    said = capsys.readouterr().out
    assert GERMAN.states[State.READY].title in said
    assert GERMAN.tries[3] in said
    assert "Reader 1" in said


def test_english_on_request(capsys):
    script.main(["--sprache", "en"], look=lambda: EMPTY)
    assert ENGLISH.states[State.NO_CARD].advice in capsys.readouterr().out


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "de_DE.UTF-8"}, "de"),
        ({"LANG": "C.UTF-8"}, "de"),
    ],
)
def test_the_machine_chooses_the_language(monkeypatch, variables, language):
    monkeypatch.delenv("LANG")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language_of_the_machine() == language


@pytest.mark.parametrize("state", State)
def test_programs_read_state_tries_and_advice(capsys, state):
    found = Finding(state, "Reader 1", 1)
    code = script.main(["--json"], look=lambda: found)
    told = json.loads(capsys.readouterr().out)
    assert told["state"] == state.value
    assert told["tries"] == 1
    assert told["advice"] == GERMAN.states[state].advice
    assert told["usable"] is (code == script.USABLE)


def test_waiting_ends_when_a_card_is_there(capsys):
    looks = iter([EMPTY, EMPTY, READY])
    assert script.main(["--warten"], look=lambda: next(looks)) == script.USABLE
    captured = capsys.readouterr()
    assert GERMAN.waiting in captured.err
    assert GERMAN.states[State.READY].title in captured.out


def test_waiting_ends_when_the_time_is_over():
    assert script.main(["--warten", "0.05"], look=lambda: EMPTY) == script.NOT_USABLE


def test_nobody_waits_for_what_does_not_come_by_itself():
    looks = iter([Finding(State.NO_SERVICE)])
    assert script.main(["--warten"], look=lambda: next(looks)) == script.NOT_USABLE


@pytest.mark.parametrize("seconds", ["-1", "nan", "soon", "1e9"])
def test_a_time_that_is_none_is_refused(seconds):
    with pytest.raises(SystemExit):
        script.main(["--warten", seconds], look=lambda: READY)


def test_the_command_runs_where_there_is_no_plone():
    listing = "import sys, {module}; print(*sys.modules)"
    module = "collective.servicekonto.eid.reader.script"
    said = subprocess.run(
        [sys.executable, "-c", listing.format(module=module)],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(said.stdout.split())
    assert module in loaded
    assert not {"plone", "Products", "ZODB", "zope.component", "smartcard"} & loaded
