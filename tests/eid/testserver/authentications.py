"""Authentications with the real AusweisApp at a test eID-Server."""

from collections.abc import Iterator
from collective.servicekonto.demo.smtp import free_port
from collective.servicekonto.eid.port import ClientFailed
from collective.servicekonto.eid.port import Opened
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.port import Result
from collective.servicekonto.eid.testserver import web
from collective.servicekonto.eid.testserver.app import Answers
from collective.servicekonto.eid.testserver.app import AusweisApp
from collective.servicekonto.eid.testserver.pki import PKI
from collective.servicekonto.eid.testserver.service import EIDService
from collective.servicekonto.eid.testserver.service import Settings
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from datetime import UTC


TRIES = 4

# What the AusweisApp reports when it has lost its simulator in a race of its own.
LOST_CARD = "al/common#unknownError"

TOKEN = """<?xml version="1.0" encoding="UTF-8"?>
<TCTokenType>
  <ServerAddress>{opened.server_address}</ServerAddress>
  <SessionIdentifier>{opened.psk_id}</SessionIdentifier>
  <RefreshAddress>{origin}/refresh</RefreshAddress>
  <CommunicationErrorAddress>{origin}/refresh</CommunicationErrorAddress>
  <Binding>urn:liberty:paos:2006-08</Binding>{security}
</TCTokenType>
"""
WITH_KEY = """
  <PathSecurity-Protocol>urn:ietf:rfc:4279</PathSecurity-Protocol>
  <PathSecurity-Parameters><PSK>{opened.psk}</PSK></PathSecurity-Parameters>"""


def now() -> datetime:
    """Return the real time; the AusweisApp has no other."""
    return datetime.now(UTC)


@dataclass
class Tokens:
    """A site that hands out one TC token."""

    opened: Opened | None = None
    origin: str = ""

    def answer(self, request: web.Request) -> web.Response:
        """Answer as the add-on's view does."""
        security = WITH_KEY.format(opened=self.opened) if self.opened.psk else ""
        token = TOKEN.format(opened=self.opened, origin=self.origin, security=security)
        return web.Response.of_type("text/xml", token.encode())


@dataclass
class Authentications:
    """A server with its site, and an AusweisApp; ``tries`` counts its runs."""

    service: EIDService
    tokens: Tokens
    app: AusweisApp
    tries: int = 0

    def run(self, question: Question, answers: Answers | None = None) -> Opened:
        """Let the AusweisApp run once; return the session."""
        self.tries += 1
        self.tokens.opened = self.service.open(question)
        address = self.app.run(f"{self.tokens.origin}/tc-token", answers)
        assert address.startswith(f"{self.tokens.origin}/refresh")
        return self.tokens.opened

    def result(self, question: Question, answers: Answers | None = None) -> Result:
        """Return the result; tries again where the AusweisApp lost its own card."""
        for _ in range(TRIES - 1):
            try:
                return self.service.result(self.run(question, answers).id, 1)
            except ClientFailed as problem:
                if problem.code != LOST_CARD:
                    raise
        return self.service.result(self.run(question, answers).id, 1)


@contextmanager
def authentications(app: AusweisApp, pki: PKI, **more) -> Iterator[Authentications]:
    """Serve TC tokens and messages on one port."""
    port = free_port()
    origin = f"https://localhost:{port}"
    settings = Settings(origin + web.PAOS_PATH, origin, **more)
    service = EIDService(pki, settings, now)
    tokens = Tokens(origin=origin)
    with web.https(web.paos_at(service, tokens.answer), pki.tls, port):
        yield Authentications(service, tokens, app)


@contextmanager
def detached_authentications(app: AusweisApp, pki: PKI) -> Iterator[Authentications]:
    """Serve TC tokens on one port, and messages with pre-shared keys on another."""
    port, key_port = free_port(), free_port()
    origin = f"https://localhost:{port}"
    address = f"https://localhost:{key_port}{web.PAOS_PATH}"
    service = EIDService(pki, Settings(address, origin, detached=True), now)
    tokens = Tokens(origin=origin)
    with (
        web.https(tokens.answer, pki.tls, port),
        web.with_pre_shared_keys(service, pki.psk_tls, key_port),
    ):
        yield Authentications(service, tokens, app)
