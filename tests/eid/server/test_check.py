"""What a webmaster is told about the connection to the eID-Server."""

from collective.servicekonto.eid import port
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.server.check import check_server
from collective.servicekonto.eid.server.client import SOAPServer
from collective.servicekonto.eid.testserver import interface_files
from collective.servicekonto.eid.words import title_of
from dataclasses import replace
from tests.eid.server.conftest import present
from zope.i18n import interpolate
import pytest


QUESTION = Question(
    frozenset({Operation.GIVEN_NAMES, Operation.BIRTH_NAME}),
    frozenset({Operation.NATIONALITY}),
)


class Saying:
    """An eID-Server with these properties, or this problem."""

    def __init__(self, info):
        self._info = info

    def info(self):
        if isinstance(self._info, port.EIDProblem):
            raise self._info
        return self._info


def told(info, allows_test_identities=False):
    findings = check_server(Saying(info), QUESTION, allows_test_identities)
    return [(interpolate(x.text, x.text.mapping), x.is_fine) for x in findings]


def problems(*arguments):
    return [text for text, is_fine in told(*arguments) if not is_fine]


def test_a_good_server_gives_no_cause_for_concern():
    info = port.Info((2, 4, 0), frozenset(Operation))
    assert problems(info) == []
    assert "2.4.0" in told(info)[0][0]


def test_data_that_the_certificate_does_not_allow_are_named():
    found = problems(port.Info((2, 4, 0), frozenset({Operation.GIVEN_NAMES})))
    assert len(found) == 2
    assert "does not allow: Nationality." in found[0]
    assert "does not allow: Birth name." in found[1]


def test_everything_that_can_be_asked_has_a_name():
    titles = {str(title_of(operation)) for operation in Operation}
    assert len(titles) == len(Operation)


def test_test_cards_are_no_way_to_go_live():
    info = port.Info((2, 4, 0), frozenset(Operation))
    (problem,) = problems(info, True)
    assert "switch this off" in problem
    (problem,) = problems(replace(info, is_test=True))
    assert "not accepted" in problem


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("no-such-host", "check the address"),
        ("refused", "firewall"),
        ("timeout", "in time"),
        ("tls-authority", "certificate authority"),
        ("tls-refused-us", "does not know the certificate of this website"),
        ("signature", "signed with another certificate"),
        ("too-old-or-too-new", "clock"),
        ("http-404", "path"),
        ("common#internalError", "this code: common#internalError"),
    ],
)
def test_each_cause_is_told_in_plain_words(code, words):
    (problem,) = problems(port.Misconfigured(code))
    assert words in problem


def test_a_real_server_is_found_to_be_a_test_server(client):
    findings = check_server(client, QUESTION, allows_test_identities=False)
    assert [finding.is_fine for finding in findings] == [True, True, False]


def test_a_wrong_signature_certificate_is_found_at_a_real_server(files, configuration):
    wrong = replace(
        configuration, signer=str(files.certificate(interface_files.SERVER))
    )
    (finding,) = check_server(SOAPServer(wrong, now=present), QUESTION, False)
    assert "signed with another certificate" in finding.text
