"""What is asked of a card that has proven itself, and what it answers.

All commands go to the card in one batch, so nothing can depend on an answer; therefore
nothing of a document that turns out to be invalid is handed out.
"""

from collections.abc import Callable
from collections.abc import Iterator
from collective.servicekonto.eid import port
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.testserver import curves
from collective.servicekonto.eid.testserver import cvc
from collective.servicekonto.eid.testserver import data_groups
from collective.servicekonto.eid.testserver import eac
from collective.servicekonto.eid.testserver import tlv
from collective.servicekonto.eid.testserver.messaging import Command
from collective.servicekonto.eid.testserver.messaging import ENDS_EARLY
from collective.servicekonto.eid.testserver.messaging import NOT_VERIFIED
from collective.servicekonto.eid.testserver.messaging import OK
from collective.servicekonto.eid.testserver.messaging import Response
from collective.servicekonto.eid.testserver.security_infos import SecurityInfos
from cryptography.hazmat.primitives.asymmetric import ec
from dataclasses import dataclass
from datetime import date


APPLICATION = bytes.fromhex("E80704007F00070302")

SELECT = bytes.fromhex("00A4040C")
VERIFY = bytes.fromhex("80208000")
READ_BINARY = bytes.fromhex("00B0")
SET_KEY = bytes.fromhex("002241A4")
AUTHENTICATE = bytes.fromhex("00860000")

NOT_THERE = (0x6A82, 0x6A88)

Step = tuple[Command, Callable[[Response], None]]


class Refused(Exception):
    """The card did not do what it has to do for a terminal with these rights."""


class NotValid(Exception):
    """The document has expired or is revoked; its data are none of our business."""


@dataclass(frozen=True)
class Terms:
    """What the answers are judged by.

    ``sector``   public key that pseudonyms are made with
    ``revoked``  what revoked documents say about themselves for that sector
    """

    today: date
    sector: ec.EllipticCurvePublicKey
    revoked: frozenset[bytes]


class Reading:
    """One batch: its commands, and what becomes of their answers."""

    def __init__(
        self, granted: frozenset[Operation], infos: SecurityInfos, terms: Terms
    ) -> None:
        self._terms = terms
        self._values: dict[Operation, str | port.Place] = {}
        self._missing: set[Operation] = set()
        self._verified: dict[Operation, bool] = {}
        self._pseudonym = b""
        self._steps = list(self._plan(granted, infos))

    @property
    def commands(self) -> list[Command]:
        """Return the commands in their order."""
        return [command for command, _take in self._steps]

    def result(self, responses: list[Response]) -> port.Result:
        """Return what the card said.

        Raises Refused or NotValid, and Malformed if an answer is not understood.
        """
        if len(responses) != len(self._steps):
            raise Refused
        for (_command, take), response in zip(self._steps, responses, strict=True):
            take(response)
        return port.Result(
            values=self._values,
            not_on_chip=frozenset(self._missing),
            pseudonym=self._pseudonym.hex(),
            old_enough=self._verified.get(Operation.AGE_VERIFICATION),
            lives_there=self._verified.get(Operation.PLACE_VERIFICATION),
            is_test=True,
        )

    def _plan(
        self, granted: frozenset[Operation], infos: SecurityInfos
    ) -> Iterator[Step]:
        yield Command(SELECT, APPLICATION), _succeed
        yield _verify(eac.DATE_OF_EXPIRY), _be_valid
        if Operation.AGE_VERIFICATION in granted:
            yield self._ask(Operation.AGE_VERIFICATION, eac.DATE_OF_BIRTH)
        if Operation.PLACE_VERIFICATION in granted:
            yield self._ask(Operation.PLACE_VERIFICATION, eac.MUNICIPALITY)
        for operation, number in cvc.DATA_GROUPS.items():
            if operation in granted:
                yield self._read(operation, number)
        yield from self._pseudonyms(granted, infos)

    def _ask(self, operation: Operation, identifier: str) -> Step:
        def take(response: Response) -> None:
            if response.status in NOT_THERE:
                self._missing.add(operation)
            elif response.status in (OK, NOT_VERIFIED):
                self._verified[operation] = response.status == OK
            else:
                raise Refused

        return _verify(identifier), take

    def _read(self, operation: Operation, number: int) -> Step:
        def take(response: Response) -> None:
            if response.status in NOT_THERE:
                self._missing.add(operation)
            elif response.status in (OK, ENDS_EARLY):
                self._values[operation] = data_groups.read(
                    operation, response.data, self._terms.today
                )
            else:
                raise Refused

        short_id = bytes([0x80 | number, 0])
        return Command(READ_BINARY + short_id, expects=True), take

    def _pseudonyms(
        self, granted: frozenset[Operation], infos: SecurityInfos
    ) -> Iterator[Step]:
        """Identify with the key that everybody may use, to know whether it is revoked.

        The pseudonym comes from the key that needs the right, if the card has one.
        """
        open_key = infos.pseudonym_key(authorized_only=False)
        own_key = infos.pseudonym_key(authorized_only=True)
        if open_key is not None:
            yield from self._identify(open_key, self._not_revoked)
        if Operation.RESTRICTED_ID in granted:
            key = open_key if own_key is None else own_key
            if key is None:
                self._missing.add(Operation.RESTRICTED_ID)
            else:
                yield from self._identify(key, self._keep)

    def _identify(self, key: int, use: Callable[[bytes], None]) -> Iterator[Step]:
        def take(response: Response) -> None:
            _succeed(response)
            use(tlv.parse_one(response.data, 0x7C).child(0x81).value)

        protocol = tlv.encode(0x80, tlv.parse_one(_RI, 0x06).value)
        yield Command(SET_KEY, protocol + tlv.encode(0x84, bytes([key]))), _succeed
        sector = curves.public_key_with_domain(
            curves.RI_ECDH_SHA_256, self._terms.sector
        )
        data = tlv.encode(0x7C, tlv.encode(0xA0, sector))
        yield Command(AUTHENTICATE, data, expects=True), take

    def _not_revoked(self, identifier: bytes) -> None:
        if identifier in self._terms.revoked:
            raise NotValid

    def _keep(self, identifier: bytes) -> None:
        self._pseudonym = identifier


_RI = tlv.oid(curves.RI_ECDH_SHA_256)


def _verify(identifier: str) -> Command:
    return Command(VERIFY, tlv.oid(identifier))


def _succeed(response: Response) -> None:
    if response.status != OK:
        raise Refused


def _be_valid(response: Response) -> None:
    if response.status == NOT_VERIFIED:
        raise NotValid
    _succeed(response)
