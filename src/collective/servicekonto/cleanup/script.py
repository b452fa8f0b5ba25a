"""The command servicekonto-cleanup, for servers with ZEO or RelStorage."""

from argparse import ArgumentParser
from collections.abc import Callable
from collective.servicekonto.cleanup import service
from collective.servicekonto.clock import now
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.store.service import query_store
from pathlib import Path
from plone.base.interfaces import IPloneSiteRoot
from ZConfig import ConfigurationError
from zope.component.hooks import setSite
import json
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the cleanup of one site; return the exit code."""
    parser = ArgumentParser(prog="servicekonto-cleanup", description=__doc__)
    parser.add_argument("configuration", help="path of zope.conf")
    parser.add_argument("--site", default="Plone", help="path of the site")
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="say what would be done, and change nothing",
    )
    options = parser.parse_args(arguments)
    if not Path(options.configuration).is_file():
        return _refuse(f"There is no file {options.configuration}.")
    from Zope2.Startup.run import configure_wsgi
    import Zope2

    try:
        configure_wsgi(options.configuration)
    except ConfigurationError as error:
        return _refuse(f"{options.configuration} is no configuration: {error.message}")
    application = Zope2.app()
    try:
        site = application.unrestrictedTraverse(options.site, None)
        if not IPloneSiteRoot.providedBy(site):
            return _refuse(f"There is no site {options.site}.")
        setSite(site)
        return _answer(_try_out if options.dry_run else _run)
    finally:
        application._p_jar.close()


def _answer(action: Callable[[], int]) -> int:
    if query_store() is None:
        return _refuse("The site has no Bürgerportal.")
    try:
        settings()
    except KeyError:
        return _refuse("Servicekonto is not installed in the site.")
    try:
        return action()
    except service.AlreadyRunning:
        return _refuse("Another cleanup is under way.")


def _run() -> int:
    records = settings()
    outcomes = service.run(
        records.cleanup_batch, records.cleanup_window, progress=_show
    )
    sys.stderr.write("\n")
    _print(outcomes)
    return 1 if any(outcome["failed"] for outcome in outcomes.values()) else 0


def _try_out() -> int:
    _print(service.plans(now()))
    return 0


def _print(content: dict) -> None:
    sys.stdout.write(json.dumps(content, indent=2) + "\n")


def _refuse(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return 2


def _show(name: str, outcome: service.Outcome) -> None:
    handled = outcome.done + outcome.failed
    sys.stderr.write(f"\r{name}: {handled} of {outcome.due}, {outcome.failed} failed ")
    sys.stderr.flush()
