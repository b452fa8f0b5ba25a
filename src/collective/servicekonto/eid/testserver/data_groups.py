"""What the data groups of the eID application say (TR-03110-4, 2.2.3; TR-03127)."""

from collections.abc import Callable
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.eid.testserver import tlv
from collective.servicekonto.eid.testserver.cvc import DATA_GROUPS
from collective.servicekonto.identity.dates import DateProblem
from collective.servicekonto.identity.dates import parse_card_date
from datetime import date
from datetime import datetime
import zlib


UTF8, NUMERIC, PRINTABLE, OCTETS = 0x0C, 0x12, 0x13, 0x04
SEQUENCE, SET = 0x30, 0x31
FREE_TEXT, NO_PLACE, COMPRESSED = 0xA1, 0xA2, 0xA2
STREET, CITY, STATE, COUNTRY, POSTAL_CODE = 0xAA, 0xAB, 0xAC, 0xAD, 0xAE

# What a compressed text may grow to; remarks in residence permits are short.
LARGEST_TEXT = 10_000


def read(operation: Operation, encoded: bytes, today: date) -> str | Place:
    """Return what a data group says, as the port wants it. Raises Malformed."""
    content = tlv.parse_one(encoded, 0x60 | DATA_GROUPS[operation]).children()
    if len(content) != 1:
        raise tlv.Malformed("Not one value in a data group.")
    if operation is Operation.DATE_OF_BIRTH:
        return _birth_date(content[0], today)
    return _READERS[operation](content[0])


def _characters(node: tlv.Node) -> str:
    if node.tag not in (UTF8, NUMERIC, PRINTABLE):
        raise tlv.Malformed("Not a text.")
    try:
        return node.value.decode()
    except UnicodeDecodeError as error:
        raise tlv.Malformed("Not a text in UTF-8.") from error


def _inner(node: tlv.Node) -> str:
    """Return the text inside of a data object."""
    content = node.children()
    if len(content) != 1:
        raise tlv.Malformed("Not one text inside.")
    return _characters(content[0])


def _birth_date(node: tlv.Node, today: date) -> str:
    try:
        return parse_card_date(_characters(node), today)
    except DateProblem as error:
        raise tlv.Malformed("Not a date of birth.") from error


def _expiry(node: tlv.Node) -> str:
    try:
        return datetime.strptime(_characters(node), "%Y%m%d").date().isoformat()
    except ValueError as error:
        raise tlv.Malformed("Not a date of expiry.") from error


def _place(node: tlv.Node) -> Place:
    if node.tag == FREE_TEXT:
        return Place(text=_inner(node))
    if node.tag == NO_PLACE:
        return Place(no_place=_inner(node))
    if node.tag != SEQUENCE:
        raise tlv.Malformed("Not a place.")

    def part(tag: int) -> str:
        found = node.find(tag)
        return _inner(found) if found else ""

    return Place(
        street=part(STREET),
        city=part(CITY),
        state=part(STATE),
        country=part(COUNTRY),
        postal_code=part(POSTAL_CODE),
    )


def _residence(node: tlv.Node) -> Place:
    """Return the place, or of several the first."""
    if node.tag != SET:
        return _place(node)
    places = node.children()
    if not places:
        raise tlv.Malformed("A set without places.")
    return _place(places[0])


def _issuing_state(node: tlv.Node) -> str:
    return _place(node).country if node.tag == SEQUENCE else _characters(node)


def _community(node: tlv.Node) -> str:
    if node.tag != OCTETS:
        raise tlv.Malformed("Not a community id.")
    return node.value.hex()


def _remark(node: tlv.Node) -> str:
    if node.tag != COMPRESSED:
        return _inner(node)
    packed = tlv.parse_one(node.value, OCTETS).value
    try:
        text = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, LARGEST_TEXT)
        return text.decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise tlv.Malformed("Not a compressed text.") from error


_READERS: dict[Operation, Callable[[tlv.Node], str | Place]] = {
    Operation.DOCUMENT_TYPE: _characters,
    Operation.ISSUING_STATE: _issuing_state,
    Operation.DATE_OF_EXPIRY: _expiry,
    Operation.GIVEN_NAMES: _characters,
    Operation.FAMILY_NAMES: _characters,
    Operation.ARTISTIC_NAME: _characters,
    Operation.ACADEMIC_TITLE: _characters,
    Operation.PLACE_OF_BIRTH: _place,
    Operation.NATIONALITY: _characters,
    Operation.BIRTH_NAME: _characters,
    Operation.PLACE_OF_RESIDENCE: _residence,
    Operation.COMMUNITY_ID: _community,
    Operation.RESIDENCE_PERMIT_I: _remark,
}
