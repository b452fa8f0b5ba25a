"""A page as visitors get it: from a site with the add-on, and from one without."""

from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.zope import NO_PORT
from collective.servicekonto.demo import site as demo
from io import BytesIO
from plone import api
from plone.distribution.api.site import create
from statistics import median
from typing import Any
from zope.component.hooks import setSite
from ZPublisher.WSGIPublisher import publish_module
import time


# As long as the other site's id, so that the addresses are as long.
PLAIN = "Plain"
PAGE = "rathaus/buergerbuero"
WARM_UP = 20
SAMPLES = 400


def measure() -> list[Measure]:
    """Measure the processor time in turns, in one process, without a web server."""
    _build_plain_site()
    with_addon, without = _paths(demo.SITE_ID), _paths(PLAIN)
    for path in (with_addon, without) * WARM_UP:
        _seconds(path)
    seconds: dict[str, list[float]] = {with_addon: [], without: []}
    for number in range(SAMPLES):
        pair = (with_addon, without) if number % 2 else (without, with_addon)
        for path in pair:
            seconds[path].append(_seconds(path))
    ratio = median(seconds[with_addon]) / median(seconds[without])
    return [
        at_most("registration.page with the add-on to without", ratio, 1.02),
        Measure("registration.page milliseconds", 1000 * median(seconds[with_addon])),
    ]


def _build_plain_site() -> None:
    with demo.application(NO_PORT) as root:
        plain = create(root, "classic", demo.TOWN | {"site_id": PLAIN})
        setSite(plain)
        setup = plain.portal_setup
        setup.runAllImportStepsFromProfile(demo.DEMO_PROFILE)
        # A folder takes its place, so that the navigation is as long as before.
        api.content.delete(plain[demo.PORTAL_ID], check_linkintegrity=False)
        setup.runAllImportStepsFromProfile("collective.servicekonto:uninstall")
        setup.runAllImportStepsFromProfile("collective.servicekonto:erase")
        folder = api.content.create(
            plain, "Folder", id=demo.PORTAL_ID, title="Bürgerportal"
        )
        api.content.transition(folder, "publish")


def _paths(site_id: str) -> str:
    return f"/{site_id}/{PAGE}"


def _seconds(path: str) -> float:
    started = time.thread_time()
    answer = publish_module(_environ(path), _expect_success)
    body = b"".join(answer)
    seconds = time.thread_time() - started
    if b"</html>" not in body:
        raise LookupError(path)
    return seconds


def _environ(path: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(NO_PORT),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.url_scheme": "http",
    }


def _expect_success(status: str, headers: list, error: Any = None) -> None:
    if not status.startswith("200"):
        raise LookupError(status)
