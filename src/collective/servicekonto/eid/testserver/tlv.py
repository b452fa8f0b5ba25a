"""Tag, length and value: the encoding of everything a card says (TR-03110-3, D)."""

from collections.abc import Iterator


class Malformed(ValueError):
    """What came from outside is not built as the guideline says."""


class Node:
    """A data object: its tag, its value, and where it has any, the objects inside.

    ``encoded``  the whole object as it was received, tag and length included
    """

    def __init__(self, tag: int, value: bytes, encoded: bytes) -> None:
        self.tag = tag
        self.value = value
        self.encoded = encoded

    def children(self) -> list["Node"]:
        """Return the objects inside. Raises Malformed."""
        return parse(self.value)

    def child(self, tag: int) -> "Node":
        """Return the only object of that tag inside. Raises Malformed."""
        node = self.find(tag)
        if node is None:
            raise Malformed(f"No data object {tag:X}.")
        return node

    def find(self, tag: int) -> "Node | None":
        """Return the only object of that tag inside, or None. Raises Malformed."""
        found = [node for node in self.children() if node.tag == tag]
        if len(found) > 1:
            raise Malformed(f"More than one data object {tag:X}.")
        return found[0] if found else None


def encode(tag: int, *values: bytes) -> bytes:
    """Return the data object of a tag whose value are these bytes, one after another."""
    value = b"".join(values)
    size = len(value)
    if size < 0x80:
        length = bytes([size])
    else:
        digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
        length = bytes([0x80 | len(digits)]) + digits
    return tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big") + length + value


def _tag(data: bytes, start: int) -> int:
    """Return where a tag of one or two octets ends."""
    if data[start] & 0x1F != 0x1F:
        return start + 1
    if start + 1 >= len(data) or data[start + 1] & 0x80:
        raise Malformed("A tag has more than two octets, or ends early.")
    return start + 2


def _length(data: bytes, start: int) -> tuple[int, int]:
    """Return a length and where it ends."""
    if start >= len(data):
        raise Malformed("A length is missing.")
    first = data[start]
    if first < 0x80:
        return first, start + 1
    end = start + 1 + (first & 0x7F)
    if not 1 <= first & 0x7F <= 3 or end > len(data):
        raise Malformed("A length has no octets, too many, or ends early.")
    return int.from_bytes(data[start + 1 : end], "big"), end


def _nodes(data: bytes) -> Iterator[Node]:
    start = 0
    while start < len(data):
        after_tag = _tag(data, start)
        size, begin = _length(data, after_tag)
        end = begin + size
        if end > len(data):
            raise Malformed("A value ends early.")
        tag = int.from_bytes(data[start:after_tag], "big")
        yield Node(tag, data[begin:end], data[start:end])
        start = end


def parse(data: bytes) -> list[Node]:
    """Return the data objects in a row. Raises Malformed."""
    return list(_nodes(data))


def parse_one(data: bytes, tag: int) -> Node:
    """Return the object, if it is the only one and of that tag. Raises Malformed."""
    nodes = parse(data)
    if len(nodes) != 1 or nodes[0].tag != tag:
        raise Malformed(f"Not one data object {tag:X}.")
    return nodes[0]


def oid(dotted: str) -> bytes:
    """Return an object identifier as data object 06."""
    first, second, *rest = (int(part) for part in dotted.split("."))
    return encode(0x06, *(_base128(number) for number in [40 * first + second, *rest]))


def _base128(number: int) -> bytes:
    octets = [number & 0x7F]
    while number := number >> 7:
        octets.insert(0, 0x80 | (number & 0x7F))
    return bytes(octets)


def dotted(node: Node) -> str:
    """Return the object identifier of a data object 06. Raises Malformed."""
    if node.tag != 0x06 or not node.value or node.value[-1] & 0x80:
        raise Malformed("Not an object identifier.")
    numbers = [0]
    for octet in node.value:
        numbers[-1] = numbers[-1] << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(0)
    first = min(numbers[0] // 40, 2)
    return ".".join(str(n) for n in [first, numbers[0] - 40 * first, *numbers[1:-1]])
