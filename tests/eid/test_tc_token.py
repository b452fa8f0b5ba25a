"""The TC token says to the app where to go, and back."""

from collective.servicekonto.eid.port import Opened
from collective.servicekonto.eid.tc_token import desktop_link
from collective.servicekonto.eid.tc_token import no_token
from collective.servicekonto.eid.tc_token import phone_link
from collective.servicekonto.eid.tc_token import tc_token
from urllib.parse import parse_qs
from urllib.parse import urlsplit
from xml.etree import ElementTree


ADDRESS = "https://stadt.example/portal/eid-token?vorgang=a-b_c&x=1"


def parsed(xml):
    """Return the texts of the elements by their names."""
    found = ElementTree.fromstring(xml)
    return {one.tag: one.text for one in found.iter() if one.text}


def test_with_a_psk_the_app_opens_a_connection_of_its_own():
    opened = Opened("secret", "https://eid.example/paos", "session", "c0ffee")
    token = parsed(tc_token(opened, f"{ADDRESS}&y=2", "https://stadt.example/f"))
    assert token == {
        "ServerAddress": "https://eid.example/paos",
        "SessionIdentifier": "session",
        "RefreshAddress": f"{ADDRESS}&y=2",
        "CommunicationErrorAddress": "https://stadt.example/f",
        "Binding": "urn:liberty:paos:2006-08",
        "PathSecurity-Protocol": "urn:ietf:rfc:4279",
        "PSK": "c0ffee",
    }


def test_without_a_psk_it_stays_on_the_connection():
    opened = Opened("secret", "https://eid.example/paos", "session", "")
    token = tc_token(opened, ADDRESS, ADDRESS)
    assert b"PathSecurity" not in token


def test_the_server_s_own_name_of_the_session_is_in_no_token():
    opened = Opened("secret", "https://eid.example/paos", "session", "c0ffee")
    assert b"secret" not in tc_token(opened, ADDRESS, ADDRESS)


def test_in_place_of_a_token_there_is_an_explanation():
    assert parsed(no_token(ADDRESS)) == {"CommunicationErrorAddress": ADDRESS}


def test_the_links_carry_the_whole_address():
    for link in (desktop_link(ADDRESS), phone_link(ADDRESS)):
        assert parse_qs(urlsplit(link).query) == {"tcTokenURL": [ADDRESS]}
