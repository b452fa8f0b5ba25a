"""Signatures of messages after WS-Security, as BSI TR-03130-1, chapter 3.5.2, asks.

Body and time stamp are signed; the certificate is not sent but named by its issuer and
number, and the other side knows it beforehand.
"""

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization import PrivateFormat
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from lxml import etree
from threading import Lock
from typing import Any
from uuid import uuid4
import xmlsec


SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
_OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-"
WSSE = f"{{{_OASIS}secext-1.0.xsd}}"
WSU = f"{{{_OASIS}utility-1.0.xsd}}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"

# TR-03116-4 knows no SHA-1 any more, and a key that both know (HMAC) proves nothing.
_SIGNATURES = {
    f"{_MORE}{kind}-sha{bits}" for kind in ("rsa", "ecdsa") for bits in (256, 384, 512)
}
_DIGESTS = {
    "http://www.w3.org/2001/04/xmlenc#sha256",
    f"{_MORE}sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512",
}

_OF_SIGNATURE = {f"{DS}{name}" for name in ("SignedInfo", "SignatureValue", "KeyInfo")}

# How long a message is valid, and how far the clocks may differ.
LIFETIME = timedelta(minutes=5)
TOLERANCE = timedelta(minutes=1)


class SignatureProblem(Exception):
    """The signature does not prove who wrote the message; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Signer:
    """Signs messages with one key.

    ``certificate``, ``key``  PEM. Raises ValueError where they cannot be read or do not
    belong together.
    """

    def __init__(
        self, certificate: bytes, key: bytes, password: str | None = None
    ) -> None:
        self._certificate = x509.load_pem_x509_certificate(certificate)
        self._key = _signing_key(self._certificate, key, password)

    def sign(self, envelope: Any, now: datetime) -> None:
        """Add the header with time stamp and signature to the envelope."""
        body = envelope.find(SOAP + "Body")
        header = envelope.find(SOAP + "Header")
        if header is None:
            header = etree.Element(SOAP + "Header")
            envelope.insert(0, header)
        security = etree.SubElement(header, WSSE + "Security", nsmap=_prefixes())
        security.set(SOAP + "mustUnderstand", "1")
        stamp = etree.SubElement(security, WSU + "Timestamp")
        etree.SubElement(stamp, WSU + "Created").text = _written(now)
        etree.SubElement(stamp, WSU + "Expires").text = _written(now + LIFETIME)
        signature = xmlsec.template.create(
            envelope, xmlsec.Transform.EXCL_C14N, self._method()
        )
        security.append(signature)
        context = xmlsec.SignatureContext()
        context.key = self._key
        for part in (stamp, body):
            self._refer(context, signature, part)
        context.sign(signature)
        self._name_certificate(signature)

    def _method(self) -> Any:
        if isinstance(self._certificate.public_key(), EllipticCurvePublicKey):
            return xmlsec.Transform.ECDSA_SHA256
        return xmlsec.Transform.RSA_SHA256

    def _refer(self, context: Any, signature: Any, part: Any) -> None:
        name = f"id-{uuid4().hex}"
        part.set(WSU + "Id", name)
        context.register_id(part, "Id", WSU[1:-1])
        reference = xmlsec.template.add_reference(
            signature, xmlsec.Transform.SHA256, uri=f"#{name}"
        )
        xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)

    def _name_certificate(self, signature: Any) -> None:
        info = etree.SubElement(signature, DS + "KeyInfo")
        token = etree.SubElement(info, WSSE + "SecurityTokenReference")
        data = etree.SubElement(token, DS + "X509Data")
        serial = etree.SubElement(data, DS + "X509IssuerSerial")
        name = etree.SubElement(serial, DS + "X509IssuerName")
        name.text = self._certificate.issuer.rfc4514_string()
        number = etree.SubElement(serial, DS + "X509SerialNumber")
        number.text = str(self._certificate.serial_number)


class Verifier:
    """Checks signatures of one certificate, and takes each message only once.

    ``certificate``  PEM. Raises ValueError where it is none.
    """

    def __init__(self, certificate: bytes) -> None:
        self._certificate = x509.load_pem_x509_certificate(certificate)
        self._key = xmlsec.Key.from_memory(certificate, xmlsec.KeyFormat.CERT_PEM)
        self._seen: dict[bytes, datetime] = {}
        self._lock = Lock()

    def verified_body(self, envelope: Any, now: datetime) -> Any:
        """Return the body of the envelope, which is what was signed.

        Raises SignatureProblem: it is not signed in the way that the guideline asks,
        by another key, with a certificate that is not valid, too old, or was read before.
        """
        parts = _Parts(envelope)
        if not self._is_valid(now):
            raise SignatureProblem("signer-not-valid")
        context = xmlsec.SignatureContext()
        context.key = self._key
        for part in parts.signed:
            context.register_id(part, "Id", WSU[1:-1])
        try:
            context.verify(parts.signature)
        except xmlsec.Error:
            raise SignatureProblem("signature") from None
        _check_stamp(parts.stamp, now)
        self._take_once(parts.signed_info, now)
        return parts.body

    def _is_valid(self, now: datetime) -> bool:
        certificate = self._certificate
        return (
            certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc
        )

    def _take_once(self, signed_info: bytes, now: datetime) -> None:
        with self._lock:
            self._forget_old(now)
            if signed_info in self._seen:
                raise SignatureProblem("replayed")
            self._seen[signed_info] = now + LIFETIME + 2 * TOLERANCE

    def _forget_old(self, now: datetime) -> None:
        # The oldest is the first.
        while self._seen and next(iter(self._seen.values())) < now:
            del self._seen[next(iter(self._seen))]


def _canonical(element: Any) -> bytes:
    try:
        text: bytes = etree.tostring(element, method="c14n", exclusive=True)
    except etree.C14NError:  # For example of a namespace with a relative address.
        raise SignatureProblem("signature") from None
    return text


class _Parts:
    """The parts of an envelope that a signature is about.

    ``signed``       body and time stamp, and further headers of which nobody reads
                     anything
    ``signed_info``  what tells the message from others. The value of the signature does
                     not: from one of ECDSA anybody makes a second

    Raises SignatureProblem unless they are signed as they are: whoever looks for another
    body than was signed must not find one.
    """

    def __init__(self, envelope: Any) -> None:
        if envelope.tag != SOAP + "Envelope":
            raise SignatureProblem("no-envelope")
        self.body = _only(envelope, SOAP + "Body")
        header = _only(envelope, SOAP + "Header")
        security = _only(header, WSSE + "Security")
        self.stamp = _only(security, WSU + "Timestamp")
        self.signature = _only(security, DS + "Signature")
        info = _only(self.signature, DS + "SignedInfo")
        self.signed_info = _canonical(info)
        self._headers = [x for x in (*header, *security) if x is not self.stamp]
        self._check_names(envelope)
        self._check_signature()
        self._check_signed(info)

    def _check_names(self, envelope: Any) -> None:
        # libxml2 takes xml:id for a name as well, and would find that one first.
        names = [x.get(WSU + "Id") for x in envelope.iter() if x.get(WSU + "Id")]
        if len(set(names)) != len(names) or any(
            x.get(_XML_ID) is not None for x in envelope.iter()
        ):
            raise SignatureProblem("ambiguous")

    def _check_signature(self) -> None:
        # An Object would not be signed, and libxmlsec opens the files that it names.
        if any(part.tag not in _OF_SIGNATURE for part in self.signature):
            raise SignatureProblem("other-parts-signed")

    def _check_signed(self, info: Any) -> None:
        canonicalization = _only(info, DS + "CanonicalizationMethod")
        _check(canonicalization, {_EXCLUSIVE})
        _check(_only(info, DS + "SignatureMethod"), _SIGNATURES)
        references = info.findall(DS + "Reference")
        for reference in references:
            transforms = _only(reference, DS + "Transforms")
            _check(_only(transforms, DS + "Transform"), {_EXCLUSIVE})
            _check(_only(reference, DS + "DigestMethod"), _DIGESTS)
        names = [reference.get("URI", "") for reference in references]
        headers = [x for x in self._headers if _reference(x) in names]
        self.signed = [self.body, self.stamp, *headers]
        if sorted(names) != sorted(map(_reference, self.signed)):
            raise SignatureProblem("other-parts-signed")


def _reference(part: Any) -> str:
    return f"#{part.get(WSU + 'Id', '')}"


def _signing_key(
    certificate: x509.Certificate, key: bytes, password: str | None
) -> xmlsec.Key:
    try:
        private = load_pem_private_key(key, password.encode() if password else None)
    except (TypeError, UnsupportedAlgorithm):
        raise ValueError("The key needs a password, or another one.") from None
    if private.public_key() != certificate.public_key():
        raise ValueError("The key does not belong to the certificate.")
    # xmlsec would ask for a password at the terminal.
    plain = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return xmlsec.Key.from_memory(plain, xmlsec.KeyFormat.PEM)


def _only(parent: Any, tag: str) -> Any:
    found = parent.findall(tag)
    if len(found) != 1:
        raise SignatureProblem("unsigned" if not found else "ambiguous")
    return found[0]


def _check(method: Any, allowed: set[str]) -> None:
    if method.get("Algorithm") not in allowed:
        raise SignatureProblem("algorithm")


def _check_stamp(stamp: Any, now: datetime) -> None:
    created = _moment(_only(stamp, WSU + "Created"))
    end = created + LIFETIME
    if stamp.find(WSU + "Expires") is not None:
        end = min(end, _moment(_only(stamp, WSU + "Expires")))
    if not created - TOLERANCE <= now <= end + TOLERANCE:
        raise SignatureProblem("too-old-or-too-new")


def _moment(element: Any) -> datetime:
    try:
        moment = datetime.fromisoformat((element.text or "").strip())
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except ValueError:
        raise SignatureProblem("no-time") from None


def _written(moment: datetime) -> str:
    return (
        f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
    )


def _prefixes() -> dict[str | None, str]:
    return {"wsse": WSSE[1:-1], "wsu": WSU[1:-1]}
