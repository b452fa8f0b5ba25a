"""Passkeys, sessions and “Das war ich nicht” in a real browser."""

from itertools import count
from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.citizen import NEW_PASSWORD
from tests.e2e.citizen import PASSWORD
from tests.e2e.hands import Keyboard
from tests.e2e.hands import Mouse
from tests.e2e.town import Town
import pytest


NUMBERS = count(1)
PHONE = "mein Handy"

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A town of our own."""
    demo = Town(tmp_path_factory.mktemp("town-with-passkeys"))
    try:
        demo.open()
        yield demo
    finally:
        demo.close()


class Protected(Citizen):
    """A citizen whose computer keeps passkeys."""

    def has_a_computer(self) -> None:
        """Give the browser an authenticator."""
        self.devtools = self.page.context.new_cdp_session(self.page)
        self.devtools.send("WebAuthn.enable")
        self.authenticator = self.devtools.send(
            "WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR}
        )["authenticatorId"]

    def loses_the_computer(self) -> None:
        """Take the authenticator away, with all its keys."""
        self.devtools.send(
            "WebAuthn.removeVirtualAuthenticator",
            {"authenticatorId": self.authenticator},
        )

    def touches(self, authenticator: str, touched: bool) -> None:
        """Choose which of several authenticators answers."""
        self.devtools.send(
            "WebAuthn.setAutomaticPresenceSimulation",
            {"authenticatorId": authenticator, "enabled": touched},
        )

    def registers(self) -> None:
        """Come to an account, and log in."""
        for _name in self.begins():
            pass
        self.fills_in()
        for _name in [*self.reviews(), *self.activates()]:
            pass
        self.logs_in()

    def adds_a_passkey(self, label: str = PHONE):
        """Add a passkey and try it out."""
        self.opens("anmeldung")
        self.hand.follow("Passkey hinzufügen")
        self.sees("Passkey hinzufügen")
        yield "passkey-hinzufuegen"
        self.hand.write("Name des Passkeys", label)
        self.hand.write("Passwort", PASSWORD)
        self.hand.press("Weiter")
        self.sees("Passkey anlegen")
        yield "passkey-anlegen"
        self.hand.press("Passkey jetzt anlegen")
        self.sees("Passkey ausprobieren")
        yield "passkey-ausprobieren"
        self.hand.press("Passkey jetzt ausprobieren")
        self.sees("Anmeldung und Sicherheit")
        self.is_told("Ihr Passkey funktioniert.")

    def types_the_password(self, password: str = PASSWORD) -> None:
        """Take the first step of the log-in."""
        self.opens("anmelden")
        self.hand.write("E-Mail-Adresse", self.address)
        self.hand.write("Passwort", password)
        self.hand.press("Anmelden")

    def is_told(self, text: str) -> None:
        """Demand the notice of the page."""
        expect(self.page.get_by_role("status").first).to_contain_text(text)

    def has_level(self, level: str) -> None:
        """Demand the trust level of the present log-in."""
        text = f"Vertrauensniveau Ihrer jetzigen Anmeldung: {level}"
        expect(self.page.locator("#content")).to_contain_text(text)

    def ends(self) -> None:
        """Log out."""
        self.opens("mein-bereich")
        for _name in self.logs_out():
            pass


def citizen(hand, town):
    """Return a citizen with an account, a computer, and a session."""
    one = Protected(hand, town, f"passkey{next(NUMBERS)}@example.org")
    one.has_a_computer()
    one.registers()
    return one


@pytest.fixture
def erika(page, town):
    """A citizen with a mouse."""
    return citizen(Mouse(page), town)


def test_password_and_passkey_are_substanziell(erika, looks):
    for name in erika.adds_a_passkey():
        looks.examine(erika.page, name)
    erika.has_level("substanziell")
    looks.examine(erika.page, "anmeldung")
    erika.ends()
    erika.types_the_password()
    erika.sees("Mit Ihrem Passkey bestätigen")
    looks.examine(erika.page, "anmelden-passkey")
    erika.hand.press("Mit Passkey bestätigen")
    erika.sees("Mein Bereich")
    erika.opens("anmeldung")
    erika.has_level("substanziell")


def test_the_keyboard_is_enough(page, town):
    user = citizen(Keyboard(page), town)
    for _name in user.adds_a_passkey():
        pass
    user.has_level("substanziell")


def test_without_the_passkey_the_level_is_niedrig(erika):
    for _name in erika.adds_a_passkey():
        pass
    erika.ends()
    erika.types_the_password()
    erika.hand.follow("Ohne Passkey weiter")
    erika.sees("Mein Bereich")
    erika.opens("anmeldung")
    erika.has_level("niedrig")
    erika.hand.follow("Mit Ihrem Passkey bestätigen")
    erika.hand.press("Mit Passkey bestätigen")
    erika.is_told("Sie haben mit Ihrem Passkey bestätigt.")
    erika.has_level("substanziell")


def test_a_device_without_the_passkey_says_so_and_asks_again(erika, looks):
    for _name in erika.adds_a_passkey():
        pass
    erika.ends()
    erika.loses_the_computer()
    erika.has_a_computer()
    erika.types_the_password()
    erika.hand.press("Mit Passkey bestätigen")
    alert = erika.page.get_by_role("alert").first
    expect(alert).to_contain_text("Ihr Browser hat keinen Passkey benutzt.")
    again = erika.page.get_by_role("button", name="Noch einmal versuchen")
    expect(again).to_be_focused()
    looks.examine(erika.page, "anmelden-passkey-fehler")


def test_a_lost_passkey_goes_with_a_mail(erika, looks):
    for _name in erika.adds_a_passkey():
        pass
    erika.ends()
    erika.loses_the_computer()
    erika.has_a_computer()
    erika.types_the_password()
    erika.hand.follow("Ohne Passkey weiter")
    erika.opens("anmeldung")
    erika.hand.follow(f"Entfernen {PHONE}")
    erika.sees("Passkey entfernen")
    looks.examine(erika.page, "passkey-entfernen-bestaetigen")
    erika.hand.follow("Passkey sperren")
    erika.sees("Passkey sperren")
    looks.examine(erika.page, "passkey-sperren")
    erika.hand.press("Passkey jetzt sperren")
    erika.is_told("Der Passkey ist gesperrt.")
    looks.examine(erika.page, "anmeldung-gesperrt")
    erika.hand.follow(f"Entfernen {PHONE}")
    looks.examine(erika.page, "passkey-entfernen-gesperrt")
    erika.hand.press("E-Mail senden")
    erika.sees("Bitte öffnen Sie Ihre E-Mails")
    # The fourth mail: behind activating, adding and blocking.
    erika.page.goto(erika.town.link_of_mail(erika.address, 4))
    erika.sees("Verlorenen Passkey entfernen")
    looks.examine(erika.page, "passkey-verloren")
    erika.hand.write("Passwort", PASSWORD)
    erika.hand.press("Passkey entfernen")
    erika.sees("Der Passkey ist entfernt")
    erika.types_the_password()
    erika.sees("Mein Bereich")
    for _name in erika.adds_a_passkey("neues Handy"):
        pass
    erika.has_level("substanziell")


def test_a_blocked_passkey_is_unblocked_with_another(erika, looks):
    for _name in erika.adds_a_passkey():
        pass
    erika.touches(erika.authenticator, False)
    key = erika.devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": AUTHENTICATOR | {"transport": "usb"}},
    )["authenticatorId"]
    for _name in erika.adds_a_passkey("mein Schlüssel"):
        pass
    erika.hand.follow(f"Sperren {PHONE}")
    erika.hand.press("Passkey jetzt sperren")
    erika.hand.follow(f"Entsperren {PHONE}")
    erika.sees("Passkey entsperren")
    looks.examine(erika.page, "passkey-entsperren")
    erika.touches(key, False)
    erika.touches(erika.authenticator, True)
    erika.hand.press("Passkey jetzt entsperren")
    erika.is_told("Der Passkey gilt wieder.")


def test_other_devices_are_seen_and_logged_out(erika, new_page, town, looks):
    elsewhere = Citizen(Mouse(new_page()), town, erika.address)
    elsewhere.opens("anmelden")
    elsewhere.logs_in()
    erika.opens("anmeldung")
    present = erika.page.get_by_role("heading", name="(dieses Gerät)")
    expect(present).to_have_count(1)
    looks.examine(erika.page, "anmeldung-sitzungen")
    erika.hand.press("Alle anderen Geräte abmelden")
    erika.is_told("Alle anderen Geräte wurden abgemeldet.")
    elsewhere.opens("mein-bereich")
    elsewhere.sees("Anmelden")


def test_that_was_not_me(erika, looks):
    erika.opens("anmeldung")
    erika.hand.follow("Das war ich nicht")
    erika.sees("Das war ich nicht")
    looks.examine(erika.page, "das-war-ich-nicht")
    erika.hand.press("Überall abmelden und neues Passwort wählen")
    erika.sees("Sie sind überall abgemeldet")
    erika.types_the_password()
    expect(erika.page.locator("#content h1")).to_have_text("Anmelden")
    expect(erika.page.get_by_role("alert").first).to_be_visible()
    erika.page.goto(erika.town.link_of_mail(erika.address, 2))
    erika.hand.write("Neues Passwort", NEW_PASSWORD)
    erika.hand.write("Passwort wiederholen", NEW_PASSWORD)
    erika.hand.press("Passwort speichern")
    erika.logs_in(NEW_PASSWORD)


def test_without_scripts_the_password_is_offered(erika, new_page, town):
    for _name in erika.adds_a_passkey():
        pass
    plain = Citizen(Mouse(new_page(java_script_enabled=False)), town, erika.address)
    plain.opens("anmelden")
    plain.hand.write("E-Mail-Adresse", erika.address)
    plain.hand.write("Passwort", PASSWORD)
    plain.hand.press("Anmelden")
    plain.sees("Mit Ihrem Passkey bestätigen")
    button = plain.page.get_by_role("button", name="Mit Passkey bestätigen")
    expect(button).to_have_count(0)
    plain.hand.follow("Ohne Passkey weiter")
    plain.sees("Mein Bereich")
