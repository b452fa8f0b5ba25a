"""What the codes of an eID-Server mean for those who have to do something now."""

from collective.servicekonto.eid import port
from collective.servicekonto.eid.server.results import ECARD
from collective.servicekonto.eid.server.results import problem_of
from collective.servicekonto.eid.server.results import SERVER
from collective.servicekonto.eid.server.results import SERVER_CODES
import pytest


# TR-03130-1, table 6.
GUIDELINE = {
    "common#internalError",
    "common#schemaViolation",
    "useID#invalidPSK",
    "useID#tooManyOpenSessions",
    "useID#missingArgument",
    "useID#missingTerminalRights",
    "getResult#noResultYet",
    "getResult#invalidSession",
    "getResult#invalidCounter",
    "getResult#deniedDocument",
    "getResult#invalidDocument",
}


def test_every_code_of_the_guideline_is_known_and_no_other():
    assert set(SERVER_CODES) == GUIDELINE


@pytest.mark.parametrize("code", sorted(GUIDELINE))
def test_a_code_of_the_server_is_kept_for_the_log(code):
    problem = problem_of(SERVER + code)
    assert type(problem) is SERVER_CODES[code]
    assert problem.code == code


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("sal#cancellationByUser", port.Cancelled),
        ("ifdl/common#cancellationByUser", port.Cancelled),
        ("ifdl#cancellationByUser", port.Cancelled),
        ("il/viewer#cancellationByUser", port.Cancelled),
        ("dp#timeoutError", port.SessionGone),
        ("ifdl/common#timeoutError", port.SessionGone),
        ("al/common#SessionTerminatedWarning", port.SessionGone),
        ("dp#trustedChannelEstablishmentFailed", port.ClientFailed),
        ("dp#nodeNotReachable", port.ClientFailed),
        ("ifdl/terminal#noCard", port.ClientFailed),
        ("sal#securityConditionsNotSatisfied", port.ClientFailed),
        ("sal#invalidSignature", port.DocumentRefused),
        ("il/signature#certificateRevoked", port.DocumentRefused),
        ("al/common#noPermission", port.Misconfigured),
        ("al/common#incorrectParameter", port.Misconfigured),
        ("al/common#internalError", port.ClientFailed),
        # What the AusweisApp says of most of its own failures.
        ("al/common#unknownError", port.ClientFailed),
        ("xy#whatever", port.Misconfigured),
    ],
)
def test_codes_of_the_ecard_api_say_who_has_to_do_something(code, kind):
    problem = problem_of(ECARD + code)
    assert type(problem) is kind
    assert problem.code == code


@pytest.mark.parametrize(
    "minor",
    [
        "",
        "http://elsewhere.example/ERIKA",
        SERVER + "ERIKA MUSTERMANN",
        ECARD + "a" * 99,
    ],
)
def test_what_nobody_knows_is_not_repeated(minor):
    problem = problem_of(minor)
    assert type(problem) is port.Misconfigured
    assert problem.code == "unknown"
