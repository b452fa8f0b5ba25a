"""The examples of the citizens' Postfach in docs/rest are what the server answers."""

from collective.servicekonto.identity.levels import TrustLevel


def test_reading(erika, shown, send, clock):
    clock.forward(minutes=10)
    message = send()
    shown("postbox", erika.get("@servicekonto-postbox"))
    shown("postbox-unread", erika.get("@servicekonto-postbox-unread"))
    body = {"folder": "eingang", "text": "Antrag", "since": "2026-11-01"}
    shown("postbox-search", erika.post("@servicekonto-postbox-search", json=body))
    body["since"] = "yesterday"
    wrong = erika.post("@servicekonto-postbox-search", json=body)
    shown("postbox-search-incorrect", wrong)
    address = f"@servicekonto-postbox-message/{message}"
    shown("postbox-message-before", erika.get(address))
    clock.forward(minutes=5)
    opened = erika.post(f"@servicekonto-postbox-open/{message}", json={})
    shown("postbox-open", opened)
    shown("postbox-message", erika.get(address))
    shown("postbox-receipt", erika.get(f"@servicekonto-postbox-receipt/{message}"))
    shown("receipt-key", erika.without_token().get("@servicekonto-receipt-key"))


def test_what_cannot_be_read(erika, shown, send):
    message = send(level=TrustLevel.HIGH)
    locked = erika.post(f"@servicekonto-postbox-open/{message}", json={})
    shown("postbox-open-locked", locked)
    unknown = erika.get(f"@servicekonto-postbox-message/{'0' * 32}")
    shown("postbox-message-unknown", unknown)


def test_acting(erika, shown, send):
    message = send()
    address = f"@servicekonto-postbox-message/{message}"
    archived = erika.patch(address, json={"action": "archivieren"})
    shown("postbox-message-patch", archived)
    refused = erika.patch(address, json={"action": "endgueltig"})
    shown("postbox-message-patch-refused", refused)
    body = {"action": "loeschen", "ids": [message, "0" * 32]}
    shown("postbox-patch", erika.patch("@servicekonto-postbox", json=body))
