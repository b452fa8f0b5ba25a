"""The persons whose cards are played."""

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date


@dataclass(frozen=True)
class Address:
    """A place of residence in Germany."""

    street: str = "HEIDESTRASSE 17"
    city: str = "KÖLN"
    postal_code: str = "51147"
    state: str = ""
    country: str = "D"


@dataclass(frozen=True)
class Person:
    """What is printed on a card.

    ``born`` is YYYYMMDD with blanks for what is unknown (TR-03127, 3.4.3).
    ``birth_name`` None: the card has no such data group. ``residence`` may be the text
    of who has no address in Germany. ``seed`` tells cards of the same person apart.
    """

    given_names: str = "ERIKA MARIA"
    family_names: str = "MUSTERMANN"
    born: str = "19640812"
    birth_name: str | None = "GABLER"
    birthplace: str = "BERLIN"
    artistic_name: str = ""
    doctoral_degree: str = ""
    nationality: str = "D"
    residence: Address | str = field(default_factory=Address)
    community: str = "02760503150000"
    document_type: str = "ID"
    expires: date = date(2034, 10, 31)
    seed: str = "1"


ERIKA = Person()
ERIKA_WITH_A_NEW_CARD = replace(ERIKA, seed="2", expires=date(2036, 3, 1))
ERIKA_MOVED = replace(
    ERIKA,
    residence=Address("GÄRTNERWEG 3 A", "MÜNCHEN", "80331"),
    community="02760901620000",
)
# Letters of DIN SPEC 91379 that no keyboard in a town hall has.
ZOE = Person(
    given_names="ZOË ƏLÎF",
    family_names="ŁĘCKI-ÞÓRÐARDÓTTIR",
    born="19870228",
    birth_name="ÑUÑEZ D’ÄẞLER",
    birthplace="ŞANLIURFA",
    doctoral_degree="DR.HC.",
    artistic_name="M̂ÉLODIE",
    residence=Address("GROẞE ČECHSTRAẞE 1", "BAUTZEN/BUDYŠIN", "02625"),
    seed="zoe",
)
YEAR_ONLY = replace(ERIKA, given_names="AMINA", born="1950    ", seed="year")
YEAR_AND_MONTH = replace(ERIKA, given_names="SALIM", born="195005  ", seed="month")
CHILD = replace(ERIKA, given_names="MIA", born="20120229", birth_name="", seed="child")
EXPIRED = replace(ERIKA, expires=date(2019, 10, 31), seed="expired")
WITHOUT_BIRTH_NAME = replace(ERIKA, birth_name="", seed="no birth name")
OLD_CARD = replace(ERIKA, birth_name=None, seed="old card")
ABROAD = replace(
    ERIKA,
    residence="keine Wohnung in Deutschland",
    community="00000000000000",
    seed="abroad",
)
