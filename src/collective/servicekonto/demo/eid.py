"""The demo's eID-Server: it reads test cards alone, and forgets everything at the end.

The AusweisApp accepts https only: so a small server stands before the site, for the
pages to which the app leads. Its certificate is its own, and browsers warn of it.

Only for a process that has read Zope's configuration, and with the extras “eid” and
“eid-test”.
"""

from collections.abc import Iterator
from collective.servicekonto.accounts.invented import ENVIRONMENT as TEST_IDENTITIES
from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.eid.addresses import FRONT
from collective.servicekonto.eid.settings import ENVIRONMENT
from collective.servicekonto.eid.testserver import web
from collective.servicekonto.eid.testserver.run import running
from contextlib import contextmanager
import os


@contextmanager
def eid_server(instance: Instance) -> Iterator[None]:
    """Run the eID-Server; the site finds it as it would find a certified one."""
    port = free_port()
    site = web.site_at(
        instance.port, f"/VirtualHostBase/https/localhost:{port}/VirtualHostRoot"
    )
    with running(instance.eid, site, port) as server:
        for field, variable in ENVIRONMENT.items():
            os.environ[variable] = getattr(server.configuration, field)
        os.environ[TEST_IDENTITIES] = "1"
        os.environ[FRONT] = f"{server.origin}/Plone/buergerportal"
        yield
