"""What the staff of an office do, page by page."""

from playwright.sync_api import expect
from playwright.sync_api import Page
from tests.e2e.hands import Mouse
from tests.e2e.town import Town


class Clerk:
    """Somebody who works for an office; login and password are the same."""

    # The link to the work that is on every page.
    way_in = "Nachrichten der Bürger ("

    def __init__(self, hand: Mouse, town: Town, login: str, office: str) -> None:
        self.hand = hand
        self.page: Page = hand.page
        self.town = town
        self.login = login
        self.office = f"{town.portal}/{office}"

    def sees(self, heading: str) -> None:
        """Demand that the page has this heading, and the window its name."""
        expect(self.page.locator("#content h1")).to_have_text(heading)
        assert self.page.title().startswith(heading)

    def opens(self, page: str) -> None:
        """Open a page of the office."""
        self.page.goto(f"{self.office}/{page}")

    def logs_in(self) -> None:
        """Log in with Plone's own form."""
        self.page.goto(f"{self.town.site}/login")
        self.page.locator("#__ac_name").fill(self.login)
        self.page.locator("#__ac_password").fill(self.login)
        self.page.locator("#buttons-login").click()
        expect(self.page.get_by_role("link", name=self.way_in)).to_be_visible()

    def goes_to_messages(self) -> None:
        """Follow the link that is on every page."""
        self.page.get_by_role("link", name=self.way_in).click()
        self.sees("Nachrichten der Bürger")

    def writes_into_the_editor(self, text: str) -> None:
        """Type into the editor for rich text."""
        frame = self.page.frame_locator("iframe.tox-edit-area__iframe")
        frame.locator("body").click()
        self.page.keyboard.type(text)

    def text(self) -> str:
        """Return the text of the editor."""
        frame = self.page.frame_locator("iframe.tox-edit-area__iframe")
        return frame.locator("body").inner_text()
