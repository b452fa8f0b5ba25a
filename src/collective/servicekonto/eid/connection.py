"""Which eID-Server the add-on talks to."""

from collective.servicekonto import logger
from collective.servicekonto.eid import settings
from collective.servicekonto.eid.port import EIDServer
from collective.servicekonto.eid.server.configuration import Configuration
from functools import lru_cache
from typing import cast
from zope.component import queryUtility
from zope.interface import Interface


class IEIDServer(Interface):
    """Utility that is an EIDServer and takes the place of the configured one."""


def query_server() -> EIDServer | None:
    """Return the eID-Server, or None where the portal has none.

    What is wrong with its configuration is Misconfigured when it is asked.
    """
    utility = queryUtility(IEIDServer)
    if utility is not None:
        return cast(EIDServer, utility)
    configuration = settings.query_configuration()
    if configuration is None:
        return None
    return _server(configuration, configuration.stamps())


# The files are read anew when one of them was replaced.
@lru_cache(maxsize=4)
def _server(configuration: Configuration, stamps: tuple[int, ...]) -> EIDServer | None:
    try:
        # An extra; without the Online-Ausweis nobody needs it.
        from collective.servicekonto.eid.server.client import SOAPServer
    except ImportError:
        logger.error("The eID-Server cannot be asked without the extra “eid”.")
        return None
    return SOAPServer(configuration)
