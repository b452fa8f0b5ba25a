"""Passwords have 8 to 128 characters of any kind and are hard to guess."""

from collective.servicekonto.accounts import strength
from collective.servicekonto.accounts.strength import check_password
from collective.servicekonto.accounts.strength import PasswordVerdict
from concurrent.futures import ThreadPoolExecutor
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from time import thread_time
from zxcvbn import feedback
from zxcvbn import matching
import ast
import inspect
import pytest


ERIKA = ("Erika", "Müller-Mustermann", "erika.m64@example.org")
GOOD = "korrekt pferd batterie heftklammer"


def problem_of(password, personal=ERIKA):
    verdict = check_password(password, personal)
    assert not verdict.acceptable
    return verdict.problem


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "9kxQv2mZ",
        "Пароль-для-всех-сразу",
        "🐴🔋🧷✅🌍🚲🎺🧦🍰",
        "blaue Kuchenbank, 3 Beine",
        "  zwei Blanks vorn  ",
        "x7#" * 2 + "kP" + "q!9Lz" * 24,
    ],
)
def test_passwords_that_are_hard_to_guess_are_accepted(password):
    verdict = check_password(password, ERIKA)
    assert verdict.acceptable
    assert verdict.problem is None
    assert verdict.score >= 3


def test_eight_characters_without_a_pattern_are_enough_and_seven_are_not():
    assert check_password("9kxQv2mZ").acceptable
    assert problem_of("9kxQv2m").mapping == {"minimum": 8}


def test_128_characters_are_possible_and_129_are_not():
    password = (GOOD * 4)[:128]
    assert check_password(password).acceptable
    assert problem_of(password + "x").mapping == {"maximum": 128}
    assert problem_of("x" * 10_000_000).mapping == {"maximum": 128}


def test_characters_are_counted_after_they_were_composed():
    assert problem_of("e\u0301" * 7).mapping == {"minimum": 8}
    assert problem_of("e\u0301" * 8) == "This password is too easy to guess."
    assert check_password("q\u0302w\u0323" * 32).problem.mapping is None


@pytest.mark.parametrize("character", ["\n", "\t", "\x00", "\x7f", "\x85", "\ud800"])
def test_control_characters_are_refused(character):
    assert "control characters" in problem_of(GOOD + character)


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "PassWord",
        "12345678",
        "passwort",
        "Passwort1!",
        "passwort123",
        "hallo123",
        "Schatzi2019",
        "Sommer2024!",
        "qwertzuiop",
        "Schalke04!",
        "iloveyou",
    ],
)
def test_common_passwords_are_refused_even_with_a_year_behind(password):
    assert "very many people" in problem_of(password)


@pytest.mark.parametrize(
    "password",
    [
        "Erika1964!",
        "erikaerika",
        "Mustermann#7",
        "Mueller-2024",
        "mÜller_mustermann",
        "erika.m64@example.org",
        "Erika Mustermann 64",
    ],
)
def test_ones_own_name_or_address_is_no_password(password):
    assert "name and e-mail address" in problem_of(password)


def test_ones_name_in_a_long_password_does_no_harm():
    assert check_password(f"{GOOD} für Erika", ERIKA).acceptable


def test_short_names_do_not_spoil_the_words_that_contain_them():
    assert check_password("kleine Libelle 9", ("Li", "Kle")).acceptable


def test_the_names_of_others_do_not_matter():
    assert check_password("Vrzkasmer-Hüllhorst", ERIKA).acceptable


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaa", "abcdefgh1", "P@ssw0rtP@ssw0rt", "19640812", "😀" * 9, "a1" * 64],
)
def test_patterns_are_too_easy_to_guess_and_get_advice(password):
    verdict = check_password(password)
    assert verdict.problem == "This password is too easy to guess."
    assert verdict.score < 3
    assert verdict.advice


def test_a_strong_end_counts_behind_a_weak_beginning():
    assert check_password("a" * 100 + "k9#xQv!2mZp").acceptable


def texts_of(module):
    """The texts that a module marks for translation."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "_"
    }


def test_every_piece_of_advice_can_be_translated():
    assert texts_of(feedback) == set(strength._ADVICE)


def test_a_score_has_words():
    assert PasswordVerdict(0).label == "very easy to guess"
    assert PasswordVerdict(4).label == "very hard to guess"


LOOK_ALIKES = "4@8({[<369!1|70$5+7%2"


@pytest.mark.parametrize(
    "password",
    [
        (LOOK_ALIKES * 7)[:128],
        ("4@8({[<369!1" * 11)[:128],
        "1(" * 64,
        "a" * 128,
        "password" * 16,
        "19121998" * 16,
        ("".join(map(chr, range(33, 127))) * 2)[:128],
    ],
)
def test_no_password_costs_more_than_a_second(password):
    check_password("die Listen sind geladen")
    start = thread_time()
    check_password(password, ERIKA)
    assert thread_time() - start < 1


def test_the_words_of_a_person_are_not_kept_in_the_library():
    check_password("Sonderbarername-9", ["Sonderbarername"])
    kept = {word for words in matching.RANKED_DICTIONARIES.values() for word in words}
    assert "sonderbarername" not in kept


def test_threads_do_not_see_each_others_names():
    def verdict(number):
        return check_password(f"Xaverl{number % 2}ine Bq", [f"Xaverl{number % 2}ine"])

    with ThreadPoolExecutor(4) as threads:
        verdicts = list(threads.map(verdict, range(40)))
    assert not any(each.acceptable for each in verdicts)


@settings(deadline=None)
@given(st.text(max_size=140), st.lists(st.text(max_size=20), max_size=3))
def test_every_text_gets_a_verdict(password, personal):
    verdict = check_password(password, personal)
    assert 0 <= verdict.score <= 4
    assert verdict.acceptable == (verdict.score >= 3)


def test_at_most_two_kinds_of_look_alike_signs_are_read_as_letters():
    # The time grows with every kind: ten of them would take half a second.
    assert strength._without_many_look_alikes("p@$$w0rd4@0") == "p@$$w-rd-@-"
    assert strength._without_many_look_alikes("p@$$word") == "p@$$word"
