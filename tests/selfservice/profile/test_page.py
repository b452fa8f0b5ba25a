"""Ihr Profil as citizens meet it in a browser without scripts."""

from collective.servicekonto.accounts import attributes
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from zope import schema
import pytest
import re
import transaction


@pytest.fixture
def profile(erika):
    """Erika's profile."""
    erika.opens("profil")
    return erika


@pytest.fixture
def kept(account):
    """Returns the value of an attribute as it is stored now, or None."""

    def value(name):
        transaction.begin()
        known = attributes.attribute(account, name)
        return None if known is None else known.value

    return value


def cell(rows, number, column):
    """Return the name of the input of a cell."""
    return f"{rows}.{number}.widgets.{column}"


def choose(browser, name, option):
    """Choose an option of a list."""
    browser.getControl(name=f"{name}:list").value = [option]


def press(browser, button, value):
    """Press one of several buttons of the same kind."""
    pattern = rf'<button[^>]*name="buttons.{button}"[^>]*value="([^"]*)"'
    values = re.findall(pattern, browser.contents)
    name = f"buttons.{button}"
    browser.getControl(name=name, index=values.index(value)).click()


def save(browser):
    """Press the button at the end; the first of this name is for the Enter key."""
    browser.getControl(name="buttons.save", index=1).click()


def prove(account, name, text, clock):
    """Prove a value with the Online-Ausweis."""
    card = Source.ONLINE_AUSWEIS
    proof = proven(text, TrustLevel.HIGH, card, int(clock().timestamp()))
    attributes.put(account, name, proof)
    transaction.commit()


def test_the_first_visit_says_what_it_is_good_for(profile):
    assert "The more you enter here" in profile.contents
    assert "Nothing here is mandatory" in profile.contents


def test_what_is_typed_is_saved_and_shown_again(profile, kept):
    profile.fills_in(telephone="030 1234", birth_name="Gabler", date_of_birth="5.1950")
    profile.fills_in(street="Rathausplatz 1", postal_code="12345", city="Musterstadt")
    choose(profile, "country", "DE")
    save(profile)
    assert profile.page == "profil"
    assert "Your details are saved." in profile.contents
    assert profile.getControl(name="telephone").value == "030 1234"
    assert profile.getControl(name="date_of_birth").value == "05.1950"
    assert kept("address")["country"] == "DE"
    assert "The more you enter here" not in profile.contents


def test_the_page_after_saving_can_be_reloaded(profile):
    profile.fills_in(telephone="030 1234")
    save(profile)
    profile.reload()
    assert profile.headers["status"].startswith("200")


def test_each_value_says_where_it_comes_from(profile):
    assert "Stated by you (trust level: basic registration)" in profile.contents
    assert "Confirmed by the link in our e-mail on" in profile.contents


def test_what_a_trust_level_is_can_be_read(profile):
    explained = re.search("<details.*?</details>", profile.contents, re.DOTALL).group()
    names = re.findall("<dt>(.*?)</dt>", explained)
    assert names == ["basic registration", "low", "substantial", "high"]
    assert "Nobody has checked it." in explained


def test_links_lead_to_each_section_and_to_the_button_that_saves(profile):
    (nav,) = re.findall('<nav class="mb-4".*?</nav>', profile.contents, re.DOTALL)
    anchors = re.findall('href="#(.*?)"', nav)
    for heading in ("Your address", "Child", "E-mail address"):
        assert heading in nav
    assert anchors[-1] == "save"
    for anchor in anchors:
        assert profile.contents.count(f'id="{anchor}"') == 1


def test_a_row_is_added_filled_in_and_removed(profile, kept):
    press(profile, "add", "Kind")
    profile.fills_in(**{cell("Kind", 0, "given_names"): "Max"})
    press(profile, "add", "Kind")
    profile.fills_in(**{cell("Kind", 1, "given_names"): "Moritz"})
    save(profile)
    assert [child["given_names"] for child in kept("Kind")] == ["Max", "Moritz"]
    press(profile, "remove", "Kind.0")
    assert [child["given_names"] for child in kept("Kind")] == ["Max", "Moritz"]
    save(profile)
    assert [child["given_names"] for child in kept("Kind")] == ["Moritz"]


