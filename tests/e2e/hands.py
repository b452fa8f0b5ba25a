"""Two ways to use a page: with the mouse, or with the keyboard alone."""

from playwright.sync_api import Locator
from playwright.sync_api import Page


FARTHEST = 120

HAS_FOCUS = "element => element === document.activeElement"
SHOWS_FOCUS = """element => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
}"""


class Mouse:
    """Clicks, and types into the field that was clicked."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def follow(self, name: str) -> None:
        """Follow the link of the page's content with this name."""
        self._use(self._content.get_by_role("link", name=name, exact=True))

    def press(self, name: str) -> None:
        """Press the button of the page's content with this name."""
        self._use(self._content.get_by_role("button", name=name, exact=True))

    def write(self, label: str, text: str) -> None:
        """Replace the text of the field with this label."""
        self._write(self._content.get_by_label(label, exact=True), text)

    def choose(self, label: str) -> None:
        """Choose the radio button or tick the box with this label."""
        field = self._content.get_by_label(label, exact=True)
        self._choose(field)
        assert field.is_checked()

    @property
    def _content(self) -> Locator:
        return self.page.locator("#content")

    def _use(self, target: Locator) -> None:
        target.click()

    def _write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def _choose(self, field: Locator) -> None:
        field.click()


class Keyboard(Mouse):
    """Reaches everything with Tab; what has the focus shows it."""

    def _use(self, target: Locator) -> None:
        self._reach(target)
        self.page.keyboard.press("Enter")

    def _write(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def _choose(self, field: Locator) -> None:
        if field.get_attribute("type") == "radio":
            self._choose_among_radios(field)
        else:
            self._reach(field)
            self.page.keyboard.press("Space")

    def _choose_among_radios(self, field: Locator) -> None:
        group = field.locator("xpath=ancestor::fieldset").get_by_role("radio")
        self._reach(group.and_(self.page.locator(":checked")))
        for _number in range(group.count()):
            if field.is_checked():
                return
            self.page.keyboard.press("ArrowDown")

    def _reach(self, target: Locator) -> None:
        target.wait_for()
        for _step in range(FARTHEST):
            if target.evaluate(HAS_FOCUS):
                assert target.evaluate(SHOWS_FOCUS), f"The focus is hidden: {target}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {target}")
