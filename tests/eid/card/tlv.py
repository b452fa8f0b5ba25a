"""Data objects in BER-TLV (TR-03110-3, appendix D); what is written is DER."""

from dataclasses import dataclass


class Malformed(ValueError):
    """The octets are no data objects."""


@dataclass(frozen=True)
class DataObject:
    """A tag as it is written on the line (0x7F49), its value, and all its octets."""

    tag: int
    value: bytes
    encoded: bytes

    def children(self) -> list["DataObject"]:
        """Return the data objects inside; raises Malformed."""
        return parse(self.value)

    def child(self, *path: int) -> "DataObject":
        """Return what is found along the tags; raises Malformed."""
        found = self
        for tag in path:
            found = one(found.value, tag)
        return found


def parse(data: bytes) -> list[DataObject]:
    """Return the data objects that stand one after another; raises Malformed."""
    objects = []
    while data:
        each, data = _first(data)
        objects.append(each)
    return objects


def one(data: bytes, tag: int) -> DataObject:
    """Return the only data object with this tag; raises Malformed."""
    found = [each for each in parse(data) if each.tag == tag]
    if len(found) != 1:
        raise Malformed(f"{len(found)} data objects {tag:X}")
    return found[0]


def optional(data: bytes, tag: int) -> DataObject | None:
    """Return the data object with this tag, or None; raises Malformed."""
    present = any(each.tag == tag for each in parse(data))
    return one(data, tag) if present else None


def encode(tag: int, *parts: bytes) -> bytes:
    """Return the data object whose value consists of the parts."""
    value = b"".join(parts)
    head = tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big")
    return head + _length(len(value)) + value


def oid(dotted: str) -> bytes:
    """Return the value of an object identifier, without tag and length."""
    first, second, *rest = (int(each) for each in dotted.split("."))
    return b"".join(_base128(each) for each in (first * 40 + second, *rest))


def unsigned(number: int) -> bytes:
    """Return an integer in as few octets as possible, without a sign."""
    return number.to_bytes((number.bit_length() + 7) // 8 or 1, "big")


def integer(number: int) -> bytes:
    """Return an INTEGER of ASN.1."""
    return encode(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _base128(number: int) -> bytes:
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.insert(0, number & 0x7F | 0x80)
    return bytes(digits)


def _length(length: int) -> bytes:
    if length < 0x80:
        return bytes([length])
    octets = unsigned(length)
    return bytes([0x80 | len(octets)]) + octets


def _first(data: bytes) -> tuple[DataObject, bytes]:
    tag, start = _read_tag(data)
    length, start = _read_length(data, start)
    end = start + length
    if end > len(data):
        raise Malformed("shorter than announced")
    return DataObject(tag, data[start:end], data[:end]), data[end:]


def _read_tag(data: bytes) -> tuple[int, int]:
    end = 1
    if data[0] & 0x1F == 0x1F:
        while True:
            if end >= len(data) or end > 3:
                raise Malformed("tag")
            end += 1
            if not data[end - 1] & 0x80:
                break
    return int.from_bytes(data[:end], "big"), end


def _read_length(data: bytes, start: int) -> tuple[int, int]:
    if start >= len(data):
        raise Malformed("no length")
    first = data[start]
    if first < 0x80:
        return first, start + 1
    count = first & 0x7F
    octets = data[start + 1 : start + 1 + count]
    if not 1 <= count <= 4 or len(octets) < count:
        raise Malformed("length")
    return int.from_bytes(octets, "big"), start + 1 + count
