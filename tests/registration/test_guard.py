"""The guard lets people pass and slows down programs."""

from altcha.v1 import Challenge as Puzzle
from altcha.v1 import solve_challenge
from base64 import b64decode
from base64 import b64encode
from collective.servicekonto.registration import guard
from collective.servicekonto.registration.guard import Outcome
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from pathlib import Path
import json
import pytest
import shutil
import subprocess


SECRET = b"s" * 32
NOW = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
SCRIPT = Path(guard.__file__).parents[1] / "static" / "guard.js"


@pytest.fixture
def challenge():
    return guard.issue(SECRET, NOW)


@pytest.fixture
def used():
    return guard.UsedNonces()


def answer_to(challenge):
    words = list(guard._NUMBERS.values())
    mapping = challenge.question.mapping
    return str(words.index(mapping["first"]) + words.index(mapping["second"]) + 2)


def solve(challenge):
    puzzle = json.loads(challenge.puzzle)
    number = solve_challenge(
        Puzzle(
            puzzle["algorithm"],
            puzzle["challenge"],
            puzzle["maxNumber"],
            puzzle["salt"],
            puzzle["signature"],
        )
    ).number
    return b64encode(json.dumps({**puzzle, "number": number}).encode()).decode()


def outcome(challenge, answer="", payload="", seconds=60, used=None, secret=SECRET):
    return guard.verify(
        secret,
        challenge.state,
        answer,
        payload,
        NOW + timedelta(seconds=seconds),
        guard.UsedNonces() if used is None else used,
    ).outcome


def test_a_solved_puzzle_passes_at_once(challenge):
    assert outcome(challenge, payload=solve(challenge), seconds=0) is Outcome.OK


def test_the_right_number_passes_after_20_seconds(challenge):
    assert outcome(challenge, answer_to(challenge), seconds=19) is Outcome.TOO_EARLY
    assert outcome(challenge, answer_to(challenge), seconds=20) is Outcome.OK


def test_blanks_around_the_number_do_not_matter(challenge):
    assert outcome(challenge, f" {answer_to(challenge)}\n") is Outcome.OK


def test_who_is_too_early_learns_for_how_long_and_may_send_again(challenge, used):
    early = guard.verify(
        SECRET,
        challenge.state,
        answer_to(challenge),
        "",
        NOW + timedelta(seconds=5),
        used,
    )
    assert early.outcome is Outcome.TOO_EARLY
    assert early.seconds == 15
    assert early.message.mapping == {"seconds": 15}
    assert outcome(challenge, answer_to(challenge), seconds=20, used=used) is Outcome.OK


def test_an_early_answer_does_not_tell_whether_it_was_right(challenge):
    assert outcome(challenge, "1", seconds=5) is Outcome.TOO_EARLY


@pytest.mark.parametrize(
    "answer", ["", "1", "19", "seven", "-7", "7.0", "٧٧٧", "9" * 5000]
)
def test_a_wrong_number_does_not_pass(challenge, answer):
    assert outcome(challenge, answer) is Outcome.WRONG


def test_a_wrong_number_uses_the_challenge_up(challenge, used):
    assert outcome(challenge, "1", used=used) is Outcome.WRONG
    assert outcome(challenge, answer_to(challenge), used=used) is Outcome.USED


def test_a_challenge_passes_only_once(challenge, used):
    payload = solve(challenge)
    assert outcome(challenge, payload=payload, used=used) is Outcome.OK
    assert outcome(challenge, payload=payload, used=used) is Outcome.USED
    assert outcome(challenge, answer_to(challenge), used=used) is Outcome.USED


def test_of_many_at_the_same_instant_one_passes(challenge, used):
    answer = answer_to(challenge)
    with ThreadPoolExecutor(8) as threads:
        outcomes = list(
            threads.map(lambda _: outcome(challenge, answer, used=used), range(50))
        )
    assert outcomes.count(Outcome.OK) == 1
    assert outcomes.count(Outcome.USED) == 49


def test_a_challenge_lives_for_an_hour(challenge):
    answer = answer_to(challenge)
    assert outcome(challenge, answer, seconds=3599) is Outcome.OK
    assert outcome(challenge, answer, seconds=3600) is Outcome.EXPIRED


def test_a_clock_set_back_costs_20_seconds_at_most(challenge, used):
    now = NOW - timedelta(minutes=4)
    verdict = guard.verify(SECRET, challenge.state, "1", "", now, used)
    assert verdict.seconds == 20
    assert outcome(challenge, answer_to(challenge), seconds=-301) is Outcome.EXPIRED


