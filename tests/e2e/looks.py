"""How a page looks: to axe-core, at two widths, and on the handbook's pictures."""

from axe_playwright_python.sync_playwright import Axe
from io import BytesIO
from pathlib import Path
from PIL import Image
from playwright.sync_api import Page


DESKTOP = {"width": 1280, "height": 900}
# A window of 1280 pixels at 400 % zoom has as much room as one of 320 pixels.
NARROW = {"width": 320, "height": 640}

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# Plone's own toolbar of the staff.
NOT_OURS = {"exclude": [["#edit-zone"]]}
COLOURS = 64

MOVES = """() => document.getAnimations().some(
    animation => animation.playState === "running"
)"""
GLANCE = 50  # milliseconds


class Looks:
    """Examines pages, and keeps their pictures where a directory is given."""

    def __init__(self, pictures: Path | None) -> None:
        self._pictures = pictures
        self._axe = Axe()

    def examine(self, page: Page, name: str) -> None:
        """Demand that axe-core finds nothing and nothing is cut off at 320 pixels."""
        # Away from the site's menus, which would open.
        page.mouse.move(0, 0)
        page.set_viewport_size(NARROW)
        self._demand_no_violation(page, name)
        demand_no_scrolling_sideways(page, name)
        self.keep(page, f"{name}-320")
        page.set_viewport_size(DESKTOP)
        self._demand_no_violation(page, name)
        self.keep(page, name)

    def _demand_no_violation(self, page: Page, name: str) -> None:
        # Half way between two colours there is no contrast.
        while page.evaluate(MOVES):
            page.wait_for_timeout(GLANCE)
        results = self._axe.run(page, context=NOT_OURS, options=RULES)
        assert not results.violations_count, f"{name}: {results.generate_report()}"

    def keep(self, page: Page, name: str) -> None:
        """Take a picture of a page, also of one that is not ours."""
        if self._pictures is None:
            return
        self._pictures.mkdir(parents=True, exist_ok=True)
        image = Image.open(BytesIO(page.screenshot(full_page=True)))
        few_colours = image.convert("RGB").quantize(COLOURS)
        few_colours.save(self._pictures / f"{name}.png", optimize=True)


class Widths:
    """Looks at pages without scripts: axe-core is one, so only the width is measured."""

    def examine(self, page: Page, name: str) -> None:
        """Demand that nothing is cut off at 320 pixels."""
        page.set_viewport_size(NARROW)
        demand_no_scrolling_sideways(page, name)
        page.set_viewport_size(DESKTOP)


def demand_no_scrolling_sideways(page: Page, name: str) -> None:
    """Demand that the page is not wider than the window."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], f"{name} is {width} pixels wide."
