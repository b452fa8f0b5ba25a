"""What leaves as a file is limited, and each application in it is in the audit log."""

from collective.servicekonto.services.applications.service import Answer
from collective.servicekonto.services.cases import inbox
from collective.servicekonto.services.cases.exports import service
from collective.servicekonto.services.cases.exports.service import Format
from collective.servicekonto.services.cases.rules import Filter
from zope.i18n import translate
import logging
import pytest


pytestmark = pytest.mark.usefixtures("integration")


@pytest.fixture
def export(office, at_work, clock):
    """Let a clerk export everything that is open."""

    def export(wanted=Format.CSV):
        chosen = Filter(states=tuple(inbox.open_states()))
        with at_work():
            return service.export(office, chosen, wanted, clock().date(), translate)

    return export


def test_the_audit_log_names_each_application(submit, export, office, caplog):
    caplog.set_level(logging.INFO, "collective.servicekonto.audit")
    ids = {submit().id for _number in range(3)}
    export()
    lines = [one for one in caplog.messages if "event=application-exported" in one]
    assert {one.partition(" application=")[2] for one in lines} == ids
    (summary,) = [one for one in caplog.messages if "applications-exported" in one]
    assert summary.endswith(" applications=3 format=csv")
    assert all(f"office={office.UID()}" in one for one in [*lines, summary])


def test_more_than_a_file_holds_is_refused(submit, export, monkeypatch):
    monkeypatch.setattr(service, "MOST", 2)
    for _number in range(2):
        submit()
    assert export().content
    submit()
    with pytest.raises(service.TooMany):
        export()


@pytest.mark.parametrize("wanted", Format)
def test_longer_texts_than_a_file_holds_are_refused(
    submit, export, monkeypatch, wanted, caplog
):
    caplog.set_level(logging.INFO, "collective.servicekonto.audit")
    monkeypatch.setattr(service, "LARGEST", 1_000)
    submit(answers=(Answer("a", "A", "", "x" * 600, "x"),))
    assert export(wanted).content
    submit(answers=(Answer("a", "A", "", "x" * 600, "x"),))
    caplog.clear()
    with pytest.raises(service.TooMany):
        export(wanted)
    assert "exported" not in caplog.text
