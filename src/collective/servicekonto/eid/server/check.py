"""Asks the eID-Server what it is and may do, and says in plain words what is wrong."""

from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.port import EIDServer
from collective.servicekonto.eid.port import Info
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.server.files import Finding
from collective.servicekonto.eid.words import title_of
from typing import Any


_WORDS: Mapping[str, Any] = {
    "files": _("A certificate or key cannot be used."),
    "no-such-host": _(
        "Nobody knows the computer in the address of the eID-Server. Please check the "
        "address."
    ),
    "refused": _(
        "At the address of the eID-Server nobody answers. Please check the address and "
        "the port, and whether a firewall is in between."
    ),
    "connection": _(
        "The connection to the eID-Server broke off. Either a firewall is in between, or "
        "the eID-Server does not know the certificate of this website."
    ),
    "timeout": _(
        "The eID-Server did not answer in time. Please check whether a firewall is in "
        "between; otherwise ask your provider."
    ),
    "tls": _("The eID-Server does not speak a version of TLS that is secure today."),
    "tls-authority": _(
        "The certificate of the eID-Server comes from somebody who is not trusted here. "
        "Please set the certificate authority that your provider names."
    ),
    "tls-expired": _("The certificate of the eID-Server has expired."),
    "tls-not-yet-valid": _(
        "The certificate of the eID-Server is not valid yet. Please check the clock of "
        "this computer."
    ),
    "tls-other-host": _(
        "The certificate of the eID-Server belongs to another address. Please check the "
        "address."
    ),
    "tls-refused-us": _(
        "The eID-Server does not know the certificate of this website. Please send the "
        "certificate to your provider, without the key."
    ),
    "signature": _(
        "The answer was signed with another certificate. Please check the signature "
        "certificate of the eID-Server."
    ),
    "unsigned": _(
        "The answer is not signed as it should be. Please check the address; otherwise "
        "ask your provider."
    ),
    "signer-not-valid": _(
        "The signature certificate of the eID-Server has expired or is not valid yet. "
        "Please ask your provider for the current one."
    ),
    "too-old-or-too-new": _(
        "The clocks of this computer and the eID-Server differ by more than a minute. "
        "Please set the clock of this computer."
    ),
    "algorithm": _(
        "The eID-Server signs in a way that is not secure today. Please ask your provider "
        "for signatures with SHA-256."
    ),
    "http-403": _(
        "The eID-Server does not let this website ask. Please ask your provider whether "
        "the certificate of this website is registered."
    ),
    "http-500": _(
        "The eID-Server reports an error of its own. Please ask your provider, and "
        "whether the certificate with which this website signs is registered."
    ),
    "http-404": _("There is no eID-Server at this address. Please check its path."),
}


def check_server(
    server: EIDServer, question: Question, allows_test_identities: bool
) -> list[Finding]:
    """Return what the eID-Server says about itself, or why it says nothing.

    ``question`` is what the portal is going to ask.
    """
    try:
        info = server.info()
    except EIDProblem as problem:
        return [Finding(_explained(problem.code), is_fine=False)]
    version = ".".join(map(str, info.version))
    answers = _(
        "The eID-Server answers. Its interface has the version ${version}.",
        mapping={"version": version},
    )
    return [
        Finding(answers, is_fine=True),
        *_rights(info, question),
        *_test_cards(info, allows_test_identities),
    ]


def _explained(code: str) -> Any:
    return _WORDS.get(code) or _(
        "The eID-Server does not answer as it should. Please tell your provider this "
        "code: ${code}",
        mapping={"code": code},
    )


def _rights(info: Info, question: Question) -> list[Finding]:
    asked = question.required | question.optional
    missing = [one for one in Operation if one in asked - info.rights]
    if not missing:
        text = _("Your Berechtigungszertifikat allows everything that is asked.")
        return [Finding(text, is_fine=True)]
    return [Finding(_not_allowed(one), is_fine=False) for one in missing]


def _not_allowed(operation: Operation) -> Any:
    return _(
        "Your Berechtigungszertifikat does not allow: ${name}. Please deselect it in the "
        "settings, or ask your provider.",
        mapping={"name": title_of(operation)},
    )


def _test_cards(info: Info, allows_test_identities: bool) -> list[Finding]:
    if allows_test_identities:
        text = _(
            "Test cards are accepted. Please switch this off before citizens come here."
        )
        return [Finding(text, is_fine=False)]
    if info.is_test:
        text = _(
            "This eID-Server reads test cards only, and test cards are not accepted here."
        )
        return [Finding(text, is_fine=False)]
    return []
