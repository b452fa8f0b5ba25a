"""What the cleanup does with applications: ends, PDFs that are late, scanned files."""

from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.attachments import scanner
from collective.servicekonto.postbox.attachments.content import read
from collective.servicekonto.services.applications import paper
from collective.servicekonto.services.applications import scans
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import Brochure
from collective.servicekonto.services.applications.service import State
from collective.servicekonto.store.service import get_store
from tests.postbox.attachments.clamd import MARKER
from tests.postbox.attachments.clamd import running
from tests.services.applications.test_service import inbox
from tests.services.applications.test_service import listed
import pytest
import transaction


pytestmark = pytest.mark.usefixtures("functional")


@pytest.fixture(scope="session")
def daemon(tmp_path_factory):
    """A clamd of our own."""
    with running(tmp_path_factory.mktemp("clamd")) as daemon:
        yield daemon


@pytest.fixture
def named(monkeypatch):
    """Names the scanner in the environment."""
    return lambda address: monkeypatch.setenv(scanner.ENVIRONMENT, address)


@pytest.fixture
def broken(monkeypatch):
    """A typesetter that fails, with what was typed in its message."""

    def fail(*_args):
        raise RuntimeError("Bello")

    def broken():
        monkeypatch.setattr(paper, "pdf", fail)

    return broken


def run(name):
    """Let cron come once."""
    transaction.commit()
    return cleanup.run(batch=10, window=60)[name]


class TestRetention:
    def test_what_is_decided_goes_when_the_service_says(
        self, submit, account, office, file, clock
    ):
        application = submit(files=(("proof", file()),))
        service.change(application, State.SETTLED, Actor.OFFICE, "", clock())
        application_id = application.id
        clock.forward(days=99)
        assert run("applications")["done"] == 0
        clock.forward(days=1, hours=1)
        assert run("applications")["done"] == 1
        assert service.query(application_id) is None
        assert service.of_account(account) == []
        assert listed(office, *State) == []
        assert not len(get_store().queue("applications"))

    def test_what_was_changed_since_stays(self, submit, clock):
        application = submit()
        clock.forward(days=3000)
        service.move(application, State.IN_PROGRESS, Actor.OFFICE, "", clock())
        clock.forward(days=3000)
        assert run("applications")["done"] == 0
        assert service.query(application.id) is not None

    def test_links_of_mails_end_with_it(self, submit, clock):
        application = submit(account=None, session=None, email="max@example.org")
        service.discard(application, clock())
        assert len(get_store().tokens) == 0


class TestBrochures:
    def test_they_are_let_go_and_stay_in_the_messages(self, submit, account, clock):
        brochure = Brochure("Merkblatt.pdf", "application/pdf", b"%PDF-1.4")
        submit(brochures=(brochure,))
        clock.forward(days=29)
        assert run("brochures")["done"] == 0
        clock.forward(days=1, hours=1)
        assert run("brochures")["done"] == 1
        assert not len(get_store().brochures)
        [copy] = inbox(account)
        assert b"".join(read(copy.attachments[1])) == b"%PDF-1.4"
        submit(brochures=(brochure,))
        assert len(get_store().brochures) == 1


class TestPaper:
    @pytest.mark.parametrize(
        "text", ["x" + "\n" * 90_000, "Zeile\n" * 600, "Wort " * 10_000]
    )
    def test_nobody_waits_for_a_long_one(self, submit, account, text, monkeypatch):
        made = []
        monkeypatch.setattr(paper, "make", made.append)
        application = submit(answers=(service.Answer("a", "A", "", text, text),))
        assert made == []
        assert application.paper is None
        assert "als PDF bekommen Sie in Kürze" in inbox(account)[0].body

    def test_the_cleanup_makes_a_long_one(self, submit, account):
        text = "Eine Zeile\n" * 600
        application = submit(answers=(service.Answer("a", "A", "", text, text),))
        assert run("application-papers")["done"] == 1
        assert application.paper.media_type == "application/pdf"
        assert len(inbox(account)) == 2

    def test_an_application_stands_without_it(self, submit, account, broken, caplog):
        broken()
        application = submit()
        assert application.paper is None
        [copy] = inbox(account)
        assert copy.attachments == ()
        assert "als PDF bekommen Sie in Kürze" in copy.body
        assert "RuntimeError" in caplog.text
        assert "Bello" not in caplog.text

    def test_it_follows_once_the_typesetter_works(
        self, submit, account, broken, clock, monkeypatch
    ):
        broken()
        application = submit()
        clock.forward(minutes=6)
        run("application-papers")
        assert application.paper is None
        monkeypatch.undo()
        clock.forward(hours=2)
        assert run("application-papers")["done"] == 1
        assert application.paper.name.endswith(".pdf")
        late, copy = inbox(account)
        assert late.attachments == (application.paper,)
        assert late.thread == copy.thread
        assert not len(get_store().queue(paper.PAPERS))

    def test_nothing_is_made_of_what_is_gone(self, submit, broken, clock):
        broken()
        service.discard(submit(), clock())
        assert not len(get_store().queue(paper.PAPERS))


class TestFiles:
    def test_the_application_has_arrived_before_they_are_scanned(
        self, submit, account, file, daemon, named, clock
    ):
        named(daemon.unix)
        application = submit(files=(("proof", file()),))
        [copy] = inbox(account)
        assert [one.name for one in copy.attachments] == [application.paper.name]
        assert "Nachweis.txt" in copy.body
        assert not scans.is_clear(application.files[0])
        clock.forward(minutes=6)
        assert run("application-files")["done"] == 1
        assert scans.is_clear(application.files[0])

    def test_malicious_ones_are_removed_and_the_citizen_is_told(
        self, submit, account, file, daemon, named, clock
    ):
        named(daemon.unix)
        bad = file("boese.txt", MARKER)
        application = submit(files=(("a", bad), ("b", file("gut.txt"))))
        clock.forward(minutes=6)
        run("application-files")
        assert [one.attachment.name for one in application.files] == ["gut.txt"]
        told = inbox(account)[0]
        assert "boese.txt" in told.body
        assert "gut.txt" not in told.body

    def test_they_wait_while_no_scanner_answers(
        self, submit, file, named, clock, account
    ):
        named(f"127.0.0.1:{free_port()}")
        application = submit(files=(("a", file()),))
        clock.forward(minutes=6)
        assert run("application-files")["failed"] == 1
        assert not scans.is_clear(application.files[0])
        assert messages.query_box(account.id) is not None
