"""Files of a form: those in order are taken, the others are named."""

from collective.servicekonto.postbox import uploads
from collective.servicekonto.postbox.attachments.limits import for_citizens
from io import BytesIO
from tests.factories import active_account
from types import SimpleNamespace
from ZPublisher.HTTPRequest import FileUpload
import pytest


pytestmark = pytest.mark.usefixtures("integration")


@pytest.fixture(autouse=True)
def _store(site, clock):
    active_account(clock())


def upload(name, content=b"Text"):
    """Return a file as the publisher hands it over."""
    sent = SimpleNamespace(
        file=BytesIO(content), headers={}, filename=name, name=uploads.FILES
    )
    return FileUpload(sent)


def take(*files, kept=(), **form):
    """Take the files of a form."""
    return uploads.take({uploads.FILES: list(files), **form}, kept, for_citizens())


def names(uploaded):
    """Return the names of the files that were taken."""
    return [one.name for one in uploaded.attachments]


def test_those_in_order_are_taken_and_the_others_named():
    uploaded = take(upload("a.txt"), upload("b.exe"), upload("c.txt", b""))
    assert names(uploaded) == ["a.txt"]
    assert [one.name for one in uploaded.refused] == ["b.exe", "c.txt"]


def test_further_files_come_behind_those_that_are_kept():
    first = take(upload("a.txt"))
    assert names(take(upload("b.txt"), kept=first.attachments)) == ["a.txt", "b.txt"]


def test_a_kept_file_is_removed_by_its_id():
    kept = take(upload("a.txt"), upload("b.txt")).attachments
    form = {uploads.REMOVED: kept[0].id}
    assert names(take(kept=kept, **form)) == ["b.txt"]


def test_too_many_together_are_refused_one_by_one():
    uploaded = take(*(upload(f"{number}.txt") for number in range(12)))
    assert len(uploaded.attachments) == 10
    assert [one.name for one in uploaded.refused] == ["10.txt", "11.txt"]


@pytest.mark.parametrize("sent", [None, "text", ["text", None], upload("")])
def test_what_is_no_file_is_none(sent):
    uploaded = uploads.take({uploads.FILES: sent}, (), for_citizens())
    assert uploaded == uploads.Uploaded(())


def test_two_forms_with_the_same_files_have_the_same_mark():
    first = uploads.mark({uploads.FILES: [upload("a.txt")]})
    assert first == uploads.mark({uploads.FILES: upload("a.txt")})
    assert first != uploads.mark({uploads.FILES: upload("b.txt")})
    assert first != uploads.mark({uploads.FILES: upload("a.txt", b"anderes")})
