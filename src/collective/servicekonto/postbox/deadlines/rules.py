"""The dated table of rules on when a decision in the postbox counts as delivered.

Only the law makes a decision count as delivered, and a town must name which law it
relies upon. The procedure acts of the Länder say the same as the VwVfG of the Bund,
with exceptions: whoever chooses a basis checks whether the own Land is one (Hessen
was said to keep the third day in § 41 (2) HVwVfG; Bayern has no paragraph 2a and
its own rule in the BayDiG).

A day on which something counts as delivered is not the end of a period. It stays
where it is on Saturdays, Sundays and holidays (OVG Niedersachsen, 26.10.2006,
7 PA 184/06; VGH Kassel, OS IV 97/65).
"""

from datetime import date
from enum import Enum
from typing import NamedTuple


class Basis(Enum):
    """The law by which a decision counts as delivered."""

    OZG_9 = "ozg-9"
    VWVFG_41_2 = "vwvfg-41-2"
    VWVFG_41_2A = "vwvfg-41-2a"
    BAYDIG_24 = "baydig-24"

    @property
    def citation(self) -> str:
        """Return the paragraph in German, as it is cited."""
        return _CITATIONS[self]


_CITATIONS = {
    Basis.OZG_9: "§ 9 Absatz 1 des Onlinezugangsgesetzes (OZG)",
    Basis.VWVFG_41_2: (
        "§ 41 Absatz 2 Satz 2 des Verwaltungsverfahrensgesetzes (VwVfG)"
    ),
    Basis.VWVFG_41_2A: "§ 41 Absatz 2a des Verwaltungsverfahrensgesetzes (VwVfG)",
    Basis.BAYDIG_24: "Artikel 24 Absatz 2 des Bayerischen Digitalgesetzes (BayDiG)",
}

OBJECTION = (
    "§ 70 Absatz 1 der Verwaltungsgerichtsordnung (VwGO) mit §§ 187 bis 193 des "
    "Bürgerlichen Gesetzbuchs (BGB)"
)


class Start(Enum):
    """From which event on the days are counted; its own day does not count."""

    PROVIDED = "provided"
    NOTIFIED = "notified"
    RETRIEVED = "retrieved"


class Rule(NamedTuple):
    """A line of the table.

    ``since``, ``until``  first and last day on which a decision was provided to which
                          the rule applies; ``until`` is None for today's rule
    ``days``              how many days after the start it counts as delivered
    ``to_retrieve``       how many days after the notice it can be retrieved, None for
                          no limit
    ``source``            where the text is, and since when
    """

    basis: Basis
    since: date
    until: date | None
    start: Start
    days: int
    to_retrieve: int | None
    source: str


class NotInForce(LookupError):
    """The law was not in force on that day."""


RULES = (
    Rule(
        Basis.OZG_9,
        date(2020, 12, 10),
        date(2024, 12, 31),
        Start.PROVIDED,
        3,
        None,
        "Art. 1 G. v. 3.12.2020, BGBl. I S. 2668; G. v. 19.7.2024, BGBl. I Nr. 245",
    ),
    Rule(
        Basis.OZG_9,
        date(2025, 1, 1),
        None,
        Start.PROVIDED,
        4,
        None,
        "§ 9 Abs. 1 Satz 4 OZG in der seit dem 1.1.2025 geltenden Fassung",
    ),
    Rule(
        Basis.VWVFG_41_2,
        date(2003, 2, 1),
        date(2024, 12, 31),
        Start.PROVIDED,
        3,
        None,
        "Bek. v. 23.1.2003, BGBl. I S. 102",
    ),
    Rule(
        Basis.VWVFG_41_2,
        date(2025, 1, 1),
        None,
        Start.PROVIDED,
        4,
        None,
        "Art. 2 des PostModG v. 15.7.2024, BGBl. 2024 I Nr. 236",
    ),
    Rule(
        Basis.VWVFG_41_2A,
        date(2017, 1, 1),
        None,
        Start.RETRIEVED,
        1,
        10,
        "§ 41 Abs. 2a Satz 3 bis 5 VwVfG in der seit dem 1.1.2017 geltenden Fassung",
    ),
    Rule(
        Basis.BAYDIG_24,
        date(2022, 8, 1),
        None,
        Start.NOTIFIED,
        3,
        None,
        "Art. 24 Abs. 2 BayDiG v. 22.7.2022, in Kraft seit dem 1.8.2022",
    ),
)


def rule(basis: Basis, provided: date) -> Rule:
    """Return the rule for a decision that was provided on this day.

    Raises NotInForce.
    """
    for one in RULES:
        if one.basis is basis and one.since <= provided <= (one.until or date.max):
            return one
    raise NotInForce(basis, provided)
