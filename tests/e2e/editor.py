"""What an editor does to make a form into an Online-Dienst, page by page."""

from playwright.sync_api import expect
from playwright.sync_api import Page
from tests.e2e.town import Town


LOGIN = "redaktion"


class Editor:
    """Rita Redaktion, who has no other rights than an editor."""

    def __init__(self, page: Page, town: Town) -> None:
        self.page = page
        self.town = town

    def logs_in(self) -> None:
        """Log in with Plone's own form."""
        self.page.goto(f"{self.town.site}/login")
        self.page.locator("#__ac_name").fill(LOGIN)
        self.page.locator("#__ac_password").fill(LOGIN)
        self.page.locator("#buttons-login").click()
        expect(self.page.locator("#edit-zone")).to_be_visible()

    def makes_a_service(self, title: str, office: str) -> None:
        """Add a form, and say under “Online-Dienst” what is needed."""
        self.page.goto(f"{self.town.portal}/++add++EasyForm")
        self.page.locator("#form-widgets-IDublinCore-title").fill(title)
        content = self.page.locator("#content")
        content.get_by_text("Online-Dienst", exact=True).first.click()
        content.get_by_label("Dieses Formular ist ein Online-Dienst").check()
        content.get_by_label("Zuständige Dienststelle").select_option(office)
        content.get_by_label("Zweck", exact=True).fill("Prüfung des Antrags")
        content.get_by_label("Rechtsgrundlage", exact=True).fill("§ 4 der Satzung")
        content.get_by_label("Tage bis zur Entscheidung", exact=True).fill("14")
        content.get_by_role("button", name="Sichern").click()
        expect(content.locator("h1")).to_have_text(title)

    def lets_apply(self, whom: str) -> None:
        """Let somebody else apply as well, who is named as in the form."""
        content = self.page.locator("#content")
        self.page.goto(f"{self.page.url.removesuffix('/view')}/edit")
        content.get_by_text("Online-Dienst", exact=True).first.click()
        content.get_by_label(whom).check()
        content.get_by_role("button", name="Sichern").click()
        expect(content.locator("h1")).to_be_visible()

    def adds_a_field(self, title: str) -> None:
        """Add a field in EasyForm's own editor."""
        self.page.locator("#content").get_by_role(
            "link", name="Felder", exact=True
        ).click()
        self.page.locator("#add-field").click()
        window = self.page.locator(".modal.show")
        window.get_by_label("Titel").fill(title)
        window.get_by_label("Kurzname").fill("baum")
        window.get_by_label("Pflichtfeld").check()
        window.get_by_role("button", name="Hinzufügen").click()
        expect(self.page.locator("#content").get_by_text(title)).to_be_visible()

    def takes_the_suggestions(self) -> None:
        """Let the obvious fields be filled in from the account."""
        self.page.locator("#content").get_by_role(
            "button", name="Vorschläge einsetzen"
        ).click()

    def publishes(self) -> None:
        """Let everybody see the form."""
        self.page.locator("#plone-contentmenu-workflow > a").click()
        self.page.get_by_role("link", name="Veröffentlichen", exact=True).click()
