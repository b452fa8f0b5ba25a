"""What a mail to a citizen says, in both of its parts."""

from collective.servicekonto.mail.compose import compose
from collective.servicekonto.mail.compose import Letter
from collective.servicekonto.mail.compose import Sender
from datetime import datetime
from datetime import timedelta
from datetime import UTC


NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
LETTER = Letter(subject="Your Servicekonto", paragraphs=("it is ready.",))


def mail(contact=""):
    """Return a mail."""
    sender = Sender("Stadt Musterstadt", "konto@musterstadt.example", contact)
    later = NOW + timedelta(hours=1)
    return compose(LETTER, sender, "erika@example.org", "en", NOW, later)


def parts(contact):
    """Return the plain text and the HTML of a mail."""
    composed = mail(contact)
    return [composed.get_body((kind,)).get_content() for kind in ("plain", "html")]


def test_a_mail_ends_with_whom_to_ask():
    plain, html = parts("Telefon 00000 1234 <Bürgerbüro>")
    assert plain.rstrip().endswith("Questions? Telefon 00000 1234 <Bürgerbüro>")
    assert "<p>Questions? Telefon 00000 1234 &lt;Bürgerbüro&gt;</p>" in html


def test_without_a_contact_nothing_is_asked():
    assert not any("Questions?" in part for part in parts(""))


def test_a_mail_names_its_language():
    assert mail()["Content-Language"] == "en"
