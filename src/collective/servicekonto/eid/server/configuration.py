"""Which eID-Server, and with which certificates: what a webmaster gets from a provider."""

from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from urllib.parse import urlsplit
import ssl


@dataclass(frozen=True)
class Configuration:
    """Addresses, and paths of files in PEM. Nothing here is secret but the password.

    ``address``       of the eID-Interface, https
    ``ecard_address``  for the eID-Client, where the eID-Server does not name it itself
    ``authority``     certificates that the TLS certificate of the eID-Server leads to;
                      "" for those that the operating system trusts
    ``certificate``, ``key``  ours for TLS
    ``signature_certificate``, ``signature_key``  ours for signatures; "" for the same
    ``signer``        certificate with which the eID-Server signs its answers
    ``key_password``  of encrypted keys, "" where they are not encrypted
    """

    address: str
    certificate: str
    key: str
    signer: str
    authority: str = ""
    ecard_address: str = ""
    signature_certificate: str = ""
    signature_key: str = ""
    key_password: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """Return the name of the eID-Server's machine, as its certificate has it."""
        return urlsplit(self.address).hostname or ""

    @property
    def signing(self) -> tuple[str, str]:
        """Return certificate and key for our signatures."""
        if self.signature_key:
            return self.signature_certificate, self.signature_key
        return self.certificate, self.key

    @property
    def files(self) -> tuple[str, ...]:
        """Return the paths of all files in use."""
        named = (self.authority, self.certificate, self.key, *self.signing, self.signer)
        return tuple(dict.fromkeys(filter(None, named)))

    def stamps(self) -> tuple[int, ...]:
        """Return what changes when a file is replaced; a missing one counts as 0."""
        return tuple(_stamp(Path(path)) for path in self.files)


def tls_context(configuration: Configuration) -> ssl.SSLContext:
    """Return how to talk to the eID-Server and to nobody else (TR-03116-4, chapter 2).

    Raises OSError where a file is missing, not readable or not what it should be.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE+AESGCM")
    if configuration.authority:
        context.load_verify_locations(configuration.authority)
    else:
        context.load_default_certs()
    context.load_cert_chain(
        configuration.certificate, configuration.key, configuration.key_password
    )
    return context


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
