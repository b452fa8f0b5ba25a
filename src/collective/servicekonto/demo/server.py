"""Starting the demo: mail server, Zope, the site, and the words on the console."""

from collective.servicekonto.demo.cron import cron
from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.demo.mailbox import Mailbox
from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.demo.smtp import HOST
from collective.servicekonto.demo.smtp import mail_server
from contextlib import AbstractContextManager
from contextlib import nullcontext
from logging.config import fileConfig
from paste.deploy import loadapp
from typing import Any
from waitress import create_server
import signal
import socket
import sys


THREADS = 4

# What the test eID-Server needs beside the demo.
EXTRAS = ("asn1crypto", "lxml", "xmlsec", "zeep")

READY = """
Musterstadt is open.

  Site          {address}
  Bürgerportal  {address}/buergerportal
  Sent mails    {address}/@@demo-mails
  Manager       {address}/login   (admin / admin)
  Clerks        {address}/login   (amt / amt, ordnung / ordnung)
  Counter       {address}/login   (schalter / schalter, schalter2 / schalter2)
  Editor        {address}/login   (redaktion / redaktion)

The Online-Ausweis is tried with a test card: make ausweisapp, in another window.

Every minute the cleanup runs: it sends the mails about news in the Postfach and
deletes what is due.

Mails and data stay in {var}. Ctrl-C stops everything.
"""


def start(instance: Instance) -> None:
    """Serve the demo until Ctrl-C or SIGTERM; data of an earlier start are kept."""
    _refuse_a_taken_port(instance.port)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    instance.write()
    try:
        with mail_server(Mailbox(instance.mails)) as smtp_port:
            _serve(instance, smtp_port)
    except KeyboardInterrupt:
        pass
    _say("Stopped. The data are kept for the next start.")


def _serve(instance: Instance, smtp_port: int) -> None:
    _say("Starting Zope …")
    fileConfig(instance.wsgi_ini, disable_existing_loggers=False)
    wsgi_application = loadapp(f"config:{instance.wsgi_ini}")
    try:
        _prepare_site(instance, smtp_port)
        server = create_server(
            wsgi_application, host=HOST, port=instance.port, threads=THREADS
        )
        _say(READY.format(address=instance.address, var=instance.var))
        with cron(instance), _test_eid_server(instance):
            server.run()
    finally:
        _close_databases()


def _test_eid_server(instance: Instance) -> AbstractContextManager[None]:
    """Return the running eID-Server; without its extras the demo reads no cards."""
    try:
        # Plone may be imported only after Zope has read its configuration.
        from collective.servicekonto.demo.eid import eid_server
    except ModuleNotFoundError as missing:
        if missing.name not in EXTRAS:
            raise
        return nullcontext()
    return eid_server(instance)


def _prepare_site(instance: Instance, smtp_port: int) -> None:
    # Plone may be imported only after Zope has read its configuration.
    from collective.servicekonto.demo import site

    with site.application(instance.port) as root:
        if not site.has_town(root):
            _say("Building the town of Musterstadt; this is done once …")
            site.build_town(root)
        site.use_addresses(root, instance.address, HOST, smtp_port)


def _close_databases() -> None:
    import Zope2

    databases: list[Any] = Zope2.opened
    for database in databases:
        database.close()


def _refuse_a_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            sys.exit(
                f"Port {port} is in use. Try another one: make start PORT={free_port()}"
            )


def _say(text: str) -> None:
    print(text, flush=True)
