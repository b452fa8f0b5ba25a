"""What server and AusweisApp say to each other in one session (TR-03112-7, 3.6.4)."""

from collections.abc import Callable
from collective.servicekonto.eid import port
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.testserver import curves
from collective.servicekonto.eid.testserver import cvc
from collective.servicekonto.eid.testserver import eac
from collective.servicekonto.eid.testserver import messaging
from collective.servicekonto.eid.testserver import paos
from collective.servicekonto.eid.testserver import passive
from collective.servicekonto.eid.testserver import reading
from collective.servicekonto.eid.testserver import security_infos
from collective.servicekonto.eid.testserver import tlv
from collective.servicekonto.eid.testserver.pki import Terminal
from cryptography.hazmat.primitives.asymmetric import ec
from dataclasses import dataclass
from datetime import datetime
from functools import partial
import re


CANCELLED = "sal#cancellationByUser"

INVALID_DOCUMENT = "getResult#invalidDocument"
INTERNAL_ERROR = "common#internalError"

# What an AusweisApp may call its error; anything else is not repeated.
ERROR_NAME = re.compile(r"[A-Za-z/]{1,40}#[A-Za-z]{1,60}")


@dataclass(frozen=True)
class Trust:
    """What documents are judged by: signing authorities, time, revocations."""

    anchors: tuple[passive.Anchor, ...]
    now: datetime
    sector: ec.EllipticCurvePublicKey
    revoked: frozenset[bytes]


class Unexpected(Exception):
    """A message that does not come now."""


class Exchange:
    """One authentication, from the first message of the AusweisApp to the result.

    ``outcome``  the result or what went wrong; None before the end
    """

    def __init__(self, question: Question, terminal: Terminal, trust: Trust) -> None:
        self.outcome: port.Result | port.EIDProblem | None = None
        self._question = question
        self._terminal = terminal
        self._trust = trust
        self._auxiliary = _auxiliary_data(question, trust.now)
        self._next: Callable[[paos.Message], paos.Body] = self._start

    def answer(self, message: paos.Message) -> paos.Body:
        """Return the next message to the AusweisApp. Raises Unexpected after the end."""
        if self.outcome is not None:
            raise Unexpected
        if message.failed:
            return self._end_by_client(message)
        try:
            return self._next(message)
        except (passive.NotSigned, eac.NotGenuine, reading.NotValid):
            return self._fail(port.DocumentRefused(INVALID_DOCUMENT))
        except (tlv.Malformed, messaging.Tampered, reading.Refused, Unexpected):
            return self._fail(port.ClientFailed(INTERNAL_ERROR))

    def _end_by_client(self, message: paos.Message) -> paos.Body:
        minor = message.error
        if not ERROR_NAME.fullmatch(minor):
            minor = paos.INTERNAL_ERROR
        kind = port.Cancelled if minor == CANCELLED else port.ClientFailed
        self.outcome = kind(minor)
        return paos.finish(minor)

    def _fail(self, problem: port.EIDProblem) -> paos.Body:
        self.outcome = problem
        return paos.finish(paos.INTERNAL_ERROR)

    def _start(self, message: paos.Message) -> paos.Body:
        if message.name != "StartPAOS":
            raise Unexpected
        self._next = self._prove_terminal
        question = self._question
        content = [
            *(("Certificate", each.hex()) for each in self._terminal.certificates),
            ("CertificateDescription", self._terminal.description.hex()),
            ("RequiredCHAT", _chat(question.required)),
            ("OptionalCHAT", _chat(question.optional)),
            ("AuthenticatedAuxiliaryData", self._auxiliary.hex()),
        ]
        if question.reason:
            content.append(("TransactionInfo", question.reason))
        return paos.authenticate("EAC1InputType", content)

    def _prove_terminal(self, message: paos.Message) -> paos.Body:
        """Sign the card's challenge with the key of the terminal certificate."""
        _expect(message, "DIDAuthenticateResponse")
        granted = self._allowed(message)
        card_access = message.octets("EFCardAccess")
        infos = security_infos.read(card_access)
        ephemeral = ec.generate_private_key(infos.domains[infos.chip_key()])
        signature = eac.terminal_signature(
            self._terminal.key,
            message.octets("IDPICC"),
            message.octets("Challenge"),
            ephemeral.public_key(),
            self._auxiliary,
        )
        self._next = partial(self._prove_chip, granted, card_access, ephemeral)
        return paos.authenticate(
            "EAC2InputType",
            [
                ("EphemeralPublicKey", curves.point(ephemeral.public_key()).hex()),
                ("Signature", signature.hex()),
            ],
        )

    def _allowed(self, message: paos.Message) -> frozenset[Operation]:
        """Return what the citizen allows, which is everything if nothing is said."""
        asked = self._question.required | self._question.optional
        encoded = message.optional_octets("CertificateHolderAuthorizationTemplate")
        if encoded is None:
            return asked
        allowed = cvc.Chat.from_node(tlv.parse_one(encoded, 0x7F4C)).operations()
        if not self._question.required <= allowed <= asked:
            raise Unexpected
        return allowed

    def _prove_chip(
        self,
        granted: frozenset[Operation],
        card_access: bytes,
        ephemeral: ec.EllipticCurvePrivateKey,
        message: paos.Message,
    ) -> paos.Body:
        """Check who signed the chip's key, and that the chip has it."""
        _expect(message, "DIDAuthenticateResponse")
        # The challenge was signed already; another signature is not to be had.
        if "Challenge" in message.texts:
            raise Unexpected
        trust = self._trust
        signed = passive.card_security(
            message.octets("EFCardSecurity"), trust.anchors, trust.now
        )
        if not security_infos.confirms(signed, card_access):
            raise passive.NotSigned("another EF.CardAccess")
        infos = security_infos.read(signed)
        channel = eac.agree(
            ephemeral,
            infos.chip_public_key(),
            message.octets("Nonce"),
            message.octets("AuthenticationToken"),
        )
        terms = reading.Terms(trust.now.date(), trust.sector, trust.revoked)
        batch = reading.Reading(granted, infos, terms)
        self._next = partial(self._take_answers, channel, batch)
        return paos.transmit(channel.protect(batch.commands))

    def _take_answers(
        self,
        channel: messaging.SecureMessaging,
        batch: reading.Reading,
        message: paos.Message,
    ) -> paos.Body:
        _expect(message, "TransmitResponse")
        self.outcome = batch.result(channel.open(message.all_octets("OutputAPDU")))
        return paos.finish()


def _expect(message: paos.Message, name: str) -> None:
    if message.name != name:
        raise Unexpected


def _chat(operations: frozenset[Operation]) -> str:
    return cvc.Chat.of(cvc.Role.TERMINAL, operations).encoded().hex()


def _auxiliary_data(question: Question, now: datetime) -> bytes:
    today = now.date()
    entries = {eac.DATE_OF_EXPIRY: eac.compact_date(today)}
    if question.minimum_age:
        born = eac.years_before(today, question.minimum_age)
        entries[eac.DATE_OF_BIRTH] = eac.compact_date(born)
    if question.community:
        entries[eac.MUNICIPALITY] = bytes.fromhex(question.community)
    return eac.auxiliary_data(entries)
