"""Names of files are kept as they are, and cannot hide anything."""

from collective.servicekonto.postbox.attachments.names import clean_file_name
from collective.servicekonto.postbox.attachments.refusals import AttachmentRefused
from hypothesis import given
from hypothesis import strategies as st
import pytest
import unicodedata


# The letters, sequences and signs of DIN 91379 that names of people may have.
LETTERS = (
    "ẞßÄÖÜäöüÀÅÇÐÑØÞĆČĎĐĒĖĘĚĞĢİĪĮıĶĹĻĽŁŃŅŇŌŐŒŔŖŘŚŞŠŢŤŪŮŰŲŴŶŹŻŽƏƗƠƯǕǙǞǨǬǴẂẄẎỲ"
    "A̋C̀C̄C̆C̈C̕C̣C̦C̨̆D̂F̀F̄G̀H̄H̦H̱J́J̌K̀K̂K̄K̇K̕K̛K̦K͟HK͟hL̂L̥L̥̄M̀M̂M̆M̐N̂N̄N̆N̦"
    "P̀P̄P̕P̣R̆R̥R̥̄S̀S̄S̛̄S̱T̀T̄T̈T̕T̛U̇Z̀Z̄Z̆Z̈Z̧"
)


@pytest.mark.parametrize(
    "name",
    [
        "Bescheid vom 1.2.2026 (Kopie) – Müller & Söhne.pdf",
        "Rechnung_#12 + 50 % [neu] {alt}; a=b, c@d!.pdf",
        "Ελληνικά.pdf",
        "Български.pdf",
        'a:b?c*d"e<f>g|h.pdf',
        *(f"{LETTERS[at : at + 20]}.txt" for at in range(0, len(LETTERS), 20)),
    ],
)
def test_visible_characters_survive(name):
    assert clean_file_name(name) == unicodedata.normalize("NFC", name)


def test_names_from_a_mac_are_composed():
    assert clean_file_name("Gru\u0308ße.pdf") == "Grüße.pdf"


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".pdf",
        " a.pdf",
        "a.pdf ",
        "a.pdf.",
        "a.pdf\xa0",
        "a\0.pdf",
        "a\n.pdf",
        "a\x7f.pdf",
        "a\u2028.pdf",
        "a\u200b.pdf",
        "rechnung\u202efdp.exe",
        "\u2066a\u2069.pdf",
        "\ufeffa.pdf",
        "a\ud800.pdf",
        "a\ue000.pdf",
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\Daten\\a.pdf",
        "a/b.pdf",
        f"{'a' * 200}.pdf",
        f"{'ẞ' * 100}.pdf",
        "\u0308" * 1000,
    ],
)
def test_what_hides_or_leads_away_is_refused(name):
    with pytest.raises(AttachmentRefused):
        clean_file_name(name)


@given(st.text(max_size=300))
def test_a_clean_name_is_clean(name):
    try:
        clean = clean_file_name(name)
    except AttachmentRefused:
        return
    assert clean_file_name(clean) == clean
    assert clean == unicodedata.normalize("NFC", name)
    assert len(clean.encode()) <= 255
