"""What a webmaster sets for the Online-Ausweis, kept in the registry.

Certificates and keys are files; the registry knows where they are, or the environment.
"""

from collective.servicekonto import _
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Question
from collective.servicekonto.eid.server.configuration import Configuration
from collective.servicekonto.eid.words import TITLES
from plone.registry.interfaces import IRegistry
from typing import Any
from urllib.parse import urlsplit
from zope import schema
from zope.component import getUtility
from zope.interface import Interface
from zope.interface import Invalid
from zope.interface import invariant
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary
import os


PREFIX = "collective.servicekonto.eid"

MINIMUM_AGE = 16

# Variables of the environment that come before the registry, and one that has no other
# place: the password of encrypted keys.
ENVIRONMENT = {
    "address": "SERVICEKONTO_EID_ADDRESS",
    "ecard_address": "SERVICEKONTO_EID_ECARD_ADDRESS",
    "authority": "SERVICEKONTO_EID_AUTHORITY",
    "certificate": "SERVICEKONTO_EID_CERTIFICATE",
    "key": "SERVICEKONTO_EID_KEY",
    "signature_certificate": "SERVICEKONTO_EID_SIGNATURE_CERTIFICATE",
    "signature_key": "SERVICEKONTO_EID_SIGNATURE_KEY",
    "signer": "SERVICEKONTO_EID_SIGNER",
}
KEY_PASSWORD = "SERVICEKONTO_EID_KEY_PASSWORD"  # noqa: S105 (the name of it)

# By these six a citizen with a new card is found again (BSI TR-03160-1, chapter 4.5).
REQUIRED = [
    Operation.GIVEN_NAMES.value,
    Operation.FAMILY_NAMES.value,
    Operation.DATE_OF_BIRTH.value,
    Operation.PLACE_OF_BIRTH.value,
    Operation.BIRTH_NAME.value,
    Operation.PLACE_OF_RESIDENCE.value,
]
OPTIONAL = [Operation.ACADEMIC_TITLE.value, Operation.NATIONALITY.value]

# Without these nobody would be known.
INDISPENSABLE = frozenset(REQUIRED[:3])

_DATA = SimpleVocabulary(
    [SimpleTerm(one.value, one.value, title) for one, title in TITLES.items()]
)


def is_https(value: str) -> bool:
    """Accept an address that begins with https://; raise Invalid otherwise."""
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname:
        raise Invalid(_("Please enter a full address that begins with https://."))
    return True


def is_path(value: str) -> bool:
    """Accept the full path of a file; raise Invalid otherwise."""
    if not os.path.isabs(value):
        raise Invalid(_("Please enter the full path of the file. It begins with /."))
    return True


def _address(title: Any, description: Any) -> schema.TextLine:
    return schema.TextLine(
        title=title, description=description, required=False, constraint=is_https
    )


def _file(title: Any, description: Any) -> schema.TextLine:
    return schema.TextLine(
        title=title, description=description, required=False, constraint=is_path
    )


def _data(title: Any, description: Any, default: list[str]) -> schema.List:
    return schema.List(
        title=title,
        description=description,
        value_type=schema.Choice(vocabulary=_DATA),
        default=default,
        missing_value=[],
        required=False,
    )


class IEIDSettings(Interface):
    """How the eID-Server is reached, and what is read from a card."""

    address = _address(
        _("Address of the eID-Server"),
        _(
            "Your provider tells you the address of the eID-Interface (SOAP). As long as "
            "this is empty, nobody can use the Online-Ausweis here."
        ),
    )

    ecard_address = _address(
        _("Address for the AusweisApp"),
        _(
            "Only if your provider gave you a second, fixed address for the eCard-API. "
            "Most providers announce it themselves."
        ),
    )

    certificate = _file(
        _("Certificate of this website"),
        _(
            "The file with which this website identifies itself to the eID-Server (PEM)."
        ),
    )

    key = _file(
        _("Key of this website"),
        _(
            "The private key that belongs to it (PEM). The file stays where it is, and "
            "only Plone may be able to read it."
        ),
    )

    signature_certificate = _file(
        _("Certificate for signatures"),
        _("Only if your provider issued a second certificate for signing requests."),
    )

    signature_key = _file(
        _("Key for signatures"),
        _("The private key that belongs to the certificate for signatures."),
    )

    signer = _file(
        _("Signature certificate of the eID-Server"),
        _(
            "With it the eID-Server signs its answers. Your provider hands it out (PEM)."
        ),
    )

    authority = _file(
        _("Certificate authority of the eID-Server"),
        _(
            "Who issued the TLS certificate of the eID-Server (PEM). Empty if it is one "
            "that this computer trusts anyway."
        ),
    )

    required_data = _data(
        _("Data that are always read"),
        _(
            "Citizens cannot deselect them. Your Berechtigungszertifikat must allow each. "
            "Given names, family name and date of birth are indispensable. Without the "
            "place of birth, the birth name and the address nobody is found again with a "
            "new card."
        ),
        REQUIRED,
    )

    optional_data = _data(
        _("Data that citizens can deselect"),
        _("They are shown in the AusweisApp, and each citizen decides."),
        OPTIONAL,
    )

    allow_test_identities = schema.Bool(
        title=_("Accept test cards"),
        description=_(
            "Only for trying things out: whoever has a test card gets an account of the "
            "highest trust level with an invented name. It counts only where the server "
            "allows it as well, in its environment: SERVICEKONTO_EID_TEST_IDENTITIES=1."
        ),
        default=False,
        required=False,
    )

    @invariant  # type: ignore[untyped-decorator]
    def read_what_is_needed(data: Any) -> None:
        """Keep who somebody is among what is always read."""
        if not frozenset(data.required_data or ()) >= INDISPENSABLE:
            raise Invalid(
                _("Please keep given names, family name and date of birth selected.")
            )

    @invariant  # type: ignore[untyped-decorator]
    def read_each_in_one_way(data: Any) -> None:
        """Let each datum be either required or optional."""
        if frozenset(data.required_data or ()) & frozenset(data.optional_data or ()):
            raise Invalid(
                _("Please select each datum in one of the two lists, not in both.")
            )


def settings() -> Any:
    """Return the registry's view on the settings."""
    return getUtility(IRegistry).forInterface(IEIDSettings, prefix=PREFIX)


def query_configuration() -> Configuration | None:
    """Return how the eID-Server is reached, or None where none is configured."""
    kept = settings()
    values = {
        name: os.environ.get(variable) or getattr(kept, name) or ""
        for name, variable in ENVIRONMENT.items()
    }
    if not values["address"]:
        return None
    return Configuration(**values, key_password=os.environ.get(KEY_PASSWORD, ""))


def question(reason: str = "") -> Question:
    """Return what is asked of a card in an upgrade: who somebody is, and whether 16.

    ``reason`` is shown by the AusweisApp.
    """
    kept = settings()
    always = {Operation.RESTRICTED_ID, Operation.AGE_VERIFICATION}
    return Question(
        required=frozenset(always | _operations(kept.required_data)),
        optional=frozenset(_operations(kept.optional_data)),
        minimum_age=MINIMUM_AGE,
        reason=reason,
    )


def _operations(names: list[str] | None) -> set[Operation]:
    return {Operation(name) for name in names or ()}
