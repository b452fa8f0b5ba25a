"""Cards for the simulator of the AusweisApp: persons that we make up ourselves.

The simulator has one chip key for all cards, and it is public; so its cards are worth
nothing. They are signed by a test authority of ours.
"""

from asn1crypto import cms
from asn1crypto import x509
from collective.servicekonto.eid.testserver import curves
from collective.servicekonto.eid.testserver import security_infos
from collective.servicekonto.eid.testserver import tlv
from collective.servicekonto.eid.testserver.passive import SECURITY_OBJECT
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from dataclasses import dataclass
from hashlib import sha256


# Known from the source of the AusweisApp (SimulatorFileSystem).
_CHIP_KEY = ec.derive_private_key(
    0xA07EB62E891DAA84643E0AFCC1AF006891B669B8F51E379477DBEAB8C987A610, curves.CURVE
)
_CHIP_KEY_NUMBER = 0x29

_PACE = "0.4.0.127.0.7.2.2.4.2.2"
_TERMINAL_AUTHENTICATION = "0.4.0.127.0.7.2.2.2"

_DIRECTORY, _CARD_ACCESS, _CARD_SECURITY = 0x2F00, 0x011C, 0x011D
_APPLICATION = bytes.fromhex("61094F07A0000002471001610B4F09E80704007F00070302")


@dataclass(frozen=True)
class Person:
    """What a card says; ``born`` and ``expires`` are YYYYMMDD."""

    given_names: str = "ERIKA"
    family_names: str = "MUSTERMANN"
    birth_name: str = "GABLER"
    born: str = "19640812"
    place_of_birth: str = "BERLIN"
    street: str = "HEIDESTRAẞE 17"
    postal_code: str = "51147"
    city: str = "KÖLN"
    community: str = "02760503150000"
    expires: str = "20341031"
    nationality: str = "D"
    artistic_name: str = ""
    academic_title: str = ""


@dataclass(frozen=True)
class DocumentSigner:
    """Signs what a chip says about itself; ``certificate`` is in DER."""

    key: ec.EllipticCurvePrivateKey
    certificate: bytes

    def sign(self, infos: bytes) -> bytes:
        """Return EF.CardSecurity with these SecurityInfos (TR-03110-3, A.1.2.5)."""
        certificate = x509.Certificate.load(self.certificate)
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": [SECURITY_OBJECT]},
                {"type": "message_digest", "values": [sha256(infos).digest()]},
            ]
        )
        signature = self.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256()))
        signer = {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                {
                    "issuer": certificate.issuer,
                    "serial_number": certificate.serial_number,
                },
            ),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": signature,
        }
        signed = {
            "version": "v3",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {
                "content_type": SECURITY_OBJECT,
                "content": cms.ParsableOctetString(infos),
            },
            "certificates": [certificate],
            "signer_infos": [signer],
        }
        info = cms.ContentInfo({"content_type": "signed_data", "content": signed})
        encoded: bytes = info.dump()
        return encoded


def simulator_files(person: Person, signer: DocumentSigner) -> list[dict[str, str]]:
    """Return the files of a card as the simulator takes them."""
    card_access = tlv.encode(0x31, *_public_infos())
    card_security = signer.sign(tlv.encode(0x31, *_public_infos(), *_signed_infos()))
    files = {
        _DIRECTORY: _APPLICATION,
        _CARD_ACCESS: card_access,
        _CARD_SECURITY: card_security,
    }
    for number, value in _data_groups(person).items():
        files[0x0100 | number] = tlv.encode(0x60 | number, value)
    return [
        {
            "fileId": f"{number:04x}",
            "shortFileId": "1e" if number == _DIRECTORY else f"{number & 0xFF:02x}",
            "content": content.hex(),
        }
        for number, content in files.items()
    ]


def _integer(number: int) -> bytes:
    return tlv.encode(0x02, bytes([number]))


def _info(protocol: str, *content: bytes) -> bytes:
    return tlv.encode(0x30, tlv.oid(protocol), *content)


def _domain() -> bytes:
    return _info(security_infos.STANDARDIZED_DOMAIN, _integer(13))


def _public_infos() -> list[bytes]:
    number = _integer(_CHIP_KEY_NUMBER)
    return [
        _info(_PACE, _integer(2), _integer(13)),
        _info(_TERMINAL_AUTHENTICATION, _integer(2)),
        _info(security_infos.CA_ECDH_AES_128, _integer(2), number),
        _info(security_infos.CA_ECDH, _domain(), number),
    ]


def _signed_infos() -> list[bytes]:
    point = tlv.encode(0x03, b"\x00", curves.point(_CHIP_KEY.public_key()))
    return [
        _info(
            security_infos.PK_ECDH,
            tlv.encode(0x30, _domain(), point),
            _integer(_CHIP_KEY_NUMBER),
        ),
        _pseudonym_key(1, b"\x00"),
        _pseudonym_key(2, b"\xff"),
    ]


def _pseudonym_key(number: int, authorized_only: bytes) -> bytes:
    parameters = [_integer(1), _integer(number), tlv.encode(0x01, authorized_only)]
    return _info(curves.RI_ECDH_SHA_256, tlv.encode(0x30, *parameters))


def _text(text: str) -> bytes:
    return tlv.encode(0x0C, text.encode())


def _printable(text: str) -> bytes:
    return tlv.encode(0x13, text.encode("ascii"))


def _digits(text: str) -> bytes:
    return tlv.encode(0x12, text.encode("ascii"))


def _data_groups(person: Person) -> dict[int, bytes]:
    address = tlv.encode(
        0x30,
        tlv.encode(0xAA, _text(person.street)),
        tlv.encode(0xAB, _text(person.city)),
        tlv.encode(0xAD, _printable("D")),
        tlv.encode(0xAE, _printable(person.postal_code)),
    )
    return {
        1: _printable("ID"),
        2: _printable("D"),
        3: _digits(person.expires),
        4: _text(person.given_names),
        5: _text(person.family_names),
        6: _text(person.artistic_name),
        7: _text(person.academic_title),
        8: _digits(person.born),
        9: tlv.encode(0xA1, _text(person.place_of_birth)),
        10: _printable(person.nationality),
        13: _text(person.birth_name),
        17: address,
        18: tlv.encode(0x04, bytes.fromhex(person.community)),
    }
