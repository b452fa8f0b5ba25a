"""What the staff noted about an application.

Notes are personal data of the citizen, who gets them with all other data (Art. 15
DSGVO). One can be withheld where the law allows it; the reason is kept with it.
"""

from typing import Any
from typing import NamedTuple


class Note(NamedTuple):
    """A note of the staff.

    ``at``       epoch seconds
    ``by``       id of a member
    ``withheld`` why the citizen does not get it, empty where the citizen does
    """

    at: int
    by: str
    text: str
    withheld: str = ""


def notes(application: Any) -> list[Note]:
    """Return the notes, the first one first."""
    return [Note(*one) for one in application.notes]


def add(application: Any, note: Note) -> None:
    """Keep a note."""
    application.notes = (*application.notes, tuple(note))


def exported(application: Any) -> list[dict[str, Any]]:
    """Return what the citizen gets: not who wrote it, and nothing that is withheld.

    That something is withheld is said, so that one can ask for the reason.
    """
    return [
        {
            "at": one.at,
            "text": "" if one.withheld else one.text,
            "withheld": bool(one.withheld),
        }
        for one in notes(application)
    ]
