"""Whatever an eID-Server answers, it ends in a result or in a problem that is known."""

from collective.servicekonto.eid import port
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.server import client as client_module
from collective.servicekonto.eid.server import messages
from collective.servicekonto.eid.server.client import SOAPServer
from collective.servicekonto.eid.server.signature import Signer
from collective.servicekonto.eid.testserver import interface_files
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from lxml import etree
from tests.eid.server.conftest import ERIKA
from tests.eid.server.conftest import Prepared
from tests.eid.server.conftest import present
import os
import pytest


EXAMPLES = int(os.environ.get("SERVICEKONTO_FUZZ", "150"))

many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

QUESTION = Question(frozenset({Operation.GIVEN_NAMES}))

FUNCTIONS = {
    "useIDResponse": lambda client: client.open(QUESTION),
    "getResultResponse": lambda client: client.result("a" * 32, 1),
    "getServerInfoResponse": lambda client: client.info(),
}

TYPES = {
    "useIDResponse": port.Opened,
    "getResultResponse": port.Result,
    "getServerInfoResponse": port.Info,
}


@pytest.fixture(scope="module")
def signer(files):
    return Signer(
        files.certificate(interface_files.SERVER_SIGNER).read_bytes(),
        files.key(interface_files.SERVER_SIGNER).read_bytes(),
    )


@pytest.fixture(scope="module")
def said():
    """What a client gets in place of an answer over TLS."""
    return {}


@pytest.fixture(scope="module")
def client(files, said):
    patch = pytest.MonkeyPatch()
    patch.setattr(client_module, "post", lambda *_arguments: said["content"])
    client = SOAPServer(files.configuration(443), now=present)
    yield client
    patch.undo()


def outcome_of(client, said, name, content):
    """Return the result or problem; anything else is raised."""
    said["content"] = content
    client._version = (2, 4, 0), present()
    try:
        found = FUNCTIONS[name](client)
    except port.EIDProblem as problem:
        return problem
    assert isinstance(found, TYPES[name])
    return found


def good(name):
    """Return an answer as the test eID-Server writes it, not yet signed."""
    said = {}

    class Keeping:
        def sign(self, envelope, _now):
            said["envelope"] = envelope

    from collective.servicekonto.eid.testserver import soap

    request = {
        "useIDResponse": b"<UseOperations/>",
        "getResultResponse": (
            b"<Session><ID>a</ID></Session><RequestCounter>1</RequestCounter>"
        ),
        "getServerInfoResponse": b"",
    }[name]
    element = etree.fromstring(
        b'<r xmlns="http://bsi.bund.de/eID/">' + request + b"</r>"
    )
    function = name.removesuffix("Response")
    interface = soap.EIDInterface(Prepared(), Keeping(), None, present)
    interface._signed(name, interface._said(function, element))
    return etree.tostring(said["envelope"])


GOOD = {name: good(name) for name in FUNCTIONS}

_ELEMENTS = etree.parse(str(messages.INTERFACE / "eid-server.xsd")).iter(
    "{http://www.w3.org/2001/XMLSchema}element"
)
NAMES = [one.get("name") for one in _ELEMENTS if one.get("name")]

TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=40),
    st.sampled_from(
        [
            "", " ", "ALLOWED", "PROHIBITED", "NOTONCHIP", "REQUIRED", "true", "1",
            "0", "-1", "19640812", "196408  ", "        ", "00000000", "99999999",
            "2029-10-31", "2029-10-31Z", "2029-10-31+14:00", "0000-00-00", "9999-12-31",
            "-2029-10-31", "2147483648", "９", "²", "NaN", "abcdef" * 10, "a" * 3000,
            "http://bsi.bund.de/eID/LoA/hoch", "http://bsi.bund.de/eID/LoA/normal",
            "http://www.bsi.bund.de/ecard/api/1.1/resultmajor#ok",
            "http://www.bsi.bund.de/ecard/api/1.1/resultmajor#error",
            "http://www.bsi.bund.de/eid/server/2.0/resultminor/getResult#noResultYet",
            "http://www.bsi.bund.de/ecard/api/1.1/resultminor/sal#cancellationByUser",
            port.TEST_MARK,
        ]
    ),
)  # fmt: skip


@st.composite
def changes(draw):
    """Return a function that changes an element of a tree."""
    kind = draw(st.sampled_from(["text", "remove", "double", "rename", "add", "move"]))
    text, name = draw(TEXTS), draw(st.sampled_from(NAMES))
    where = draw(st.integers(0, 400))

    def change(root):
        elements = [x for x in root.iter() if isinstance(x.tag, str)][1:]
        if not elements:
            return
        element = elements[where % len(elements)]
        parent = element.getparent()
        if kind == "text":
            element.text = text
        elif kind == "remove":
            parent.remove(element)
        elif kind == "double":
            parent.append(etree.fromstring(etree.tostring(element)))
        elif kind == "rename":
            element.tag = messages.EID + name
        elif kind == "add":
            etree.SubElement(element, messages.EID + name).text = text
        else:
            root.append(element)

    return change


@many
@given(
    name=st.sampled_from(sorted(FUNCTIONS)),
    several=st.lists(changes(), min_size=1, max_size=5),
)
def test_signed_answers_of_any_shape(client, said, signer, name, several):
    envelope = etree.fromstring(GOOD[name])
    body = envelope[0]
    for change in several:
        if len(body):
            change(body)
    signer.sign(envelope, present())
    outcome_of(client, said, name, etree.tostring(envelope))


@many
@given(
    name=st.sampled_from(sorted(FUNCTIONS)),
    several=st.lists(changes(), min_size=1, max_size=4),
)
def test_answers_that_are_changed_after_they_were_signed(
    client, said, signer, name, several
):
    envelope = etree.fromstring(GOOD[name])
    signer.sign(envelope, present())
    before = etree.tostring(envelope, method="c14n")
    for change in several:
        change(envelope)
    after = etree.tostring(envelope)
    outcome = outcome_of(client, said, name, after)
    if etree.tostring(etree.fromstring(after), method="c14n") == before:
        return
    is_result = isinstance(outcome, TYPES[name])
    assert not is_result or is_as_good(outcome, name)


def is_as_good(outcome, name):
    """Tell whether somebody else's changes changed nothing that is read."""
    prepared = Prepared()
    return outcome in (prepared.opened, ERIKA, prepared.info())


@many
@given(name=st.sampled_from(sorted(FUNCTIONS)), content=st.binary(max_size=300))
def test_bytes_of_any_kind(client, said, name, content):
    assert isinstance(outcome_of(client, said, name, content), port.Untrusted)


@many
@given(
    name=st.sampled_from(sorted(FUNCTIONS)),
    where=st.floats(0, 1),
    length=st.integers(0, 60),
    content=st.binary(max_size=40),
)
def test_answers_with_a_piece_replaced(
    client, said, signer, name, where, length, content
):
    envelope = etree.fromstring(GOOD[name])
    signer.sign(envelope, present())
    text = etree.tostring(envelope)
    start = int(where * len(text))
    changed = text[:start] + content + text[start + length :]
    outcome = outcome_of(client, said, name, changed)
    assert not isinstance(outcome, TYPES[name]) or is_as_good(outcome, name)


def test_the_unchanged_answers_are_good(client, said, signer):
    for name in FUNCTIONS:
        envelope = etree.fromstring(GOOD[name])
        signer.sign(envelope, present())
        outcome = outcome_of(client, said, name, etree.tostring(envelope))
        assert isinstance(outcome, TYPES[name])
        assert is_as_good(outcome, name)
