"""A passkey in software: keeps a key, and answers as a browser would."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode
from hashlib import sha256
import json
import secrets
import struct


ORIGIN = "http://localhost:8080"
PUBLIC_URL = f"{ORIGIN}/Plone/buergerportal"

_PRESENT = 0x01
_VERIFIED = 0x04
_ATTESTED = 0x40


class Authenticator:
    """One credential with an ES256 key. What it says can be falsified."""

    def __init__(self, origin=ORIGIN) -> None:
        self.origin = origin
        self.credential_id = secrets.token_bytes(32)
        self.counter = 0
        self.flags = _PRESENT | _VERIFIED
        self._key = ec.generate_private_key(ec.SECP256R1())

    def create(self, options) -> str:
        """Return a RegistrationResponseJSON."""
        public_key = cbor.encode(ES256.from_cryptography_key(self._key.public_key()))
        length = struct.pack(">H", len(self.credential_id))
        attested = bytes(16) + length + self.credential_id + public_key
        data = self._data(options["rp"]["id"], self.flags | _ATTESTED) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client_data("webauthn.create", options)
        return self._answer(
            {
                "clientDataJSON": websafe_encode(client),
                "attestationObject": websafe_encode(attestation),
            }
        )

    def get(self, options) -> str:
        """Return an AuthenticationResponseJSON."""
        self.counter += 1
        data = self._data(options["rpId"], self.flags)
        client = self._client_data("webauthn.get", options)
        signed = data + sha256(client).digest()
        signature = self._key.sign(signed, ec.ECDSA(SHA256()))
        return self._answer(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
            }
        )

    def without_presence(self) -> None:
        """Answer as if nobody had touched it."""
        self.flags = 0

    def _data(self, rp_id: str, flags: int) -> bytes:
        return sha256(rp_id.encode()).digest() + struct.pack(">BI", flags, self.counter)

    def _client_data(self, kind: str, options) -> bytes:
        told = {
            "type": kind,
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": False,
        }
        return json.dumps(told).encode()

    def _answer(self, response) -> str:
        identifier = websafe_encode(self.credential_id)
        return json.dumps(
            {
                "id": identifier,
                "rawId": identifier,
                "type": "public-key",
                "clientExtensionResults": {},
                "response": response,
            }
        )
