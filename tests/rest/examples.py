"""Recorded requests and answers: documentation that a test keeps true.

``RECORD_EXAMPLES=1`` writes them anew; otherwise they are compared. What differs
from run to run stands for itself as a word in capitals.
"""

from pathlib import Path
from typing import Any
import json
import os
import re


DIRECTORY = Path(__file__).parents[2] / "docs" / "rest"
PUBLIC_URL = "https://www.musterstadt.example/buergerportal"
SITE_URL = "https://www.musterstadt.example"

_REQUEST_HEADERS = (
    "Accept",
    "Accept-Language",
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "X-Servicekonto-Browser",
    "X-Servicekonto-Draft",
)
_ANSWER_HEADERS = (
    "Cache-Control",
    "Content-Disposition",
    "Content-Type",
    "Location",
    "Retry-After",
)
_VOLATILE = {
    "browser": "SECRET-OF-THE-BROWSER",
    "challenge": "CHALLENGE",
    "credential": {
        "id": "CREDENTIAL",
        "rawId": "CREDENTIAL",
        "response": {"clientDataJSON": "CLIENT-DATA"},
        "type": "public-key",
    },
    "base64": "PUBLIC-KEY",
    "desktop": "LINK-TO-THE-EID-CLIENT",
    "digest": "DIGEST",
    "draft": "DRAFT-KEY",
    "hash": "HASH",
    "id": "ID",
    "key": "KEY-ID",
    "pem": "PUBLIC-KEY",
    "guard_payload": "SOLUTION-OF-THE-PUZZLE",
    "guard_state": "STATE-OF-THE-GUARD",
    "question": "How much is one plus two? Please write the number.",
    "salt": "SALT",
    "secret": "SECRET-OF-THE-REFRESH-ADDRESS",
    "signature": "SIGNATURE",
    "state": "STATE-OF-THE-GUARD",
    "tc_token": "ADDRESS-OF-THE-TC-TOKEN",
    "token": "TOKEN",
}


_SECRET_HEADERS = {
    "X-Servicekonto-Browser": _VOLATILE["browser"],
    "X-Servicekonto-Draft": _VOLATILE["draft"],
}


# Messages and offices have such ids, also as parts of addresses.
_ID = re.compile(r"\b[0-9a-f]{32}\b")
_FILE_ID = re.compile(r"(?<=/ID/)[\w-]{22}\b")
# Of applications, whose states are words; others are secrets.
_STATE = re.compile(r"[a-z_]{1,20}|.* .*")
_NUMBER = re.compile(r"\bA(-[0-9A-F]{4}){3}-[0-9]{2}\b")
_VERSION = re.compile(r"\b[0-9a-f]{48}\b")


def check(name: str, response: Any, portal_url: str) -> None:
    """Compare request and answer with the examples of this name, or write them."""
    texts = {"req": _request(response.request), "resp": _answer(response)}
    for suffix, text in texts.items():
        path = DIRECTORY / f"{name}.{suffix}"
        public = _public(text, portal_url)
        if os.environ.get("RECORD_EXAMPLES") == "1":
            path.write_text(public, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == public


def _request(request: Any) -> str:
    lines = [f"{request.method} {request.url} HTTP/1.1"]
    for name in _REQUEST_HEADERS:
        if name in request.headers:
            lines.append(f"{name}: {_header(name, request.headers[name])}")
    return _message(lines, request.body)


def _answer(response: Any) -> str:
    lines = [f"HTTP/1.1 {response.status_code} {response.reason}"]
    for name in _ANSWER_HEADERS:
        if name in response.headers:
            lines.append(f"{name}: {response.headers[name]}")
    return _message(lines, response.content)


def _header(name: str, value: str) -> str:
    if name == "Authorization":
        return "Bearer TOKEN"
    return _SECRET_HEADERS.get(name, value)


def _message(lines: list[str], body: bytes | None) -> str:
    if body:
        lines = [*lines, "", _body(body)]
    return "\n".join(lines) + "\n"


def _body(body: bytes) -> str:
    try:
        stable = _stable(json.loads(body))
    except ValueError:
        return "CONTENT"
    return json.dumps(stable, indent=2, sort_keys=True, ensure_ascii=False)


def _stable(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: member
            if name == "state" and _STATE.fullmatch(member)
            else _VOLATILE.get(name, _stable(member))
            for name, member in value.items()
        }
    return [_stable(each) for each in value] if isinstance(value, list) else value


def _public(text: str, portal_url: str) -> str:
    site_url = portal_url.rpartition("/")[0]
    public = text.replace(portal_url, PUBLIC_URL).replace(site_url, SITE_URL)
    public = _NUMBER.sub("A-NUMBER", _VERSION.sub("VERSION", public))
    return _FILE_ID.sub("FILE-ID", _ID.sub("ID", public))
