"""Data groups of the eID application (TR-03110-4, 2.2.3; TR-03127, 3.4.3)."""

from calendar import monthrange
from datetime import date
from tests.eid.card.persons import Address
from tests.eid.card.persons import Person
from tests.eid.card.tlv import encode


APPLICATION = bytes.fromhex("E80704007F00070302")
UTF8, NUMERIC, PRINTABLE, OCTETS, SEQUENCE = 0x0C, 0x12, 0x13, 0x04, 0x30


def groups_of(person: Person) -> dict[int, bytes]:
    """Return what each data group holds; a number that is not there is no file."""
    values = {
        1: encode(PRINTABLE, person.document_type.encode()),
        2: encode(PRINTABLE, b"D"),
        3: encode(NUMERIC, _digits(person.expires)),
        4: _text(person.given_names),
        5: _text(person.family_names),
        6: _text(person.artistic_name),
        7: _text(person.doctoral_degree),
        8: encode(NUMERIC, person.born.encode()),
        9: encode(0xA1, _text(person.birthplace)),
        10: encode(PRINTABLE, person.nationality.encode()),
        17: _residence(person.residence),
        18: encode(OCTETS, bytes.fromhex(person.community)),
    }
    if person.birth_name is not None:
        values[13] = _text(person.birth_name)
    return {number: encode(0x60 | number, value) for number, value in values.items()}


def latest_birthday(born: str) -> date:
    """Return the latest day that a partly known date may be (TR-03127, 4.4.5)."""
    year = int(born[:4])
    month = int(born[4:6]) if born[4:6].strip() else 12
    day = int(born[6:8]) if born[6:8].strip() else monthrange(year, month)[1]
    return date(year, month, day)


def _text(text: str) -> bytes:
    return encode(UTF8, text.encode())


def _digits(day: date) -> bytes:
    return f"{day:%Y%m%d}".encode()


def _residence(residence: Address | str) -> bytes:
    if isinstance(residence, str):
        return encode(0xA2, _text(residence))
    parts = [
        encode(0xAA, _text(residence.street)),
        encode(0xAB, _text(residence.city)),
        encode(0xAC, _text(residence.state)) if residence.state else b"",
        encode(0xAD, encode(PRINTABLE, residence.country.encode())),
        encode(0xAE, encode(PRINTABLE, residence.postal_code.encode())),
    ]
    return encode(SEQUENCE, *parts)
