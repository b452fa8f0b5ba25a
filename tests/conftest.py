"""Fixtures that all tests share."""

from collective.servicekonto.clock import IClock
from collective.servicekonto.mail.outbox import queue_directory
from collective.servicekonto.store.root import Store
from collective.servicekonto.testing import ADDON_INTEGRATION_TESTING
from collective.servicekonto.testing import FUNCTIONAL_TESTING
from collective.servicekonto.testing import INTEGRATION_TESTING
from email import message_from_bytes
from email.policy import default
from hypothesis import HealthCheck
from hypothesis import settings
from pytest_plone import fixtures_factory
from tests.clocks import MovableClock
from tests.throttles import forget_everybody
from ZODB import DB
from ZODB.FileStorage import FileStorage
from zope.component import getGlobalSiteManager
from ZPublisher.interfaces import IPubFailure
import pytest
import re
import traceback


pytest_plugins = ["pytest_plone"]

# How quick the machine is says nothing about the rules.
settings.register_profile(
    "rules", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("rules")

globals().update(
    fixtures_factory(
        (
            (ADDON_INTEGRATION_TESTING, "addon_integration"),
            (INTEGRATION_TESTING, "integration"),
            (FUNCTIONAL_TESTING, "functional"),
        )
    )
)


def _print_failure(event) -> None:
    traceback.print_exception(*event.exc_info)


@pytest.fixture(autouse=True)
def _nobody_has_come_yet():
    """Many tests come from one network at the same time, each for itself."""
    forget_everybody()


@pytest.fixture(autouse=True)
def _failures_in_sight():
    """Print the traceback behind every error page."""
    manager = getGlobalSiteManager()
    manager.registerHandler(_print_failure, [IPubFailure])
    yield
    manager.unregisterHandler(_print_failure, [IPubFailure])


@pytest.fixture
def clock():
    """A clock that stands still until the test moves it."""
    utility = MovableClock()
    manager = getGlobalSiteManager()
    manager.registerUtility(utility, IClock)
    yield utility
    manager.unregisterUtility(utility, IClock)


class Mailbox:
    """The mails in the queue, oldest first."""

    def __init__(self, site) -> None:
        self.directory = queue_directory(site)

    def mails(self) -> list:
        """Return the parsed mails."""
        contents = [path.read_bytes() for path in self._files()]
        # The two first lines are the queue's own envelope.
        bodies = [content.split(b"\n", 2)[2] for content in contents]
        return [message_from_bytes(body, policy=default) for body in bodies]

    def last_link(self) -> str:
        """Return the link in the text part of the newest mail."""
        text = self.mails()[-1].get_body(("plain",)).get_content()
        return re.search(r"https?://\S+", text).group()

    def clear(self) -> None:
        """Forget all mails that were committed."""
        for path in self._files():
            path.unlink()

    def _files(self) -> list:
        """Return the files of committed mails, oldest first."""
        files = [*self.directory.glob("new/*"), *self.directory.glob("cur/*")]
        return sorted(files, key=lambda path: path.stat().st_mtime_ns)


def _site_of(request):
    for name in ("functional", "integration"):
        if name in request.fixturenames:
            return request.getfixturevalue(name)["portal"]
    raise LookupError("The test needs one of the layers.")


@pytest.fixture
def site(request, clock):
    """The Plone site of the layer."""
    return _site_of(request)


@pytest.fixture
def mailbox(site):
    """The mails that the test caused."""
    box = Mailbox(site)
    box.clear()
    yield box
    box.clear()


@pytest.fixture
def database(tmp_path):
    """A database with an empty store."""
    database = DB(FileStorage(str(tmp_path / "Data.fs")), pool_size=20)
    with database.transaction() as connection:
        connection.root()["store"] = Store()
    yield database
    database.close()
