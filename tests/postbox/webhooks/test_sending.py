"""A webhook reaches the program, and nothing else of the network."""

from collective.servicekonto.offices.webhook import ImpossibleWebhook
from collective.servicekonto.offices.webhook import is_possible
from collective.servicekonto.postbox.webhooks import sending
from collective.servicekonto.postbox.webhooks.signing import DIRECTORY
from collective.servicekonto.postbox.webhooks.signing import NoSecret
from collective.servicekonto.postbox.webhooks.signing import secrets_of
from collective.servicekonto.postbox.webhooks.signing import signature
from tests.postbox.webhooks.receiver import is_signed
from tests.postbox.webhooks.receiver import SECRET
import pytest
import socket
import threading
import time


OFFICE = "0123456789abcdef"
OTHER = "whsec_" + "QUJD" * 8


@pytest.mark.parametrize(
    "url",
    [
        "https://fachverfahren.example/webhook",
        "https://fachverfahren.example:8443/?office=1",
        "http://127.0.0.1:8000/",
        "http://[::1]:8000/",
    ],
)
def test_an_address_with_https_is_possible(url):
    assert is_possible(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://fachverfahren.example/",
        "http://localhost/",
        "ftp://fachverfahren.example/",
        "file:///etc/passwd",
        "https://",
        "https:///webhook",
        "https://user:password@fachverfahren.example/",
        "https://fachverfahren.example@127.0.0.1/",
        "https://fachverfahren.example/#part",
        "https://fachverfahren.example:99999/",
        "https://fachverfahren.example:0/",
        "https://fachverfahren.example:22/",
        "https://fachverfahren.example:80/",
        "https://[::1/",
        "https://fachverfahren.example/ x",
        "https://fachverfahren.example/\r\nX: y",
        "https://müller.example/",
        "gopher",
    ],
)
def test_another_address_is_not(url):
    with pytest.raises(ImpossibleWebhook):
        is_possible(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "::127.0.0.1",
        "::9.9.9.9",
        "fec0::1",
        "192.0.0.9",
        "192.88.99.1",
        "fe80::1",
        "fd00::1",
        "localhost",
    ],
)
def test_nothing_inside_can_be_reached(host, monkeypatch):
    monkeypatch.delenv(sending.HOSTS, raising=False)
    with pytest.raises(sending.NotAllowed):
        sending.address_of(host, 443)


def test_a_host_inside_can_be_allowed(monkeypatch):
    monkeypatch.setenv(sending.HOSTS, "fachverfahren.intern, 127.0.0.1")
    assert sending.address_of("127.0.0.1", 443) == "127.0.0.1"
    with pytest.raises(sending.NotAllowed):
        sending.address_of("127.0.0.2", 443)


def test_an_address_in_the_internet_is_fine(monkeypatch):
    monkeypatch.delenv(sending.HOSTS, raising=False)
    assert sending.address_of("9.9.9.9", 443) == "9.9.9.9"


@pytest.mark.parametrize("port", [22, 25, 80, 600])
def test_a_port_of_another_service_is_not_used_whoever_wrote_it_down(port, monkeypatch):
    monkeypatch.setenv(sending.HOSTS, "127.0.0.1")
    with pytest.raises(sending.NotAllowed):
        sending.post(f"https://127.0.0.1:{port}/", {}, b"{}")


def test_what_only_listens_is_left_after_the_time(monkeypatch):
    monkeypatch.setenv(sending.HOSTS, "127.0.0.1")
    monkeypatch.setattr(sending, "SECONDS", 0.5)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def drip():
        connection, _address = listening.accept()
        with connection:
            for _second in range(40):
                time.sleep(0.1)
                try:
                    connection.sendall(b"H")
                except OSError:
                    return

    threading.Thread(target=drip, daemon=True).start()
    started = time.monotonic()
    with pytest.raises(sending.NoAnswer):
        sending.post(f"http://127.0.0.1:{port}/", {}, b"{}")
    assert time.monotonic() - started < 2
    listening.close()


def test_https_needs_a_certificate_that_is_valid(monkeypatch):
    monkeypatch.setenv(sending.HOSTS, "127.0.0.1")
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    seen = []

    def answer():
        connection, _address = listening.accept()
        with connection:
            seen.append(connection.recv(1000))

    threading.Thread(target=answer, daemon=True).start()
    with pytest.raises(sending.NoAnswer):
        sending.post(f"https://127.0.0.1:{port}/", {}, b"secret")
    listening.close()
    assert b"secret" not in b"".join(seen)


@pytest.fixture
def directory(tmp_path, monkeypatch):
    """Where the secrets are."""
    monkeypatch.setenv(DIRECTORY, str(tmp_path))
    return tmp_path


def test_while_a_secret_is_exchanged_both_sign(directory):
    (directory / OFFICE).write_text(f"{SECRET}\n{OTHER}\n")
    header = signature(secrets_of(OFFICE), "msg_1", 17, b"{}")
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": "17",
        "webhook-signature": header,
    }
    assert is_signed(headers, b"{}", SECRET)
    assert is_signed(headers, b"{}", OTHER)
    assert not is_signed(headers, b"{ }", SECRET)
    assert not is_signed(headers | {"webhook-timestamp": "18"}, b"{}", SECRET)


@pytest.mark.parametrize("content", ["", "geheim", "whsec_", "whsec_QUJD", "whsec_*"])
def test_a_secret_that_is_none(directory, content):
    (directory / OFFICE).write_text(content)
    with pytest.raises(NoSecret):
        secrets_of(OFFICE)


@pytest.mark.parametrize("office", ["", "../secret", "nobody"])
def test_an_office_without_a_secret(directory, office):
    with pytest.raises(NoSecret):
        secrets_of(office)
