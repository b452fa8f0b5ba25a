"""Passwords are kept as Argon2id hashes."""

from argon2 import extract_parameters
from argon2 import PasswordHasher
from argon2 import Type
from collective.servicekonto.accounts.passwords import hash_password
from collective.servicekonto.accounts.passwords import needs_rehash
from collective.servicekonto.accounts.passwords import verify_password
from statistics import median
from time import perf_counter
import pytest


@pytest.fixture(scope="module")
def password_hash():
    return hash_password("korrekt pferd batterie heftklammer")


def seconds(call):
    def once():
        start = perf_counter()
        call()
        return perf_counter() - start

    return median(once() for _ in range(5))


def test_only_the_password_fits_its_hash(password_hash):
    assert verify_password(password_hash, "korrekt pferd batterie heftklammer")
    assert not verify_password(password_hash, "Korrekt pferd batterie heftklammer")
    assert not verify_password(password_hash, "")


def test_the_hash_is_argon2id_with_the_parameters_that_owasp_recommends(password_hash):
    parameters = extract_parameters(password_hash)
    assert parameters.type is Type.ID
    assert parameters.memory_cost == 19 * 1024
    assert parameters.time_cost == 2
    assert parameters.parallelism == 1


def test_equal_passwords_have_different_hashes(password_hash):
    assert hash_password("korrekt pferd batterie heftklammer") != password_hash


def test_the_full_length_counts():
    password_hash = hash_password("x" * 127 + "y")
    assert verify_password(password_hash, "x" * 127 + "y")
    assert not verify_password(password_hash, "x" * 127 + "z")
    assert not verify_password(password_hash, "x" * 127)


def test_it_does_not_matter_how_a_keyboard_composes_a_letter():
    assert verify_password(
        hash_password("Pässe für Émile"), "Pa\u0308sse fu\u0308r E\u0301mile"
    )


def test_signs_that_only_look_alike_stay_different():
    assert not verify_password(hash_password("ﬁnder²"), "finder2")


@pytest.mark.parametrize(
    "password", ["パスワード", "🐴🔋🧷✅", "a\x00b", "lone \ud800 surrogate"]
)
def test_every_text_can_be_a_password(password):
    assert verify_password(hash_password(password), password)


def test_a_null_character_does_not_end_the_password():
    assert not verify_password(hash_password("abc\x00def"), "abc\x00xyz")


def test_no_password_fits_an_unknown_log_in():
    assert not verify_password(None, "korrekt pferd batterie heftklammer")


def test_an_unknown_log_in_costs_as_much_as_a_known_one(password_hash):
    known = seconds(lambda: verify_password(password_hash, "falsch"))
    unknown = seconds(lambda: verify_password(None, "falsch"))
    assert 0.4 < unknown / known < 2.5


@pytest.mark.parametrize("text", ["", "x", "{SSHA}abc"])
def test_no_password_fits_what_is_no_argon2_hash(text):
    assert not verify_password(text, "x")


def test_a_hash_with_other_parameters_still_fits_and_is_due_for_renewal(password_hash):
    weaker = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("geheim")
    assert verify_password(weaker, "geheim")
    assert needs_rehash(weaker)
    assert not needs_rehash(password_hash)
