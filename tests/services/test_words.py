"""Comparing what people type with what is written somewhere."""

from collective.servicekonto.services.words import has_all_words
from collective.servicekonto.services.words import plain
from hypothesis import given
from hypothesis import strategies as st


TEXT = "Führerschein umtauschen: was Sie brauchen"


def test_case_umlauts_and_blanks_do_not_count():
    assert plain("Kfz-Kennzeichen ÄÖÜß") == "kfzkennzeichenaeoeuess"
    assert has_all_words(TEXT, "fuehrerschein UMTAUSCHEN")
    assert has_all_words(TEXT, "führer")


def test_every_word_must_be_there():
    assert not has_all_words(TEXT, "führerschein verloren")


def test_nothing_wanted_is_everywhere():
    assert has_all_words(TEXT, "  ")


@given(st.text())
def test_plain_is_plain(text):
    assert plain(plain(text)) == plain(text)


@given(st.text(), st.text())
def test_a_word_of_the_text_is_found(text, more):
    assert all(has_all_words(f"{more} {text}", word) for word in text.split())
