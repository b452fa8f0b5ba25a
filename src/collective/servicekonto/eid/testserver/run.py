"""All of the test eID-Server at once, and only on this machine.

Whoever wants it calls ``running``; no configuration of a site starts it.
"""

from collections.abc import Iterator
from collective.servicekonto.eid.server.configuration import Configuration
from collective.servicekonto.eid.server.signature import Signer
from collective.servicekonto.eid.server.signature import Verifier
from collective.servicekonto.eid.testserver import web
from collective.servicekonto.eid.testserver.interface_files import ESERVICE
from collective.servicekonto.eid.testserver.interface_files import HOST
from collective.servicekonto.eid.testserver.interface_files import InterfaceFiles
from collective.servicekonto.eid.testserver.interface_files import make_files
from collective.servicekonto.eid.testserver.interface_files import SERVER_SIGNER
from collective.servicekonto.eid.testserver.pki import PKI
from collective.servicekonto.eid.testserver.service import EIDService
from collective.servicekonto.eid.testserver.service import Settings
from collective.servicekonto.eid.testserver.soap import EIDInterface
from collective.servicekonto.eid.testserver.soap import https_server
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from datetime import UTC
from pathlib import Path
from threading import Thread


@dataclass(frozen=True)
class Running:
    """What others need to know of a running test eID-Server.

    ``origin``         of everything that the AusweisApp fetches: TC token and messages
    ``configuration``  how our end finds the eID-Interface
    ``pki``            authority to be trusted, and signer of the simulator's cards
    """

    origin: str
    configuration: Configuration
    pki: PKI


def keys(directory: Path) -> PKI:
    """Return the keys of a server that runs in a directory; they are made once."""
    return PKI(directory / "cards", _now())


@contextmanager
def running(
    directory: Path, site: web.Application = web.not_found, port: int = 0
) -> Iterator[Running]:
    """Run the server; keys are made in the directory at the first time.

    ``site``  answers whatever is not for the server, under the same origin
    ``port``  of that origin; 0 is a free one
    """
    pki = keys(directory)
    files = make_files(directory / "interface", _now())
    front = web.https(site, pki.tls, port)
    settings = Settings(front.origin + web.PAOS_PATH, front.origin)
    service = EIDService(pki, settings, _now)
    front.answer_with(web.paos_at(service, site))
    with front, _interface(service, files) as interface_port:
        yield Running(front.origin, files.configuration(interface_port), pki)


@contextmanager
def _interface(service: EIDService, files: InterfaceFiles) -> Iterator[int]:
    """Serve the eID-Interface; yields its port."""
    signer = Signer(
        files.certificate(SERVER_SIGNER).read_bytes(),
        files.key(SERVER_SIGNER).read_bytes(),
    )
    eservice = Verifier(files.certificate(ESERVICE).read_bytes())
    interface = EIDInterface(service, signer, eservice, _now)
    with https_server(interface, (HOST, 0), files.tls_context()) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()
        thread.join()


def _now() -> datetime:
    return datetime.now(UTC)
