"""The examples of the citizens' Postfach in docs/rest are what the server answers."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.postbox.attachments.limits import for_staff
from io import BytesIO


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


def test_replying(erika, shown, send):
    question, unanswerable = send(), send(reply_until=None)
    for message in (question, unanswerable):
        erika.post(f"@servicekonto-postbox-open/{message}", json={})
    address = f"@servicekonto-postbox-reply/{question}"
    headers = {"Idempotency-Key": "7c9a4c66-cb1a-4c5e-8a5c-9d1c3f2a9d10"}
    body = {"text": "Guten Tag,\nanbei sende ich die Kopie."}
    shown("postbox-reply", erika.post(address, json=body, headers=headers))
    body["text"] = ""
    shown("postbox-reply-incorrect", erika.post(address, json=body))
    body["text"] = "Something else"
    reused = erika.post(address, json=body, headers=headers)
    shown("postbox-reply-key-reused", reused)
    address = f"@servicekonto-postbox-reply/{unanswerable}"
    shown("postbox-reply-refused", erika.post(address, json=body))


def test_files(erika, shown, send, site):
    file = take_in(BytesIO(b"Bescheid"), "Bescheid.txt", for_staff())
    message = send(attachments=(file,))
    address = f"@servicekonto-postbox-attachment/{message}/{file.id}"
    shown("postbox-attachment-not-opened", erika.get(address))
    opened = erika.post(f"@servicekonto-postbox-open/{message}", json={})
    shown("postbox-open-files", opened)
    shown("postbox-attachment", erika.get(address))


def test_being_away(erika, shown):
    address = "@servicekonto-postbox-absence"
    body = {"first": "2026-12-01", "last": "2026-12-14"}
    shown("postbox-absence-put", erika.put(address, json=body))
    body["last"] = "2026-11-01"
    shown("postbox-absence-incorrect", erika.put(address, json=body))
    shown("postbox-absence", erika.get(address))
    shown("postbox-absence-delete", erika.delete(address, json={}))