def test_the_solution_of_another_puzzle_does_not_pass(challenge):
    other = guard.issue(SECRET, NOW)
    assert outcome(challenge, payload=solve(other)) is Outcome.WRONG


def test_a_challenge_under_another_secret_does_not_pass(challenge):
    payload = solve(challenge)
    assert outcome(challenge, payload=payload, secret=b"t" * 32) is Outcome.WRONG


def test_nothing_sent_to_the_browser_gives_the_answer_away(challenge):
    body = challenge.state.partition(".")[0]
    claims = json.loads(b64decode(body, altchars=b"-_"))
    assert set(claims) == {"puzzle", "answer", "issued"}
    assert claims["answer"] != answer_to(challenge)
    assert "number" not in claims["puzzle"]


def test_equal_answers_look_different_in_each_challenge():
    macs = set()
    for _ in range(30):
        body = guard.issue(SECRET, NOW).state.partition(".")[0]
        macs.add(json.loads(b64decode(body, altchars=b"-_"))["answer"])
    assert len(macs) == 30


def test_the_question_uses_words_that_can_be_translated(challenge):
    mapping = challenge.question.mapping
    assert challenge.question.domain == "collective.servicekonto"
    assert {each.domain for each in mapping.values()} == {"collective.servicekonto"}


def test_every_refusal_is_explained():
    for each in Outcome:
        assert (guard.GuardVerdict(each).message is None) == (each is Outcome.OK)


def test_the_memory_for_used_challenges_is_bounded():
    used = guard.UsedNonces(capacity=10)
    assert all(used.use(f"{number}") for number in range(100))
    assert len(used) == 10
    assert not used.use("99")


CHALLENGE = guard.issue(SECRET, NOW)
SOLUTION = solve(CHALLENGE)
CHANGES = st.tuples(
    st.integers(0, len(CHALLENGE.state) - 1), st.characters(codec="utf-8")
)


@given(CHANGES)
def test_a_changed_state_never_passes(change):
    place, character = change
    state = CHALLENGE.state[:place] + character + CHALLENGE.state[place + 1 :]
    verdict = guard.verify(
        SECRET, state, answer_to(CHALLENGE), SOLUTION, NOW, guard.UsedNonces()
    )
    assert verdict.ok == (state == CHALLENGE.state)


@given(st.text(), st.text(), st.text())
def test_whatever_a_program_sends_gets_a_verdict(state, answer, payload):
    for each in (state, CHALLENGE.state):
        verdict = guard.verify(
            SECRET, each, f"x{answer}", payload, NOW, guard.UsedNonces()
        )
        assert not verdict.ok


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["number", "salt"]), inner, max_size=2)
    ),
    max_leaves=5,
)


@settings(max_examples=200)
@given(json_values)
def test_an_invented_solution_never_passes(invented):
    number = json.loads(b64decode(SOLUTION))["number"]
    if isinstance(invented, dict) and invented.get("number") == number:
        return
    payload = b64encode(json.dumps(invented).encode()).decode()
    assert outcome(CHALLENGE, payload=payload) is Outcome.WRONG


def test_a_deeply_nested_solution_does_no_harm():
    payload = b64encode(b"[" * 1400).decode()
    assert outcome(CHALLENGE, payload=payload) is Outcome.WRONG


PAGE = """
const part = () => ({ querySelectorAll: () => [], contains: () => false });
const parts = {
  "[data-guard-status]": part(),
  "[data-guard-payload]": part(),
  "[data-guard-question]": part(),
};
const form = {
  dataset: { guard: PUZZLE, guardDone: "Done." },
  querySelector: (selector) => parts[selector],
};
globalThis.document = { querySelectorAll: () => [form] };
process.on("exit", () => {
  const { value } = parts["[data-guard-payload]"];
  const { hidden } = parts["[data-guard-question]"];
  const { textContent } = parts["[data-guard-status]"];
  console.log(JSON.stringify({ value, hidden, textContent }));
});
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_browsers_script_solves_the_puzzle_instead_of_the_citizen(challenge):
    page = PAGE.replace("PUZZLE", json.dumps(challenge.puzzle))
    run = subprocess.run(
        ["node", "-e", page + SCRIPT.read_text()],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    form = json.loads(run.stdout)
    assert form["hidden"] is True
    assert form["textContent"] == "Done."
    assert outcome(challenge, payload=form["value"], seconds=0) is Outcome.OK