def test_choices_in_rows_are_kept(profile, kept):
    press(profile, "add", "WeitereAnschrift")
    profile.fills_in(**{cell("WeitereAnschrift", 0, "city"): "Wien"})
    choose(profile, cell("WeitereAnschrift", 0, "country"), "AT")
    save(profile)
    assert kept("WeitereAnschrift")[0]["country"] == "AT"
    country = cell("WeitereAnschrift", 0, "country")
    assert profile.getControl(name=f"{country}:list").value == ["AT"]


def test_mistakes_are_told_at_their_inputs_and_nothing_is_lost(profile, kept):
    press(profile, "add", "Bankverbindung")
    iban = cell("Bankverbindung", 0, "iban")
    profile.fills_in(**{iban: "DE00", "telephone": "call me", "city": "Musterstadt"})
    save(profile)
    assert profile.contents.count('aria-invalid="true"') == 2
    assert 'href="#telephone"' in profile.contents
    assert 'href="#Bankverbindung-0-widgets-iban"' in profile.contents
    assert profile.getControl(name=iban).value == "DE00"
    assert profile.getControl(name="city").value == "Musterstadt"
    assert kept("address") is None


def test_scripts_are_text(profile, kept):
    profile.fills_in(city="<script>alert(1)</script>")
    save(profile)
    assert "<script>alert(1)" not in profile.contents
    assert kept("address")["city"] == "<script>alert(1)</script>"


def test_what_is_proven_is_text_with_its_reason(erika, account, clock):
    prove(account, "family_name", "MUSTERMANN", clock)
    erika.opens("profil")
    assert 'name="family_name"' not in erika.contents
    assert "MUSTERMANN" in erika.contents
    assert "Confirmed by your Online-Ausweis on" in erika.contents
    assert "You cannot change this here." in erika.contents


def test_a_proof_that_came_meanwhile_is_told(profile, account, clock, kept):
    prove(account, "family_name", "MUSTERMANN", clock)
    profile.fills_in(family_name="Musterfrau", telephone="030 1")
    save(profile)
    assert "cannot be changed here: Family name" in profile.contents
    assert (kept("family_name"), kept("telephone")) == ("MUSTERMANN", None)
    save(profile)
    assert kept("telephone") == "030 1"


def test_a_forged_input_does_not_change_what_is_proven(erika, account, clock, kept):
    prove(account, "family_name", "MUSTERMANN", clock)
    erika.opens("profil")
    form = erika.getForm(id="servicekonto-form")._form
    body = {name: form[name].value for name in ("csrf", "seen")}
    body |= {"buttons.save": "1", "family_name": "Musterfrau"}
    erika.post(f"{erika.portal}/profil", "&".join(f"{k}={v}" for k, v in body.items()))
    assert kept("family_name") == "MUSTERMANN"


class TestTwoTabs:
    """Two windows show the same profile."""

    @pytest.fixture
    def tabs(self, profile):
        """Two windows."""
        other = profile.new_tab()
        other.opens("profil")
        return profile, other

    def test_the_second_is_told_sees_both_and_decides(self, tabs, kept):
        first, second = tabs
        first.fills_in(telephone="030 1")
        save(first)
        second.fills_in(telephone="030 2", place_of_birth="Berlin")
        save(second)
        assert "Nothing is saved yet" in second.contents
        told = re.search(r"<dl.*?</dl>", second.contents, re.DOTALL).group()
        assert re.findall("<strong>(.*?)</strong>", told) == ["030 1", "030 2"]
        assert (kept("telephone"), kept("place_of_birth")) == ("030 1", None)
        save(second)
        assert (kept("telephone"), kept("place_of_birth")) == ("030 2", "Berlin")

    def test_different_changes_are_both_saved(self, tabs, kept):
        first, second = tabs
        first.fills_in(telephone="030 1")
        save(first)
        second.fills_in(place_of_birth="Berlin")
        save(second)
        assert (kept("telephone"), kept("place_of_birth")) == ("030 1", "Berlin")


def test_what_was_typed_when_the_session_ended_is_there_again(profile, clock, kept):
    press(profile, "add", "Kind")
    profile.fills_in(**{cell("Kind", 0, "given_names"): "Max", "telephone": "030 1"})
    clock.forward(hours=2)
    save(profile)
    assert profile.page == "anmelden"
    profile.fills_in(email=ADDRESS, password=PASSWORD)
    profile.presses("login")
    assert profile.page == "profil"
    assert "Your entries are still here" in profile.contents
    assert profile.getControl(name="telephone").value == "030 1"
    save(profile)
    assert (kept("Kind")[0]["given_names"], kept("telephone")) == ("Max", "030 1")


