"""Data objects of cards are written and read as TR-03110-3, appendix D, says."""

from collective.servicekonto.eid.testserver import tlv
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
import pytest


# The machine may be busy with other things.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TAGS = st.sampled_from([0x06, 0x30, 0x7C, 0x5F37, 0x7F4E, 0xA0])


@patient
@given(TAGS, st.binary(max_size=1_000))
def test_what_is_written_is_read(tag, value):
    node = tlv.parse_one(tlv.encode(tag, value), tag)
    assert node.value == value


@pytest.mark.parametrize(
    ("size", "length"),
    [(0, "00"), (127, "7f"), (128, "8180"), (255, "81ff"), (256, "820100")],
)
def test_lengths_take_as_few_octets_as_possible(size, length):
    assert tlv.encode(0x04, bytes(size))[1 : 1 + len(length) // 2].hex() == length


@pytest.mark.parametrize(
    ("dotted", "encoded"),
    [
        ("0.4.0.127.0.7.3.1.2.2", "060904007f000703010202"),
        ("1.2.840.10045.1.1", "06072a8648ce3d0101"),
        ("2.999.3", "0603883703"),
    ],
)
def test_object_identifiers(dotted, encoded):
    assert tlv.oid(dotted).hex() == encoded
    assert tlv.dotted(tlv.parse_one(bytes.fromhex(encoded), 0x06)) == dotted


@pytest.mark.parametrize(
    "encoded",
    ["04", "0402ff", "0480", "048400000001", "7f", "7f8101", "0481", "04820001"],
    ids=["no length", "short", "indefinite", "long", "half", "three", "open", "early"],
)
def test_what_is_not_built_that_way_is_refused(encoded):
    with pytest.raises(tlv.Malformed):
        tlv.parse(bytes.fromhex(encoded))


def test_two_of_what_there_is_one_of_are_refused():
    twice = tlv.parse_one(tlv.encode(0x30, tlv.oid("1.2.3"), tlv.oid("1.2.4")), 0x30)
    with pytest.raises(tlv.Malformed):
        twice.child(0x06)
