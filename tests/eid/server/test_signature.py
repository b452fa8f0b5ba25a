"""Who wrote a message is proven, or the message is not read."""

from base64 import b64decode
from base64 import b64encode
from collective.servicekonto.eid.server import signature
from collective.servicekonto.eid.server.signature import SignatureProblem
from collective.servicekonto.eid.server.signature import Signer
from collective.servicekonto.eid.server.signature import SOAP
from collective.servicekonto.eid.server.signature import Verifier
from collective.servicekonto.eid.server.signature import WSU
from collective.servicekonto.eid.testserver import interface_files
from copy import deepcopy
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import PrivateFormat
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from lxml import etree
import pytest


NOW = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)

MESSAGE = (
    b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">'
    b"<e:Body><said>ERIKA</said></e:Body></e:Envelope>"
)


def written(key, password=None):
    encryption = (
        BestAvailableEncryption(password)
        if password
        else interface_files.NoEncryption()
    )
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def rsa_pair():
    key = rsa.generate_private_key(65537, 3072)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "eService")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .sign(key, SHA256())
    )
    return certificate.public_bytes(Encoding.PEM), written(key)


def ec_pair(now=NOW):
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = interface_files.issue("server", key, key, now)
    return certificate.public_bytes(Encoding.PEM), written(key)


PAIR = ec_pair()


def signed(pair=PAIR, now=NOW):
    envelope = etree.fromstring(MESSAGE)
    Signer(*pair).sign(envelope, now)
    return etree.fromstring(etree.tostring(envelope))


def code_of(envelope, pair=PAIR, now=NOW):
    with pytest.raises(SignatureProblem) as problem:
        Verifier(pair[0]).verified_body(envelope, now)
    return problem.value.code


def found(envelope, *path):
    return envelope.find("/".join(path))


SIGNATURE_VALUE = signature.DS + "SignatureValue"
ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

SECURITY = (SOAP + "Header", signature.WSSE + "Security")
SIGNED_INFO = (*SECURITY, signature.DS + "Signature", signature.DS + "SignedInfo")


@pytest.mark.parametrize("pair", [PAIR, rsa_pair()], ids=["EC", "RSA"])
def test_what_was_signed_is_read(pair):
    body = Verifier(pair[0]).verified_body(signed(pair), NOW)
    assert body.findtext("said") == "ERIKA"


def test_the_certificate_is_named_and_not_sent():
    text = etree.tostring(signed()).decode()
    assert "X509IssuerSerial" in text
    assert "X509Certificate" not in text
    assert "BinarySecurityToken" not in text


def test_without_a_signature_nothing_is_read():
    assert code_of(etree.fromstring(MESSAGE)) == "unsigned"
    envelope = signed()
    header = found(envelope, *SECURITY)
    header.remove(header.find(signature.DS + "Signature"))
    assert code_of(envelope) == "unsigned"


def test_another_text_is_not_what_was_signed():
    envelope = signed()
    found(envelope, SOAP + "Body", "said").text = "MAX"
    assert code_of(envelope) == "signature"


def test_another_key_proves_nothing():
    assert code_of(signed(ec_pair())) == "signature"


def test_a_certificate_that_has_ended_proves_nothing():
    pair = ec_pair(NOW - 2 * interface_files.YEARS)
    assert code_of(signed(pair), pair) == "signer-not-valid"


def test_a_certificate_that_has_not_begun_proves_nothing():
    pair = ec_pair(NOW + timedelta(days=1))
    assert code_of(signed(pair), pair) == "signer-not-valid"


def test_a_message_is_read_once():
    verifier = Verifier(PAIR[0])
    text = etree.tostring(signed())
    verifier.verified_body(etree.fromstring(text), NOW)
    with pytest.raises(SignatureProblem, match="replayed"):
        verifier.verified_body(etree.fromstring(text), NOW)
    later = NOW + signature.LIFETIME + signature.TOLERANCE
    with pytest.raises(SignatureProblem, match="replayed"):
        verifier.verified_body(etree.fromstring(text), later)


def test_another_value_of_the_same_signature_makes_no_new_message():
    verifier, envelope = Verifier(PAIR[0]), signed()
    verifier.verified_body(etree.fromstring(etree.tostring(envelope)), NOW)
    value = found(envelope, *SECURITY, signature.DS + "Signature", SIGNATURE_VALUE)
    half = ORDER_OF_P256.bit_length() // 8
    r, s = b64decode(value.text)[:half], b64decode(value.text)[half:]
    other = ORDER_OF_P256 - int.from_bytes(s)
    value.text = b64encode(r + other.to_bytes(half)).decode()
    assert Verifier(PAIR[0]).verified_body(deepcopy(envelope), NOW) is not None
    with pytest.raises(SignatureProblem, match="replayed"):
        verifier.verified_body(envelope, NOW)


def test_an_old_message_is_not_read():
    late = NOW + signature.LIFETIME + signature.TOLERANCE + timedelta(seconds=1)
    assert code_of(signed(), now=late) == "too-old-or-too-new"


def test_a_message_of_the_future_is_not_read():
    early = NOW - signature.TOLERANCE - timedelta(seconds=1)
    assert code_of(signed(), now=early) == "too-old-or-too-new"


def test_clocks_may_differ_a_little():
    early = NOW - signature.TOLERANCE + timedelta(seconds=1)
    assert Verifier(PAIR[0]).verified_body(signed(), early) is not None


def test_what_was_read_long_ago_is_forgotten():
    verifier = Verifier(PAIR[0])
    for minutes in range(0, 60, 10):
        now = NOW + timedelta(minutes=minutes)
        verifier.verified_body(signed(now=now), now)
    assert len(verifier._seen) == 1


