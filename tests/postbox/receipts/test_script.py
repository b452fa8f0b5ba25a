"""A receipt is checked without the town's server."""

from collective.servicekonto.postbox.receipts import chain
from collective.servicekonto.postbox.receipts import document
from collective.servicekonto.postbox.receipts import script
from collective.servicekonto.postbox.receipts import signing
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.postbox.receipts.digest import digest_of
from collective.servicekonto.postbox.receipts.verify import Kind
from collective.servicekonto.postbox.receipts.words import LANGUAGES
from hashlib import sha256
from tests.postbox.receipts.strategies import built
from tests.postbox.receipts.strategies import KEYS
from tests.postbox.receipts.strategies import MESSAGE
from tests.postbox.receipts.strategies import OLD_SECRET
from tests.postbox.receipts.strategies import SIGN
import json
import pytest
import subprocess
import sys


AT = 1_795_000_000
PDF = b"%PDF-1.7"
SALT = bytes(range(16))
FILES = [("a.pdf", len(PDF), sha256(PDF).digest())]
DIGEST = digest_of(SALT, "Bescheid", "Text", FILES)
RECEIPT = built(MESSAGE, DIGEST, AT, [(Event.RETRIEVED, AT + 60, "", SIGN)])

GUARD = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {
            "AccessControl", "Acquisition", "App", "OFS", "plone", "Products",
            "persistent", "transaction", "ZODB", "Zope2", "ZPublisher",
        }:
            raise ImportError(name)

