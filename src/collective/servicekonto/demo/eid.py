"""The demo's eID-Server: it reads test cards alone, and forgets everything at the end.

The AusweisApp accepts https only: so a small server stands before the site, for the
pages to which the app leads. Its certificate is its own, and browsers warn of it.

Only for a process that has read Zope's configuration, and with the extras “eid” and
“eid-test”.
"""

from collections.abc import Iterator
from collective.servicekonto.demo.ausweisapp import keys
from collective.servicekonto.demo.ausweisapp import present
from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.eid.addresses import FRONT
from collective.servicekonto.eid.server.signature import Signer
from collective.servicekonto.eid.server.signature import Verifier
from collective.servicekonto.eid.settings import ENVIRONMENT
from collective.servicekonto.eid.testserver import interface_files
from collective.servicekonto.eid.testserver import web
from collective.servicekonto.eid.testserver.service import EIDService
from collective.servicekonto.eid.testserver.service import Settings
from collective.servicekonto.eid.testserver.soap import EIDInterface
from collective.servicekonto.eid.testserver.soap import https_server
from contextlib import contextmanager
from threading import Thread
import os


@contextmanager
def eid_server(instance: Instance) -> Iterator[None]:
    """Run the eID-Server; the site finds it as it would find a certified one."""
    port = free_port()
    origin = f"https://localhost:{port}"
    pki = keys(instance)
    service = EIDService(pki, Settings(origin + web.PAOS_PATH, origin), present)
    site = web.site_at(
        instance.port, f"/VirtualHostBase/https/localhost:{port}/VirtualHostRoot"
    )
    with (
        web.https(web.paos_at(service, site), pki.tls, port),
        _interface(instance, service),
    ):
        os.environ[FRONT] = f"{origin}/Plone/buergerportal"
        yield


@contextmanager
def _interface(instance: Instance, service: EIDService) -> Iterator[None]:
    files = interface_files.make_files(instance.eid / "interface", present())
    signer = interface_files.SERVER_SIGNER
    interface = EIDInterface(
        service,
        Signer(files.certificate(signer).read_bytes(), files.key(signer).read_bytes()),
        Verifier(files.certificate(interface_files.ESERVICE).read_bytes()),
        present,
    )
    server = https_server(interface, (interface_files.HOST, 0), files.tls_context())
    configuration = files.configuration(server.server_address[1])
    for field, variable in ENVIRONMENT.items():
        os.environ[variable] = getattr(configuration, field)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
