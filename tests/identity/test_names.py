"""Names keep every character of DIN 91379."""

from collective.servicekonto.identity.names import clean_name
from collective.servicekonto.identity.names import MAXIMUM_LENGTH
from collective.servicekonto.identity.names import NameProblem
from hypothesis import given
from hypothesis import strategies as st
import pytest
import unicodedata


# The letters of DIN 91379:2022-08, table "bll", as inclusive ranges of code points.
LETTER_RANGES = """
0041-005A 0061-007A 00C0-00D6 00D8-00F6 00F8-017E 0187-0188 018F-018F 0197-0197
01A0-01A1 01AF-01B0 01B7-01B7 01CD-01DC 01DE-01DF 01E2-01F0 01F4-01F5 01F8-01FF
0212-0213 0218-021B 021E-021F 0227-0233 0259-0259 0268-0268 0292-0292 1E02-1E03
1E06-1E07 1E0A-1E11 1E17-1E17 1E1C-1E29 1E2A-1E2B 1E2F-1E37 1E3A-1E3B 1E40-1E49
1E52-1E5B 1E5E-1E63 1E6A-1E6F 1E80-1E87 1E8C-1E97 1E9E-1E9E 1EA0-1EF9
"""

# Its sequences: the base letters in front of each mark or pair of marks.
SEQUENCES = {
    "0300": "CFGKMPSTZcfgkmpstz",
    "0301": "JjÿĪī",
    "0302": "DKLMNdklmn",
    "0304": "CFHKNPSTZcfhknpstzÛûḲḳṢṣṬṭỤụ",
    "0306": "CMNRZcmnrzÇç",
    "0307": "KUku",
    "0308": "CTZczẠạỌọỤụ",
    "030B": "Aa",
    "030C": "J",
    "030D": "ēō",
    "0310": "Mm",
    "0315": "CKPTckptČč",
    "031B": "KTkt",
    "0323": "CPcpČč",
    "0325": "LRlr",
    "0326": "CHKLNchklnŽž",
    "0327": "ZzŽž",
    "0331": "HSs",
    "0328 0306": "Cc",
    "0325 0304": "LRlr",
    "031B 0304": "Ss",
}
JOINED = ["K\u035fH", "K\u035fh", "k\u035fh"]

# Its signs for the names of natural persons, table "bnlreq".
SIGNS = " ',-.`~¨´·ʹʺʾʿˈˌ’‡"


def letters_of_the_standard():
    for span in LETTER_RANGES.split():
        first, last = (int(code, 16) for code in span.split("-"))
        yield from map(chr, range(first, last + 1))


def sequences_of_the_standard():
    for marks, bases in SEQUENCES.items():
        tail = "".join(chr(int(mark, 16)) for mark in marks.split())
        yield from (base + tail for base in bases)
    yield from JOINED


STANDARD = [*letters_of_the_standard(), *sequences_of_the_standard()]


def letters(minimum=1, maximum=20):
    return st.lists(st.sampled_from(STANDARD), min_size=minimum, max_size=maximum).map(
        "".join
    )


def problem_of(text):
    with pytest.raises(NameProblem) as caught:
        clean_name(text)
    return caught.value.message


def test_the_table_has_the_500_letters_and_149_sequences_of_the_standard():
    assert len(list(letters_of_the_standard())) == 500
    assert len(list(sequences_of_the_standard())) == 149
    assert len(set(STANDARD)) == 649


@pytest.mark.parametrize("letter", STANDARD)
def test_every_letter_of_the_standard_survives_unchanged(letter):
    assert clean_name(letter) == letter


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_of_the_standard_survives_between_letters(sign):
    assert clean_name(f"A{sign}b") == f"A{sign}b"


@given(letters())
def test_any_word_of_these_letters_survives_unchanged(name):
    assert clean_name(name) == name


@given(letters(maximum=10))
def test_decomposed_letters_are_composed(name):
    assert clean_name(unicodedata.normalize("NFD", name)) == name


@pytest.mark.parametrize(
    "name",
    [
        "Erika Mustermann",
        "Anna-Lena",
        "O’Neill",
        "D'Angelo",
        "von der Tann, Dr.",
        "Žďárská-Đorđević",
        "Nguyễn Thị",
        "Ḥalīl ʿAbd ar-Raḥmān",
        "Øyvind Åsæther",
        "-",
    ],
)
def test_names_of_real_people_survive(name):
    assert clean_name(name) == name


@pytest.mark.parametrize(
    "text", ["  Anna   Lena ", "Anna\u00a0Lena", "Anna\u2003 Lena"]
)
def test_white_space_becomes_single_blanks(text):
    assert clean_name(text) == "Anna Lena"


@pytest.mark.parametrize("text", ["", " ", "\u00a0"])
def test_a_name_is_needed(text):
    assert problem_of(text) == "Please enter a name."


def test_a_name_has_at_most_120_characters():
    assert clean_name("x" * MAXIMUM_LENGTH)
    assert problem_of("x" * (MAXIMUM_LENGTH + 1)).mapping == {"maximum": 120}
    assert problem_of("x" * 10_000_000).mapping == {"maximum": 120}


def test_letters_are_counted_after_they_were_composed():
    assert clean_name("e\u0301" * MAXIMUM_LENGTH) == "é" * MAXIMUM_LENGTH


@pytest.mark.parametrize(
    "character",
    [
        *'0123456789<>{}[]()@&;:!?/\\"=+*#%$€|_',
        "😀",
        "д",
        "λ",
        "名",
        "ש",
        "ª",
        "Ａ",
        "𝐀",
    ],
)
def test_digits_signs_emoji_and_other_scripts_are_named_and_refused(character):
    assert problem_of(f"An{character}na").mapping == {"character": character}


@pytest.mark.parametrize(
    "character",
    ["\x00", "\t", "\n", "\r", "\x1b", "\x85", "\u200b", "\u202e", "\ufeff", "\ud800"],
)
def test_invisible_characters_are_refused(character):
    assert "invisible" in problem_of(f"An{character}na")


@pytest.mark.parametrize(
    "text", ["\u0301a", "a \u0301b", "x\u0323\u0331\u030c", "-\u0301"]
)
def test_an_accent_needs_its_letter(text):
    assert "accent" in problem_of(text)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_cleaned_once_for_all_or_refused_politely(text):
    try:
        name = clean_name(text)
    except NameProblem:
        return
    assert clean_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert 1 <= len(name) <= MAXIMUM_LENGTH
    assert not set(name) & set('<>&"\n\r\0')
