"""A page as visitors get it: from a site with the add-on, and from one without."""

from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.visit import visit
from benchmarks.zope import NO_PORT
from collective.servicekonto.demo import site as demo
from plone import api
from plone.distribution.api.site import create
from statistics import median
from zope.component.hooks import setSite


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
        visit(path)
    seconds: dict[str, list[float]] = {with_addon: [], without: []}
    for number in range(SAMPLES):
        pair = (with_addon, without) if number % 2 else (without, with_addon)
        for path in pair:
            seconds[path].append(visit(path))
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
