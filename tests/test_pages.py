"""Every page of the portal, as a visitor without an account opens it."""

from plone.testing.zope import Browser
import pytest
import transaction


PAGES = [
    "",
    "registrieren",
    "registrieren-konto",
    "registrieren-angaben",
    "registrieren-pruefen",
    "registrieren-gesendet",
    "anmelden",
    "abmelden",
    "passwort-vergessen",
    "dienste",
    "mein-bereich",
    "postfach",
    "postfach-nachricht?nachricht=0",
    "postfach-antwort?nachricht=0",
    "postfach-gesendet?nachricht=0",
    "postfach-pdf?nachricht=0",
    "postfach-abwesenheit",
    "postfach-endgueltig",
    "antraege",
    "antrag?antrag=0",
    "antrag-unterlagen?antrag=0",
    "antrag-zurueckziehen?antrag=0",
    "loeschen",
    "loeschen-fertig",
    "hochstufen",
    "hochstufen-pruefen",
    "eid-fehler",
    "anmelden-ausweis",
    "anmelden-karte",
    "neuer-ausweis",
    "ausweis-unbekannt",
    "ausweis-ohne-konto",
    "ausweis-ist-gesperrt",
    "registrieren-ausweis",
    "ausweis-vergeben",
    "ausweis-sperren",
    "ausweis-entsperren",
    "ausweis-entfernen",
    "schalter",
    "erklaerung?fassung=privacy_declaration:1",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens(functional, site, page):
    transaction.commit()
    browser = Browser(functional["app"])
    browser.raiseHttpErrors = False
    browser.open(f"{site.buergerportal.absolute_url()}/{page}")
    assert browser.headers["status"].startswith("200")
    assert browser.contents.count("<h1") == 1


def test_a_foreign_host_is_refused(functional, site):
    site.buergerportal.public_url = "https://www.musterstadt.example/portal"
    transaction.commit()
    browser = Browser(functional["app"])
    browser.raiseHttpErrors = False
    browser.open(f"{site.buergerportal.absolute_url()}/registrieren")
    assert browser.headers["status"].startswith("400")
    assert "https://www.musterstadt.example/portal" in browser.contents
