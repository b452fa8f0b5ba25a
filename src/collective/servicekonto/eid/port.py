"""What the add-on asks an eID-Server, and what it is told (BSI TR-03130-1).

Everything behind this port can be exchanged: a certified provider in production, the
test eID-Server on a developer's machine.
"""

from collections.abc import Mapping
from collective.servicekonto import _
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from enum import Enum
from typing import Any
from typing import ClassVar
from typing import Protocol


# The eID-Server says this in a signed answer where the document is none of a person:
# as ResultMessage of getResult, and in the version's text of getServerInfo.
TEST_MARK = "urn:collective.servicekonto:test-identity"


class Operation(Enum):
    """What can be read from a document or asked of it (chapter 3.3.6).

    The values are the names of the elements of OperationsSelectorType, in its order.
    """

    DOCUMENT_TYPE = "DocumentType"
    ISSUING_STATE = "IssuingState"
    DATE_OF_EXPIRY = "DateOfExpiry"
    GIVEN_NAMES = "GivenNames"
    FAMILY_NAMES = "FamilyNames"
    ARTISTIC_NAME = "ArtisticName"
    ACADEMIC_TITLE = "AcademicTitle"
    DATE_OF_BIRTH = "DateOfBirth"
    PLACE_OF_BIRTH = "PlaceOfBirth"
    NATIONALITY = "Nationality"
    BIRTH_NAME = "BirthName"
    PLACE_OF_RESIDENCE = "PlaceOfResidence"
    COMMUNITY_ID = "CommunityID"
    RESIDENCE_PERMIT_I = "ResidencePermitI"
    RESTRICTED_ID = "RestrictedID"
    AGE_VERIFICATION = "AgeVerification"
    PLACE_VERIFICATION = "PlaceVerification"


@dataclass(frozen=True)
class Question:
    """What is asked of a document (chapter 3.2.1.1).

    ``required``     the citizen cannot deselect these
    ``optional``     the citizen can
    ``minimum_age``  years that the holder must have completed; 0 is not asked
    ``community``    beginning of the community id to compare with; "" is not asked
    ``reason``       shown to the citizen by the eID-Client (TransactionInfo)

    Raises ValueError where an operation is both required and optional, or where the
    question about age or community and its operation do not go together.
    """

    required: frozenset[Operation]
    optional: frozenset[Operation] = frozenset()
    minimum_age: int = 0
    community: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if self.required & self.optional:
            raise ValueError("An operation is either required or optional.")
        asked = self.required | self.optional
        if (Operation.AGE_VERIFICATION in asked) != bool(self.minimum_age):
            raise ValueError("The verification of the age needs an age.")
        if (Operation.PLACE_VERIFICATION in asked) != bool(self.community):
            raise ValueError("The verification of the place needs a community.")


@dataclass(frozen=True)
class Opened:
    """A session of the eID-Server (chapter 3.2.1.2).

    ``id``              asks for the result; secret, never in an address or a page
    ``server_address``  ServerAddress of the TC token; "" where the provider's is static
                        and not told
    ``psk_id``          SessionIdentifier of the TC token
    ``psk``             PSK of the TC token, hexadecimal; "" in attached mode
    """

    id: str
    server_address: str
    psk_id: str
    psk: str


@dataclass(frozen=True)
class Place:
    """A place on a document (chapter 3.3.4): structured, as one text, or none.

    ``no_place``   what the card says where there is no place, for example
                   "keine Hauptwohnung in Deutschland"
    """

    street: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    postal_code: str = ""
    text: str = ""
    no_place: str = ""


Values = Mapping[Operation, str | Place]


@dataclass(frozen=True)
class Result:
    """What a document said (chapter 3.2.2.2).

    ``values``       what was read; "" is empty on the document, which differs from
                     what was not read and is absent. Dates of birth are kept as in
                     identity.dates, the date of expiry as "2029-10-31".
    ``not_on_chip``  asked for and allowed, but this document does not know of it
    ``pseudonym``    RestrictedID in lower-case hexadecimal digits, "" if not asked
    ``second_pseudonym``  the same for a second sector of the provider's certificate
    ``old_enough``, ``lives_there``  None if not asked
    ``is_test``      the document is none of a person
    """

    values: Values = field(default_factory=dict)
    not_on_chip: frozenset[Operation] = frozenset()
    pseudonym: str = ""
    second_pseudonym: str = ""
    old_enough: bool | None = None
    lives_there: bool | None = None
    is_test: bool = False

    @property
    def document_type(self) -> str:
        """Return the type as on the document, for example "ID"; "" if not read."""
        return str(self.values.get(Operation.DOCUMENT_TYPE, ""))

    @property
    def expires(self) -> date | None:
        """Return the last day of the document's validity, None if not read."""
        value = self.values.get(Operation.DATE_OF_EXPIRY)
        return date.fromisoformat(str(value)) if value else None


