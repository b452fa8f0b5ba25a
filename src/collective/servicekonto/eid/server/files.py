"""Looks at the files of a configuration, and says in plain words what is wrong."""

from collections.abc import Callable
from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.eid.server.configuration import Configuration
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from typing import TypeVar


T = TypeVar("T")

# Getting a new certificate takes a while.
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Finding:
    """Something that is as it should be, or not; ``text`` says what, and what to do."""

    text: Any
    is_fine: bool


class _Wrong(Exception):
    def __init__(self, text: Any) -> None:
        super().__init__(text)
        self.text = text


def check_files(configuration: Configuration, now: datetime) -> list[Finding]:
    """Return what there is to say about the certificates and keys."""
    findings: list[Finding] = []
    for check in _checks(configuration, now):
        try:
            findings.extend(check())
        except _Wrong as wrong:
            findings.append(Finding(wrong.text, is_fine=False))
    return findings


def _checks(
    configuration: Configuration, now: datetime
) -> Iterator[Callable[[], list[Finding]]]:
    password = configuration.key_password
    pairs = dict.fromkeys(
        ((configuration.certificate, configuration.key), configuration.signing)
    )
    for certificate, key in pairs:
        yield partial(_check_pair, certificate, key, password, now)
    for path in filter(None, (configuration.signer, configuration.authority)):
        yield partial(_check_certificate, path, now)
    if not configuration.signer:
        yield _no_signer


def _no_signer() -> list[Finding]:
    raise _Wrong(
        _(
            "The signature certificate of the eID-Server is not set. Without it nobody "
            "knows whether its answers are genuine."
        )
    )


def _check_pair(
    certificate: str, key: str, password: str, now: datetime
) -> list[Finding]:
    if not certificate or not key:
        raise _Wrong(_("A certificate of this website or its key is not set."))
    public = _certificate(certificate).public_key()
    private = _private_key(key, password)
    findings = _check_certificate(certificate, now)
    if private.public_key() != public:
        raise _Wrong(
            _(
                "The key ${key} does not belong to the certificate ${certificate}.",
                mapping={"key": key, "certificate": certificate},
            )
        )
    return [*findings, _privacy_of(key)]


def _check_certificate(path: str, now: datetime) -> list[Finding]:
    certificate = _certificate(path)
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    facts = {"path": path, "day": f"{end:%d.%m.%Y}"}
    if now < begin:
        raise _Wrong(
            _(
                "The certificate ${path} is not valid before ${day}.",
                mapping={"path": path, "day": f"{begin:%d.%m.%Y}"},
            )
        )
    if now > end:
        raise _Wrong(
            _(
                "The certificate ${path} was valid until ${day}. Please ask your provider "
                "for a new one.",
                mapping=facts,
            )
        )
    if now > end - SOON:
        raise _Wrong(
            _(
                "The certificate ${path} is valid until ${day} only. Please ask your "
                "provider for a new one in time.",
                mapping=facts,
            )
        )
    text = _("The certificate ${path} is valid until ${day}.", mapping=facts)
    return [Finding(text, is_fine=True)]


def _privacy_of(path: str) -> Finding:
    if Path(path).stat().st_mode & 0o077:
        return Finding(
            _(
                "Other users of this computer can read the key ${path}. Please let only "
                "the user read it under whose name Plone runs.",
                mapping={"path": path},
            ),
            is_fine=False,
        )
    text = _(
        "The key ${path} fits, and only Plone can read it.", mapping={"path": path}
    )
    return Finding(text, is_fine=True)


def _certificate(path: str) -> x509.Certificate:
    return _parsed(
        path,
        x509.load_pem_x509_certificate,
        _("The file ${path} holds no certificate in PEM.", mapping={"path": path}),
    )


def _private_key(path: str, password: str) -> Any:
    secret = password.encode() or None
    return _parsed(
        path,
        # A password is an error where the key has none.
        lambda content: load_pem_private_key(
            content, secret if b"ENCRYPTED" in content else None
        ),
        _(
            "The file ${path} holds no private key in PEM, or it has a password that is "
            "not the one in the environment variable SERVICEKONTO_EID_KEY_PASSWORD.",
            mapping={"path": path},
        ),
    )


def _parsed(path: str, parse: Callable[[bytes], T], otherwise: Any) -> T:
    try:
        return parse(Path(path).read_bytes())
    except FileNotFoundError:
        text = _("The file ${path} does not exist.", mapping={"path": path})
    except OSError:
        text = _("Plone cannot read the file ${path}.", mapping={"path": path})
    except (ValueError, TypeError, UnsupportedAlgorithm):
        text = otherwise
    raise _Wrong(text)
