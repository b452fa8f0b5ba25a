"""Zope's error log says what failed, and nothing of who was there and what was typed.

Requests are recognised by the layer of the add-on: all of a site that has it.
"""

from collections.abc import Iterator
from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.portal.viewlets import is_citizen
from Products.SiteErrorLog.SiteErrorLog import temp_logs
from typing import Any
from zope.globalrequest import getRequest


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
    typed = sorted(_texts(request.form), key=len, reverse=True)
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


def _texts(form: dict[str, Any]) -> Iterator[str]:
    for value in form.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and len(one) >= _SHORTEST:
                yield one


def _without(typed: list[str], part: Any) -> Any:
    if not isinstance(part, str):
        return part
    for text in typed:
        part = part.replace(text, _REMOVED)
    return part
