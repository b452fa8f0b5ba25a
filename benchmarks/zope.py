"""Processes of their own, each with Zope and a FileStorage of its own."""

from collections.abc import Iterator
from collective.servicekonto.demo.instance import Instance
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from logging.config import fileConfig
from multiprocessing import get_context
from pathlib import Path
from typing import Any
import shutil


# Written into the configuration only; these processes do not listen.
NO_PORT = 8080


def in_own_process(directory: Path, module: str, function: str, *arguments: Any) -> Any:
    """Return what the function returns in a new process that runs Zope there."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_call, directory, module, function, arguments).result()


def build_town(directory: Path) -> None:
    """Build the demo town, which every measure gets a copy of."""
    in_own_process(directory, "benchmarks.town", "build")


def copy_town(town: Path, directory: Path) -> Path:
    """Copy the town into a new directory and return it."""
    shutil.copytree(town, directory)
    return directory


@contextmanager
def open_site() -> Iterator[Any]:
    """Open the town as the system user; what was done is committed at the end."""
    # Plone may be imported only after Zope has read its configuration.
    from collective.servicekonto.demo import site
    from zope.component.hooks import setSite

    with site.application(NO_PORT) as root:
        setSite(root[site.SITE_ID])
        yield root[site.SITE_ID]


def _call(directory: Path, module: str, function: str, arguments: tuple) -> Any:
    from Zope2.Startup.run import make_wsgi_app
    import Zope2

    instance = Instance(directory, NO_PORT)
    instance.write()
    fileConfig(instance.wsgi_ini, disable_existing_loggers=False)
    make_wsgi_app({}, str(instance.home / "etc" / "zope.conf"))
    try:
        return getattr(import_module(module), function)(*arguments)
    finally:
        for database in Zope2.opened:
            database.close()
