"""The demo town, a real Chromium, and a new window of it for each test."""

from pathlib import Path
from playwright.sync_api import expect
from playwright.sync_api import sync_playwright
from tests.e2e.citizen import Citizen
from tests.e2e.hands import Keyboard
from tests.e2e.hands import Mouse
from tests.e2e.looks import DESKTOP
from tests.e2e.looks import Looks
from tests.e2e.town import Town
import os
import pytest


CHROMIUM = "/usr/bin/chromium"
PATIENCE = 30_000  # milliseconds
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    """A demo town that is open."""
    demo = Town(tmp_path_factory.mktemp("town"))
    try:
        demo.open()
        yield demo
    finally:
        demo.close()


# Playwright keeps an event loop running in this thread, which other tests do not
# expect: so it ends with the module.
@pytest.fixture(scope="module")
def chromium():
    """The browser."""
    executable = os.environ.get("CHROMIUM", CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium):
    """Opens windows that share nothing."""
    contexts = []

    def open_window(**options):
        options = {"viewport": DESKTOP, "locale": "de-DE"} | options
        contexts.append(chromium.new_context(**options))
        window = contexts[-1].new_page()
        window.set_default_timeout(PATIENCE)
        return window

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    """A window of the browser; an error in a script fails the test."""
    window = new_page()
    errors = []
    window.on("pageerror", lambda error: errors.append(error))
    yield window
    assert not errors


@pytest.fixture
def looks():
    """Examines pages; SCREENSHOTS names the directory of their pictures."""
    directory = os.environ.get("SCREENSHOTS")
    return Looks(Path(directory) if directory else None)


@pytest.fixture
def erika(page, town):
    """A citizen with a mouse."""
    return Citizen(Mouse(page), town, "erika.mustermann@example.org")


@pytest.fixture
def keyboard_user(page, town):
    """A citizen with a keyboard and no mouse."""
    return Citizen(Keyboard(page), town, "tastatur@example.org")


@pytest.fixture
def scriptless(new_page, town):
    """A citizen whose browser runs no scripts."""
    window = new_page(java_script_enabled=False)
    return Citizen(Mouse(window), town, "ohne.skript@example.org")