def test_a_link_fills_in_nothing_and_saves_nothing(erika, kept):
    erika.opens("profil?seen={}&telephone=030+666&buttons.save=1")
    assert erika.getControl(name="telephone").value == ""
    assert kept("telephone") is None


class TestAskedEarlier:
    """The webmaster removed a field that citizens filled in."""

    @pytest.fixture
    def removed(self, erika, type_editor):
        """Erika's profile with a value whose field is gone."""
        type_editor.add("Servicekonto", "shoe_size", schema.Int)
        erika.opens("profil")
        erika.fills_in(shoe_size="42")
        save(erika)
        type_editor.remove("Servicekonto", "shoe_size")
        erika.opens("profil")
        return erika

    def test_it_is_shown_and_can_be_deleted(self, removed, kept):
        assert "Asked earlier" in removed.contents
        removed.getLink("Delete Shoe size").click()
        assert "42" in removed.contents
        removed.presses("keep")
        assert kept("shoe_size") == 42
        removed.getLink("Delete Shoe size").click()
        removed.presses("delete")
        assert "The entry is deleted." in removed.contents
        assert kept("shoe_size") is None

    @pytest.mark.parametrize("name", ["telephone", "password_hash", "", "nothing"])
    def test_nothing_else_can_be_deleted_in_this_way(self, removed, name):
        removed.opens(f"profil-angabe-loeschen?angabe={name}")
        assert removed.page == "profil"


class TestFieldsOfTheWebmaster:
    """What was added in the type editor is on the page."""

    def test_every_kind_of_field_can_be_filled_in(self, erika, type_editor, kept):
        type_editor.add("Servicekonto", "remark", schema.Text)
        type_editor.add("Servicekonto", "newsletter", schema.Bool)
        type_editor.add("Servicekonto", "valid_until", schema.Date)
        type_editor.add("Servicekonto", "income", schema.Float)
        type_editor.add("Servicekonto", "colour", schema.Choice, values=["red", "blue"])
        options = schema.Choice(values=["bus", "bike", "car"])
        type_editor.add("Servicekonto", "ways", schema.Set, value_type=options)
        erika.opens("profil")
        assert "Further details" in erika.contents
        erika.fills_in(remark="one\r\ntwo", valid_until="1.2.2030", income="12,5")
        erika.getControl(name="newsletter").value = ["no"]
        erika.getControl(name="colour").value = ["blue"]
        erika.getControl(name="ways:list").value = ["bike", "car"]
        save(erika)
        assert kept("remark") == "one\ntwo"
        assert kept("newsletter") is False
        assert kept("valid_until") == "2030-02-01"
        assert kept("income") == "12.5"
        assert kept("colour") == "blue"
        assert kept("ways") == ["bike", "car"]
        erika.getControl(name="ways:list").value = []
        save(erika)
        assert kept("ways") is None

    def test_a_column_is_asked_in_every_row(self, erika, type_editor, kept):
        type_editor.add("Kind", "school")
        erika.opens("profil")
        press(erika, "add", "Kind")
        erika.fills_in(**{cell("Kind", 0, "school"): "Goetheschule"})
        save(erika)
        assert kept("Kind")[0]["school"] == "Goetheschule"


@pytest.mark.parametrize(
    "entries",
    [
        {"Kind.count": "1000000000"},
        {"Kind.count": "minus one"},
        {"Kind.count": "-1"},
        {"seen": "[]"},
        {"seen": "[" * 5000},
        {"seen": '{"telephone": 5}'},
        {"country": "XX"},
        {"buttons.add": "Katze"},
        {"buttons.remove": "Kind.9"},
        {"buttons.remove": "Kind.x"},
        {"telephone": "%00"},
    ],
)
def test_strange_requests_are_answered(profile, entries):
    form = profile.getForm(id="servicekonto-form")._form
    body = {"csrf": form["csrf"].value, "seen": "{}"} | entries
    sent = "&".join(f"{name}={text}" for name, text in body.items())
    profile.post(f"{profile.portal}/profil", sent)
    assert profile.headers["status"].startswith("200")


def test_nobody_else_gets_in(new_browser):
    stranger = new_browser()
    for page in ("profil", "profil-angabe-loeschen?angabe=x"):
        stranger.opens(page)
        assert stranger.page == "anmelden"
