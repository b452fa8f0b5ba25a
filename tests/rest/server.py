"""A real server in the process of the tests."""

from collective.servicekonto.testing import SERVICEKONTO_FIXTURE
from plone.app.testing import FunctionalTesting
from plone.testing.zope import WSGIServer


class Server(WSGIServer):
    """Serves at ``origin``, and leaves the host name of all other tests alone.

    Plone's own layer would replace it for every layer that shares a base.
    """

    def setUp(self):
        """Start the server."""
        super().setUp()
        self.origin = f"http://{self['host']}:{self['port']}"
        del self["host"]
        del self["port"]

    def tearDown(self):
        """Stop the server."""
        self.tearDownServer()


SERVER = Server()
SERVER_TESTING = FunctionalTesting(
    bases=(SERVICEKONTO_FIXTURE, SERVER), name="Servicekonto:Server"
)
