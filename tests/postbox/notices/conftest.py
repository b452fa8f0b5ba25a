"""A mail server that takes, refuses, and brings back; the cleanup as cron runs it."""

from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.postbox import messages
from tests.post_office import post_office as run_post_office
import pytest
import transaction


@pytest.fixture
def post_office(functional, site, mailbox):
    """The mail server, with ``collect`` that empties our queue as the thread does."""
    site.buergerportal.bounce_address = "rueck@musterstadt.example"
    with run_post_office(site) as office:
        yield office


@pytest.fixture
def clean_up(functional):
    """Runs the cleanup and returns what one provider did."""

    def clean_up(name="notices"):
        transaction.commit()
        return cleanup.run(batch=100, window=60)[name]

    return clean_up


@pytest.fixture
def deliver_mail(clean_up, clock, post_office):
    """Lets cron run, the mail server answer, and cron run again."""

    def deliver_mail():
        clock.forward(minutes=1)
        clean_up()
        post_office.collect()
        clock.forward(minutes=7)
        clean_up()

    return deliver_mail


@pytest.fixture
def box(account):
    """The box of the citizen."""
    return messages.query_box(account.id)
