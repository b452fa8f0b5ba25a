"""Zope's error log says what failed, and nothing of who was there and what was typed.

Requests are recognised by the layer of the add-on: all of a site that has it.
"""

from collections.abc import Iterator
from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.portal.viewlets import is_citizen
from Products.SiteErrorLog.SiteErrorLog import temp_logs
from typing import Any
from zope.globalrequest import getRequest
import json


# What is shorter is no name; taking it out would make messages unreadable.
_SHORTEST = 3

_REMOVED = "…"


def blank_out_entries(event: Any) -> None:
    """Take what was typed out of the messages of an exception before they are logged.

    For subscribers of IPubBeforeAbort; a request that will be retried is logged by
    nobody.
    """
    request = event.request
    if event.retry or not IServicekontoLayer.providedBy(request):
        return
    sent = [*_texts(request.form), *_texts(_parsed(request.get("BODY")))]
    typed = sorted(sent, key=len, reverse=True)
    error: BaseException | None = event.exc_info[1]
    while error is not None:
        error.args = tuple(_without(typed, one) for one in error.args)
        error = error.__cause__ or error.__context__


def forget_request(event: Any) -> None:
    """Take cookies, headers and form out of what Zope's error log keeps.

    For subscribers of IErrorRaisedEvent, which holds a copy of the entry.
    """
    if not IServicekontoLayer.providedBy(getRequest()):
        return
    entries = (entry for log in list(temp_logs.values()) for entry in list(log))
    for entry in entries:
        if entry["id"] == event["id"]:
            entry["req_html"] = None
            if is_citizen():
                entry["username"] = entry["userid"] = None


def _texts(sent: Any) -> Iterator[str]:
    if isinstance(sent, str) and len(sent) >= _SHORTEST:
        yield sent
    elif isinstance(sent, dict | list):
        for one in sent.values() if isinstance(sent, dict) else sent:
            yield from _texts(one)


def _parsed(body: Any) -> Any:
    try:
        return json.loads(body or b"null")
    except (TypeError, ValueError, RecursionError):
        return None


def _without(typed: list[str], part: Any) -> Any:
    if not isinstance(part, str):
        return part
    for text in typed:
        part = part.replace(text, _REMOVED)
    return part