@dataclass(frozen=True)
class Info:
    """What an eID-Server says about itself (chapter 3.2.3.2).

    ``version``  major, minor and bug-fix number of its interface
    ``rights``   what its terminal certificate allows to ask
    ``is_test``  its documents are none of persons
    """

    version: tuple[int, int, int]
    rights: frozenset[Operation]
    is_test: bool = False


class EIDServer(Protocol):
    """An eID-Server. Every method may raise any EIDProblem."""

    def open(self, question: Question) -> Opened:
        """Open a session for one authentication (useID)."""

    def result(self, session_id: str, counter: int) -> Result:
        """Return what the document said, once (getResult).

        ``counter`` begins with 1 and grows by 1 with each call for a session. After
        anything but NotReady the session is over.
        """

    def info(self) -> Info:
        """Return what the server is and may do (getServerInfo)."""


class EIDProblem(Exception):
    """Something else has to be done now; the subclasses say what and by whom.

    ``message``  for the citizen
    ``code``     for the log: the end of the ResultMinor, or a word of ours; never
                 anything of a person
    """

    message: ClassVar[Any] = _(
        "The Online-Ausweis could not be read. Please try again later."
    )

    def __init__(self, code: str = "") -> None:
        super().__init__(code)
        self.code = code


class NotReady(EIDProblem):
    """The document is still being read; ask again with the next counter."""

    message = _("Your Online-Ausweis is still being read. Please wait a moment.")


class Cancelled(EIDProblem):
    """The citizen ended it in the eID-Client."""

    message = _(
        "You have cancelled. Nothing was changed. You can start again. If the AusweisApp "
        "could not go on because the online function of your card is switched off, your "
        "Bürgeramt switches it on."
    )


class ClientFailed(EIDProblem):
    """The eID-Client or the card did not get to the end; trying again may help."""

    message = _(
        "The AusweisApp could not read your Online-Ausweis to the end. Nothing was "
        "changed. Perhaps the card was taken away too early. Please put it on the reader "
        "again, leave it there until the AusweisApp says that you are done, and begin "
        "anew."
    )


class CardBlocked(EIDProblem):
    """The card needs the citizen: the PIN is blocked, suspended or not set."""

    message = _(
        "The PIN of your Online-Ausweis is blocked or not set. The AusweisApp tells you "
        "what to do with it. Start again afterwards."
    )


class Busy(EIDProblem):
    """The eID-Server has too many sessions; a few minutes later it will do."""

    message = _(
        "Too many people are using the Online-Ausweis at this moment. Please try again "
        "in a few minutes."
    )


class Unreachable(EIDProblem):
    """The eID-Server is down, or does not answer in time."""

    message = _(
        "The service that reads the Online-Ausweis cannot be reached. Nothing was "
        "changed. Please try again later."
    )


class SessionGone(EIDProblem):
    """The session is over: too late, or its result was handed out already."""

    message = _(
        "The time for reading your Online-Ausweis is over. Nothing was changed. Please "
        "start again."
    )


class DocumentRefused(EIDProblem):
    """The document is expired, revoked or not genuine."""

    message = _(
        "Your Online-Ausweis is not accepted: it has expired, was blocked, or could not "
        "be verified. Please ask your Bürgeramt."
    )


class DocumentInsufficient(EIDProblem):
    """The document is valid, but of a kind with a lower trust level than asked for."""

    message = _(
        "This kind of Online-Ausweis is not sufficient here. Please use your identity "
        "card or your residence permit itself."
    )


class Misconfigured(EIDProblem):
    """The webmaster or the provider has to mend something."""

    message = _(
        "The Online-Ausweis cannot be read at this moment because something is not set "
        "up correctly. Nothing was changed. Please try again later."
    )


class Untrusted(EIDProblem):
    """Who answered could not be proven to be the eID-Server, or nobody understands it."""

    message = _(
        "The answer about your Online-Ausweis could not be verified. Nothing was "
        "changed. Please try again later."
    )


# What leaves the session open: the document may be read, or the result fetched, later.
NOT_OVER = (NotReady, Unreachable, SessionGone)