def test_a_second_body_is_not_mistaken_for_the_signed_one():
    envelope = signed()
    other = etree.SubElement(envelope, SOAP + "Body")
    etree.SubElement(other, "said").text = "MAX"
    assert code_of(envelope) == "ambiguous"


def test_the_signed_body_cannot_be_moved_aside():
    envelope = signed()
    body = found(envelope, SOAP + "Body")
    envelope.remove(body)
    wrapper = etree.SubElement(found(envelope, SOAP + "Header"), "wrapper")
    wrapper.append(body)
    other = etree.SubElement(envelope, SOAP + "Body")
    etree.SubElement(other, "said").text = "MAX"
    assert code_of(envelope) == "other-parts-signed"
    other.set(WSU + "Id", body.get(WSU + "Id"))
    assert code_of(envelope) == "ambiguous"


def test_another_kind_of_name_does_not_lead_elsewhere():
    envelope = signed()
    name = found(envelope, SOAP + "Body").get(WSU + "Id")
    aside = etree.SubElement(found(envelope, SOAP + "Header"), "aside")
    aside.set("{http://www.w3.org/XML/1998/namespace}id", name)
    assert code_of(etree.fromstring(etree.tostring(envelope))) == "ambiguous"


def test_the_time_must_be_signed_as_well():
    envelope = signed()
    info = found(envelope, *SIGNED_INFO)
    info.remove(info.findall(signature.DS + "Reference")[0])
    assert code_of(envelope) == "other-parts-signed"


def test_further_headers_may_be_signed():
    envelope = etree.fromstring(MESSAGE)
    header = etree.Element(SOAP + "Header")
    envelope.insert(0, header)
    more = etree.SubElement(header, "more")
    signing = Signer(*PAIR)
    refer = signing._refer

    def refer_once_more(context, signature, part):
        refer(context, signature, part)
        if part.tag == SOAP + "Body":
            refer(context, signature, more)

    signing._refer = refer_once_more
    signing.sign(envelope, NOW)
    text = etree.tostring(envelope)
    body = Verifier(PAIR[0]).verified_body(etree.fromstring(text), NOW)
    assert body.findtext("said") == "ERIKA"
    without = etree.fromstring(text)
    found(without, SOAP + "Header").remove(found(without, SOAP + "Header", "more"))
    assert code_of(without) == "other-parts-signed"


@pytest.mark.parametrize("prefix", ["", "h"])
def test_what_is_signed_is_in_the_message(prefix):
    envelope = signed()
    reference = found(envelope, *SIGNED_INFO, signature.DS + "Reference")
    reference.set("URI", prefix + reference.get("URI")[1:])
    assert code_of(envelope) == "other-parts-signed"


def test_files_of_this_computer_are_not_opened(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    envelope = signed()
    own = found(envelope, *SECURITY, signature.DS + "Signature")
    manifest = etree.SubElement(
        etree.SubElement(own, signature.DS + "Object"), signature.DS + "Manifest"
    )
    reference = deepcopy(found(envelope, *SIGNED_INFO, signature.DS + "Reference"))
    reference.set("URI", str(secret))
    manifest.append(reference)
    assert code_of(envelope) == "other-parts-signed"


def test_a_time_that_was_changed_was_not_signed():
    envelope = signed()
    created = found(envelope, *SECURITY, WSU + "Timestamp", WSU + "Created")
    created.text = "2026-11-27T20:00:01Z"
    assert code_of(envelope) == "signature"


def test_what_has_no_canonical_form_was_not_signed():
    text = etree.tostring(signed())
    root = b' xmlns:other="not/absolute">'
    changed = text.replace(b">", root, 1)
    assert code_of(etree.fromstring(changed)) == "signature"


def test_two_signatures_are_one_too_many():
    envelope = signed()
    security = found(envelope, *SECURITY)
    security.append(deepcopy(security.find(signature.DS + "Signature")))
    assert code_of(envelope) == "ambiguous"


@pytest.mark.parametrize(
    ("element", "algorithm"),
    [
        ("SignatureMethod", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        ("SignatureMethod", "http://www.w3.org/2000/09/xmldsig#hmac-sha1"),
        ("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"),
        ("Reference/{ds}DigestMethod", "http://www.w3.org/2000/09/xmldsig#sha1"),
        (
            "Reference/{ds}Transforms/{ds}Transform",
            "http://www.w3.org/TR/1999/REC-xslt-19991116",
        ),
        ("CanonicalizationMethod", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"),
    ],
)
def test_weak_and_strange_algorithms_are_refused(element, algorithm):
    envelope = signed()
    path = signature.DS + element.replace("{ds}", signature.DS)
    found(envelope, *SIGNED_INFO, path).set("Algorithm", algorithm)
    assert code_of(envelope) == "algorithm"


def test_a_second_transform_is_refused():
    envelope = signed()
    transforms = found(
        envelope, *SIGNED_INFO, signature.DS + "Reference", signature.DS + "Transforms"
    )
    transforms.append(deepcopy(transforms[0]))
    assert code_of(envelope) == "ambiguous"


def test_a_key_and_a_certificate_of_others_do_not_sign():
    with pytest.raises(ValueError, match="belong"):
        Signer(PAIR[0], ec_pair()[1])


def test_an_encrypted_key_needs_its_password():
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = interface_files.issue("x", key, key, NOW).public_bytes(Encoding.PEM)
    encrypted = written(key, b"secret")
    assert Signer(certificate, encrypted, "secret")
    for password in (None, "wrong"):
        with pytest.raises(ValueError, match="."):
            Signer(certificate, encrypted, password)


@pytest.mark.parametrize("content", [b"", b"no certificate"])
def test_what_is_no_certificate_is_not_taken_for_one(content):
    with pytest.raises(ValueError, match="."):
        Verifier(content)
