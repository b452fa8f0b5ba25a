"""Which eID-Server the add-on talks to."""

from collective.servicekonto.eid.port import EIDServer
from typing import cast
from zope.component import queryUtility
from zope.interface import Interface


class IEIDServer(Interface):
    """Utility that is an EIDServer and takes the place of the configured one."""


def query_server() -> EIDServer | None:
    """Return the eID-Server, or None where the portal has none."""
    return cast(EIDServer | None, queryUtility(IEIDServer))


def allows_test_identities() -> bool:
    """Tell whether results with ``is_test`` may be used."""
    return False