sys.meta_path.insert(0, Refuse())
from collective.servicekonto.postbox.receipts.script import main
code = main(sys.argv[1:])
zope = {name.split(".")[1] for name in sys.modules if name.startswith("zope.")}
assert zope <= {"i18nmessageid"}, zope
sys.exit(code)
"""


@pytest.fixture
def directory(tmp_path):
    """A directory with a receipt, the keys and the message."""
    (tmp_path / "beleg.json").write_bytes(document.written(RECEIPT))
    (tmp_path / "keys.pem").write_text("".join(map(signing.as_pem, KEYS)))
    message = {
        "salt": SALT.hex(),
        "subject": "Bescheid",
        "body": "Text",
        "attachments": [{"name": "a.pdf"}],
    }
    (tmp_path / "nachricht.json").write_text(json.dumps(message))
    (tmp_path / "a.pdf").write_bytes(PDF)
    return tmp_path


@pytest.fixture
def check(directory, monkeypatch, capsys):
    """A function that runs the command there and returns its code and what it says."""
    monkeypatch.chdir(directory)

    def run(*arguments):
        code = script.main(["beleg.json", "--schluessel", "keys.pem", *arguments])
        return code, capsys.readouterr().out

    return run


def spoil(directory, old, new):
    """Replace something in the receipt."""
    file = directory / "beleg.json"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_an_unaltered_receipt_is_told_in_german(check):
    code, said = check()
    assert code == script.UNCHANGED
    assert said.splitlines() == [
        f"Beleg der Nachricht {MESSAGE}",
        "  18.11.2026, 12:06:40 Uhr  im Postfach bereitgestellt",
        "  18.11.2026, 12:07:40 Uhr  von der Empfängerin oder dem Empfänger geöffnet",
        "",
        "Der Beleg ist unverändert.",
    ]


def test_it_speaks_english_as_well(check):
    assert check("--lang", "en")[1].endswith("The receipt is unaltered.\n")


def test_an_altered_receipt_is_told(check, directory):
    spoil(directory, "11:06:40", "10:06:40")
    code, said = check()
    assert code == script.CHANGED
    assert "Eintrag 1: Die Unterschrift der Stadt stimmt nicht." in said
    assert said.endswith("Der Beleg ist NICHT in Ordnung.\n")


def test_with_the_keys_of_another_town_nothing_is_checked(check, directory):
    other = signing.public_key(b"x" * 32)
    (directory / "keys.pem").write_text(signing.as_pem(other))
    code, said = check()
    assert code == script.UNCHECKED
    assert "nicht in Ihrer Schlüsseldatei" in said
    assert said.endswith("Der Beleg konnte nicht geprüft werden.\n")


def test_entries_cut_off_show_against_another_copy(check, directory):
    (directory / "später.json").write_bytes(document.written(RECEIPT))
    (directory / "beleg.json").write_bytes(document.written(RECEIPT[:-1]))
    assert check()[0] == script.UNCHANGED
    code, said = check("--anderer", "später.json")
    assert code == script.CHANGED
    assert "Eintrag 2: Er fehlt hier und steht im anderen Beleg." in said


def test_the_message_is_held_against_the_receipt(check, directory):
    assert check("--nachricht", "nachricht.json")[0] == script.UNCHANGED
    (directory / "a.pdf").write_bytes(b"%PDF-1.8")
    code, said = check("--nachricht", "nachricht.json")
    assert code == script.CHANGED
    assert "Die Nachricht ist nicht die, die bereitgestellt wurde." in said


def test_an_attachment_may_be_kept_under_another_name(check, directory):
    (directory / "a.pdf").rename(directory / "1-a.pdf")
    message = json.loads((directory / "nachricht.json").read_text())
    message["attachments"][0]["file"] = "1-a.pdf"
    (directory / "nachricht.json").write_text(json.dumps(message))
    assert check("--nachricht", "nachricht.json")[0] == script.UNCHANGED


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("beleg.json", b"{}", "kein Beleg"),
        ("beleg.json", b"\xff", "kein Beleg"),
        ("beleg.json", None, "kann nicht gelesen werden"),
        ("keys.pem", b"Schl\xc3\xbcssel", "kein passender"),
        ("nachricht.json", b"[]", "keine Nachricht"),
        (
            "nachricht.json",
            b'{"salt": "", "subject": "", "body": "", '
            b'"attachments": [{"name": "../keys.pem"}]}',
            "keine Nachricht",
        ),
        (
            "nachricht.json",
            b'{"salt": "", "subject": "", "body": "", "attachments": [{"file": "keys.pem"}]}',
            "keine Nachricht",
        ),
        (
            "nachricht.json",
            b'{"salt": "00", "subject": "", "body": "", "attachments": []}',
            "keine Nachricht",
        ),
        (
            "nachricht.json",
            b'{"subject": "Bescheid", "body": "Text", "attachments": []}',
            "keine Nachricht",
        ),
        ("a.pdf", None, "ein Anhang fehlt"),
    ],
)
def test_files_that_cannot_be_used_are_told(check, directory, file, content, said):
    if content is None:
        (directory / file).unlink()
    else:
        (directory / file).write_bytes(content)
    code, text = check("--nachricht", "nachricht.json")
    assert code == script.UNCHECKED
    assert said in text


def test_what_moves_the_cursor_is_not_printed(check, directory):
    receipt = chain.add(RECEIPT, Event.RECALLED, AT, SIGN, "\x1b[2A\u202e")
    (directory / "beleg.json").write_bytes(document.written(receipt))
    said = check()[1]
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_it_runs_where_there_is_no_plone(directory):
    command = [sys.executable, "-c", GUARD, "beleg.json", "--key", "keys.pem"]
    ran = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (script.UNCHANGED, "")


def test_it_can_be_run_as_a_module(directory):
    command = [sys.executable, "-m", script.__name__, "beleg.json", "--key", "keys.pem"]
    (directory / "keys.pem").write_text(signing.as_pem(signing.public_key(OLD_SECRET)))
    ran = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    assert ran.returncode == script.UNCHECKED


@pytest.mark.parametrize("words", LANGUAGES.values())
def test_every_event_and_every_problem_has_words(words):
    assert set(words.events) == set(Event)
    assert set(words.problems) == set(Kind)
