"""What came back arrives in a Maildir or over HTTP."""

from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.postbox.notices import intake
from collective.servicekonto.postbox.notices import service as notices
from collective.servicekonto.postbox.notices import views
from collective.servicekonto.postbox.receipts.chain import Event
from collective.servicekonto.store.service import get_store
from plone.testing.zope import Browser
from tests.postbox.notices.reports import report
from tests.postbox.notices.reports import vacation
from tests.postbox.seen import happened
from tests.selfservice.browsers import Citizen
import pickle
import pytest
import transaction


pytestmark = pytest.mark.usefixtures("functional")

SECRET = "a-secret-of-enough-characters"


@pytest.fixture
def maildir(tmp_path, monkeypatch):
    """The Maildir into which the mail server delivers."""
    for name in ("tmp", "new", "cur"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv(intake.ENVIRONMENT, str(tmp_path))
    return tmp_path


@pytest.fixture
def told(account, send, deliver_mail):
    """A message of which the citizen was told."""
    message = send()
    deliver_mail()
    return message


def test_the_cleanup_reads_the_maildir_and_empties_it(
    maildir, told, post_office, clean_up
):
    taken = post_office.taken[0]
    (maildir / "new" / "1.a").write_bytes(report(taken))
    (maildir / "cur" / "2.b:2,S").write_bytes(vacation(taken))
    (maildir / "tmp" / "3.c").write_bytes(report(taken))
    assert clean_up("bounces")["done"] == 2
    assert happened(told)[-1] is Event.BOUNCED
    assert [path.name for path in maildir.rglob("*.*")] == ["3.c"]


def test_a_file_goes_only_once_all_is_committed(
    maildir, told, post_office, clean_up, monkeypatch
):
    file = maildir / "new" / "1.a"
    file.write_bytes(report(post_office.taken[0]))

    def fail(lease):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(cleanup, "_renew_lease", fail)
        with pytest.raises(RuntimeError):
            clean_up("bounces")
    transaction.abort()
    assert file.exists()
    assert happened(told)[-1] is Event.NOTIFIED
    clean_up("bounces")
    assert not file.exists()
    assert happened(told)[-1] is Event.BOUNCED


def test_what_lies_elsewhere_is_not_read(maildir, tmp_path_factory, clean_up):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "passwd"
    elsewhere.write_text("root")
    (maildir / "new" / "1.a").symlink_to(elsewhere)
    (maildir / "new" / "folder").mkdir()
    assert clean_up("bounces")["due"] == 0
    assert elsewhere.exists()


def test_a_maildir_that_is_not_there_is_named(maildir, monkeypatch, site):
    assert not any("Mails that come back" in str(note) for note in cleanup.notes())
    monkeypatch.setenv(intake.ENVIRONMENT, str(maildir / "missing"))
    assert any("Mails that come back" in str(note) for note in cleanup.notes())


def test_nothing_of_the_mail_is_kept_or_logged(told, box, post_office, clock, caplog):
    caplog.set_level("DEBUG")
    raw = report(post_office.taken[0], **{"X-Trace": "Verraeterisch"})
    assert intake.take_in(raw + b"Verraeterisch", clock())
    transaction.commit()
    assert "Verraeterisch" not in caplog.text
    assert "erika@example.org" not in caplog.text
    stored = pickle.dumps((box.notices, told.receipt, dict(get_store().tokens.items())))
    for trace in (b"Verraeterisch", b"erika", b"example.org"):
        assert trace not in stored


@pytest.fixture
def pipe(functional, site, tmp_path, monkeypatch):
    """The mail server's call: what it sends, and which status it gets."""
    file = tmp_path / "bounce-secret"
    file.write_text(f"{SECRET}\n")
    monkeypatch.setenv(views.ENVIRONMENT, str(file))

    def pipe(content, secret=SECRET, media_type=views.MEDIA_TYPE):
        transaction.commit()
        browser = Browser(functional["app"])
        browser.raiseHttpErrors = False
        browser.addHeader(views.HEADER, secret)
        url = f"{site.buergerportal.absolute_url()}/@@servicekonto-bounce"
        browser.post(url, content, media_type)
        transaction.begin()
        return int(browser.headers["status"].split()[0])

    return pipe


def test_a_mail_server_hands_it_over(pipe, told, post_office):
    assert pipe(report(post_office.taken[0])) == 204
    assert happened(told)[-1] is Event.BOUNCED


def test_it_gets_the_same_answer_for_whatever_else_arrives(pipe, told, post_office):
    assert pipe(vacation(post_office.taken[0])) == 204
    assert pipe(b"") == 204
    assert pipe(b"\xff\x00") == 204
    assert happened(told)[-1] is Event.NOTIFIED


@pytest.mark.parametrize("secret", ["", SECRET[:-1], "ä"])
def test_without_the_secret_nothing_is_taken_in(pipe, told, post_office, secret):
    assert pipe(report(post_office.taken[0]), secret=secret) == 403
    assert happened(told)[-1] is Event.NOTIFIED


def test_a_form_is_no_mail(pipe, told, post_office):
    form = "application/x-www-form-urlencoded"
    assert pipe(report(post_office.taken[0]), media_type=form) == 415


def test_more_than_any_report_is_refused(pipe):
    assert pipe(b"x" * (views.LONGEST + 1)) == 413


def test_looking_at_the_address_shows_nothing(functional, site):
    transaction.commit()
    browser = Browser(functional["app"])
    browser.raiseHttpErrors = False
    browser.open(f"{site.buergerportal.absolute_url()}/@@servicekonto-bounce")
    assert browser.headers["status"].startswith("405")


@pytest.fixture
def citizen(functional, site):
    """The citizen's browser, logged in."""
    transaction.commit()
    browser = Citizen(functional["app"], site.buergerportal.absolute_url())
    browser.logs_in()
    return browser


def test_the_citizen_reads_it_in_mein_bereich(
    account, told, citizen, post_office, clock, deliver_mail
):
    citizen.opens("mein-bereich")
    assert "do not reach you" not in citizen.contents
    intake.take_in(report(post_office.taken[0]), clock())
    clock.forward(days=1)
    deliver_mail()
    intake.take_in(report(post_office.taken[1]), clock())
    assert notices.is_undeliverable(account)
    transaction.commit()
    citizen.logs_in()
    citizen.opens("mein-bereich")
    assert "do not reach you" in citizen.contents
    citizen.getLink("Change the e-mail address").click()
    assert citizen.page == "e-mail"
