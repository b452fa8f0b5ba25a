"""A test eID-Server that trusts the emulated cards."""

from collective.servicekonto.eid.testserver.pki import PKI
from cryptography.hazmat.primitives.serialization import Encoding
from datetime import datetime
from datetime import UTC
from pathlib import Path
from tests.eid.card.issuer import issuer


def trust_cards(directory: Path) -> None:
    """Add the authority of the emulated cards to the keys in a directory."""
    authorities = directory / "csca"
    authorities.mkdir(parents=True)
    certificate = issuer().csca.public_bytes(Encoding.PEM)
    (authorities / "emulated.pem").write_bytes(certificate)


def pki_for_cards(directory: Path) -> PKI:
    """Return new keys of a server that trusts the emulated cards."""
    trust_cards(directory)
    return PKI(directory, datetime.now(UTC))
