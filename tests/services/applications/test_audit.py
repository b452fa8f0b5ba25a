"""What citizens do with an application is in the audit log, by ids alone."""

from collective.servicekonto.services.applications import service
import logging
import pytest


pytestmark = pytest.mark.usefixtures("integration")


@pytest.fixture
def events(caplog):
    """Return the events of the audit log with what they name, the first one first."""
    caplog.set_level(logging.INFO, "collective.servicekonto.audit")

    def events():
        lines = [one for one in caplog.messages if "event=application" in one]
        return [dict(part.split("=") for part in line.split()) for line in lines]

    return events


def test_sending_adding_and_withdrawing(submit, account, file, clock, events):
    application = submit()
    service.add_documents(application, [file()], clock())
    service.withdraw(application, clock())
    assert [one["event"] for one in events()] == [
        "application-sent",
        "application-documents-added",
        "application-withdrawn",
    ]
    for one in events():
        assert one["account"] == account.id
        assert one["application"] == application.id


def test_without_account_there_is_none_to_name(submit, events, caplog):
    application = submit(account=None, session=None, email="max@example.org")
    (sent,) = events()
    assert (sent["account"], sent["application"]) == ("-", application.id)
    assert "max" not in caplog.text


def test_what_was_refused_is_not_in_it(submit, clock, events):
    application = submit()
    service.withdraw(application, clock())
    with pytest.raises(service.ChangeRefused):
        service.withdraw(application, clock())
    assert [one["event"] for one in events()].count("application-withdrawn") == 1
