"""Passive authentication: whether a state signed what a chip says about itself.

EF.CardSecurity is signed by a document signer, whose certificate is signed by a country
signing authority that we trust (TR-03110-2, 1.1; TR-03110-3, A.1.2.5).
"""

from asn1crypto import cms
from asn1crypto import x509
from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.keys import PublicKeyInfo
from collective.servicekonto.eid.testserver import curves
from collective.servicekonto.eid.testserver.security_infos import CURVES
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from dataclasses import dataclass
from datetime import datetime
from hashlib import new as new_digest


SECURITY_OBJECT = "0.4.0.127.0.7.3.2.1"

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


class NotSigned(Exception):
    """No state that we trust signed this."""


@dataclass(frozen=True)
class Anchor:
    """A country signing authority that is trusted.

    ``name``   in DER
    ``until``  end of its certificate
    """

    name: bytes
    key: ec.EllipticCurvePublicKey
    until: datetime

    @classmethod
    def of(cls, certificate: bytes) -> "Anchor":
        """Return the authority of a self-signed certificate in DER."""
        parsed = x509.Certificate.load(certificate)
        key = _public_key(parsed.public_key)
        return cls(parsed.subject.dump(), key, parsed.not_valid_after)


def card_security(encoded: bytes, anchors: tuple[Anchor, ...], now: datetime) -> bytes:
    """Return the SecurityInfos inside of EF.CardSecurity, in DER.

    ``now`` is aware of its time zone. Raises NotSigned, whatever is wrong.
    """
    try:
        return _verified(encoded, anchors, now)
    # The parser is lazy and raises one of these wherever something is odd.
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise NotSigned("not understood") from error


def _verified(encoded: bytes, anchors: tuple[Anchor, ...], now: datetime) -> bytes:
    info = cms.ContentInfo.load(encoded, strict=True)
    _require(info["content_type"].native == "signed_data", "no signed data")
    signed = info["content"]
    content = signed["encap_content_info"]
    _require(content["content_type"].dotted == SECURITY_OBJECT, "another content")
    _require(len(signed["signer_infos"]) == 1, "not one signer")
    signer = signed["signer_infos"][0]
    certificate = _certificate(signed["certificates"], signer["sid"].chosen)
    _check_certificate(certificate, anchors, now)
    infos: bytes = content["content"].native
    _check_signature(signer, certificate, infos)
    return infos


def _require(condition: bool, reason: str) -> None:
    if not condition:
        raise NotSigned(reason)


def _certificate(certificates: cms.CertificateSet, sid: object) -> x509.Certificate:
    """Return the certificate that a signer names."""
    for choice in certificates:
        certificate = choice.chosen
        if not isinstance(certificate, x509.Certificate):
            continue
        if isinstance(sid, cms.IssuerAndSerialNumber):
            named = sid["issuer"].dump() == certificate.issuer.dump()
            if named and sid["serial_number"].native == certificate.serial_number:
                return certificate
        elif sid.native == certificate.key_identifier:  # type: ignore[attr-defined]
            return certificate
    raise NotSigned("the signer's certificate is missing")


def _check_certificate(
    certificate: x509.Certificate, anchors: tuple[Anchor, ...], now: datetime
) -> None:
    _require(
        certificate.not_valid_before <= now <= certificate.not_valid_after, "expired"
    )
    _require(not certificate.ca, "signed by an authority itself")
    name = certificate.issuer.dump()
    for anchor in anchors:
        if (anchor.name, anchor.until >= now) == (name, True) and _signed_by(
            anchor.key,
            certificate["signature_algorithm"],
            certificate["signature_value"].native,
            certificate["tbs_certificate"].dump(),
        ):
            return
    raise NotSigned("no authority that is trusted")


def _check_signature(
    signer: cms.SignerInfo, certificate: x509.Certificate, content: bytes
) -> None:
    attributes = {
        each["type"].native: each["values"] for each in signer["signed_attrs"]
    }
    algorithm = signer["digest_algorithm"]["algorithm"].native
    _require(algorithm in HASHES, "a hash that is not supported")
    digest = new_digest(algorithm, content).digest()
    _require(attributes["content_type"][0].dotted == SECURITY_OBJECT, "another type")
    _require(attributes["message_digest"][0].native == digest, "another content")
    _require(
        _signed_by(
            _public_key(certificate.public_key),
            signer["signature_algorithm"],
            signer["signature"].native,
            signer["signed_attrs"].untag().dump(),
        ),
        "the signature does not verify",
    )


def _signed_by(
    key: ec.EllipticCurvePublicKey,
    algorithm: SignedDigestAlgorithm,
    signature: bytes,
    data: bytes,
) -> bool:
    _require(algorithm.signature_algo == "ecdsa", "an algorithm that is not supported")
    try:
        key.verify(signature, data, ec.ECDSA(HASHES[algorithm.hash_algo]))
    except InvalidSignature:
        return False
    return True


def _public_key(info: PublicKeyInfo) -> ec.EllipticCurvePublicKey:
    """Return a key whose curve is named, or described with the order of a known one."""
    curve = info["algorithm"]["parameters"]
    for known in CURVES.values():
        if curve.name == "named":
            found = curve.chosen.dotted == _named(known)
        else:
            found = curve.chosen["order"].native == known.group_order
        if found:
            return curves.load_point(known, info["public_key"].native)
    raise NotSigned("a curve that is not known")


def _named(curve: ec.EllipticCurve) -> str:
    names = {
        "secp256r1": ec.EllipticCurveOID.SECP256R1,
        "secp384r1": ec.EllipticCurveOID.SECP384R1,
        "brainpoolP256r1": ec.EllipticCurveOID.BRAINPOOLP256R1,
        "brainpoolP384r1": ec.EllipticCurveOID.BRAINPOOLP384R1,
        "brainpoolP512r1": ec.EllipticCurveOID.BRAINPOOLP512R1,
    }
    return names[curve.name].dotted_string
