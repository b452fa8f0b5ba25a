"""An editor makes a service and says what fills its fields in; citizens find it."""

from playwright.sync_api import expect
from tests.e2e.citizen import Citizen
from tests.e2e.citizen import PASSWORD
from tests.e2e.hands import Mouse
from tests.e2e.test_deletion import register
import pytest


EDITOR = "redaktion"
FORM = """<model xmlns="http://namespaces.plone.org/supermodel/schema">
  <schema>
    <field name="vorname" type="zope.schema.TextLine"><title>Vorname</title></field>
    <field name="name" type="zope.schema.TextLine"><title>Familienname</title></field>
    <fieldset name="fund" label="Was Sie verloren haben">
      <field name="was" type="zope.schema.Text"><title>Was ist es?</title></field>
    </fieldset>
  </schema>
</model>"""
SAVE_MODEL = """(form, xml) => {
    form.elements.source.value = xml;
    const button = document.createElement("input");
    button.type = "hidden";
    button.name = "form.button.save";
    button.value = "1";
    form.append(button);
    form.submit();
}"""


@pytest.fixture
def editor(page, town):
    """The window of the demo's editor, who is logged in."""
    page.goto(f"{town.site}/login")
    page.locator("#__ac_name").fill(EDITOR)
    page.locator("#__ac_password").fill(EDITOR)
    page.locator("#buttons-login").click()
    expect(page.locator("#edit-zone")).to_be_visible()
    return page


def fill_in_settings(page, town, title):
    """Open the form of a new EasyForm, and fill in the tab “Online-Dienst”."""
    page.goto(f"{town.portal}/++add++EasyForm")
    page.locator("#form-widgets-IDublinCore-title").fill(title)
    page.get_by_role("link", name="Online-Dienst", exact=True).click()
    prefix = "#form-widgets-IOnlineService"
    page.locator(f"{prefix}-is_online_service-0").check()
    page.locator(f"{prefix}-office").select_option(label="Bürgerbüro")
    page.locator(f"{prefix}-purpose").fill("Suche nach einer verlorenen Sache")
    page.locator(f"{prefix}-legal_basis").fill("§ 965 BGB")


def test_an_editor_makes_a_service(editor, town, looks):
    fill_in_settings(editor, town, "Fundsache melden")
    looks.keep(editor, "dienst-bearbeiten")
    editor.locator("#form-buttons-save").click()
    expect(editor.locator("#content h1")).to_have_text("Fundsache melden")
    service = f"{town.portal}/fundsache-melden"

    editor.goto(f"{service}/fields/@@modeleditor")
    with editor.expect_navigation():
        editor.locator("#saveform").evaluate(SAVE_MODEL, FORM)

    hand = Mouse(editor)
    editor.goto(service)
    hand.follow("Felder und Servicekonto")
    hand.press("Vorschläge einsetzen")
    expect(editor.get_by_role("status")).to_contain_text("gespeichert ist noch nichts")
    looks.examine(editor, "zuordnung")
    hand.press("Speichern")
    expect(editor.get_by_role("status")).to_contain_text("Gespeichert")

    editor.goto(f"{service}/fields/name")
    chosen = editor.locator("#form-widgets-IMappedField-source")
    expect(chosen).to_have_value("family_name")


def test_citizens_find_a_service_and_what_it_needs(new_page, town, looks):
    erika = register(Citizen(Mouse(new_page()), town, "erika.dienste@example.org"))
    erika.opens("mein-bereich")
    erika.hand.follow("Dienste")
    erika.sees("Dienste der Stadt")
    looks.examine(erika.page, "dienste")
    erika.hand.write("Wonach suchen Sie?", "Heimtierausweis")
    erika.hand.press("Suche")
    erika.hand.follow("Hundesteuer anmelden")
    erika.sees("Hundesteuer anmelden")
    expect(erika.page.get_by_role("button", name="Antrag beginnen")).to_be_visible()
    looks.examine(erika.page, "dienst")
    erika.opens("meldebescheinigung")
    expect(erika.page.locator("#content")).to_contain_text("Online-Ausweis benutzen")
    looks.examine(erika.page, "dienst-niveau")


def test_the_log_in_leads_back_to_the_service(new_page, town, looks):
    register(Citizen(Mouse(new_page()), town, "rueckweg@example.org"))
    back = Citizen(Mouse(new_page()), town, "rueckweg@example.org")
    back.opens("bewohnerparkausweis")
    looks.examine(back.page, "dienst-anmelden")
    back.hand.follow("Anmelden")
    back.hand.write("E-Mail-Adresse", back.address)
    back.hand.write("Passwort", PASSWORD)
    back.hand.press("Anmelden")
    back.sees("Bewohnerparkausweis")
    expect(back.page.get_by_role("button", name="Antrag beginnen")).to_be_visible()
