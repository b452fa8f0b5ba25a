"""Whatever comes from outside is understood or refused; nothing else ever happens.

Many more inputs: EXAMPLES=20000 pytest tests/eid/testserver/test_hostile_input.py
"""

from collections.abc import Callable
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.testserver import cvc
from collective.servicekonto.eid.testserver import data_groups
from collective.servicekonto.eid.testserver import documents
from collective.servicekonto.eid.testserver import messaging
from collective.servicekonto.eid.testserver import paos
from collective.servicekonto.eid.testserver import passive
from collective.servicekonto.eid.testserver import security_infos
from collective.servicekonto.eid.testserver import tlv
from collective.servicekonto.eid.testserver.pki import PKI
from collective.servicekonto.eid.testserver.service import EIDService
from collective.servicekonto.eid.testserver.service import Settings
from contextlib import suppress
from datetime import datetime
from datetime import UTC
from functools import cache
from functools import partial
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from pathlib import Path
from tempfile import mkdtemp
from tests.eid.card.card import Card
from tests.eid.card.issuer import issuer
from tests.eid.testserver.client import envelope
from tests.eid.testserver.client import InProcessClient
from tests.eid.testserver.client import start
from tests.eid.testserver.trust import pki_for_cards
import os


EXAMPLES = int(os.environ.get("EXAMPLES", "150"))
NOW = datetime.now(UTC)
ASKED = Question(
    required=frozenset(Operation), minimum_age=16, community="02760503150000"
)

many = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck)
)
# Whole sessions cost more than single messages.
fewer = settings(many, max_examples=max(EXAMPLES // 10, 10))


@cache
def pki() -> PKI:
    return pki_for_cards(Path(mkdtemp()))


def new_service() -> EIDService:
    origin = "https://localhost"
    return EIDService(pki(), Settings(f"{origin}/eid/paos", origin), lambda: NOW)


@cache
def service() -> EIDService:
    return new_service()


@cache
def terminal() -> tuple[bytes, ...]:
    description = cvc.Description("Test", "Test", "https://localhost", "", ())
    return pki().terminal(description, NOW.date()).certificates


@cache
def files() -> dict[str, bytes]:
    card = documents.simulator_files(documents.Person(), pki().signer)
    return {each["fileId"]: bytes.fromhex(each["content"]) for each in card}


@cache
def dialogue() -> list[bytes]:
    """Return the messages of an eID-Client in a session that went well."""
    sent: list[bytes] = []

    def listened(encoded: bytes) -> bytes:
        sent.append(encoded)
        return service().answer(encoded)

    opened = service().open(ASKED)
    InProcessClient(listened, Card(pki().cvca)).run(opened.psk_id)
    service().result(opened.id, 1)
    return sent


# Places as shares of a length, which differs from session to session.
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 4), st.binary(max_size=4)),
    min_size=1,
    max_size=4,
)


def changed(original: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """Return octets with a few replaced, left out or added."""
    content = original
    for place, left_out, added in edits:
        begin = round(place * len(content))
        content = content[:begin] + added + content[begin + left_out :]
    return content


def hostile(originals: Callable[[], list[bytes]]) -> st.SearchStrategy[bytes]:
    """Changed texts of octets, and any at all."""
    known = st.deferred(lambda: st.builds(changed, st.sampled_from(originals()), EDITS))
    return known | st.binary(max_size=300)


def refused_or_not(read: Callable[[], object]) -> None:
    with suppress(tlv.Malformed):
        read()


def walk(nodes: list[tlv.Node]) -> None:
    for node in nodes:
        refused_or_not(partial(tlv.dotted, node))
        refused_or_not(lambda: walk(node.children()))  # noqa: B023 (called at once)


@many
@given(hostile(lambda: [*terminal(), *files().values()]))
def test_data_objects(encoded):
    refused_or_not(lambda: walk(tlv.parse(encoded)))


@many
@given(hostile(lambda: [pki().cvca, *terminal()]))
def test_cv_certificates(encoded):
    def read() -> None:
        certificate = cvc.Certificate.parse(encoded)
        assert certificate.encoded == encoded
        certificate.issued_by(cvc.Certificate.parse(pki().cvca))

    refused_or_not(read)


@many
@given(hostile(lambda: [files()["011c"]]))
def test_ef_card_access(encoded):
    def read() -> None:
        assert security_infos.confirms(encoded, encoded)
        infos = security_infos.read(encoded)
        infos.pseudonym_key(authorized_only=True)
        infos.chip_public_key()

    refused_or_not(read)


@many
@given(hostile(lambda: [files()["011d"], issuer().card_security()]))
def test_ef_card_security(encoded):
    try:
        infos = passive.card_security(encoded, pki().anchors, NOW)
    except passive.NotSigned:
        return
    # Outside of what is signed, an octet may change without a change of meaning.
    genuine = (files()["011d"], issuer().card_security())
    assert any(infos in each for each in genuine)


@many
@given(
    st.sampled_from(sorted(cvc.DATA_GROUPS, key=lambda each: each.value)),
    hostile(lambda: [content for name, content in files().items() if name[0] == "0"]),
)
def test_data_groups(operation, encoded):
    refused_or_not(lambda: data_groups.read(operation, encoded, NOW.date()))


@many
@given(hostile(lambda: [bytes.fromhex("990290008E080102030405060708") + b"\x90\x00"]))
def test_responses_of_a_card(encoded):
    channel = messaging.SecureMessaging(b"e" * 16, b"m" * 16)
    try:
        channel.open([encoded])
    except (tlv.Malformed, messaging.Tampered):
        return
    raise AssertionError("Nobody had the key.")


@many
@given(hostile(dialogue))
def test_messages(encoded):
    def read() -> None:
        message = paos.parse(encoded)
        assert isinstance(message.failed, bool)
        assert isinstance(message.error, str)

    refused_or_not(read)
    assert b"StartPAOSResponse" in service().answer(encoded)


@fewer
@given(st.integers(0, 3), EDITS)
def test_a_session_survives_any_message(stage, edits):
    """A message of the session itself is changed, and the session ends in some way."""
    server = new_service()
    opened = server.open(ASKED)
    sent = iter(range(10))

    def listened(encoded: bytes) -> bytes:
        if next(sent) != stage:
            return server.answer(encoded)
        answer = server.answer(changed(encoded, edits))
        assert b"Envelope" in answer
        return server.answer(envelope(start("none")))

    InProcessClient(listened, Card(pki().cvca)).run(opened.psk_id)
    with suppress(EIDProblem):
        assert server.result(opened.id, 1).is_test
