"""The profile is kept, and nothing in it is silently lost."""

from collective.servicekonto.accounts import attributes
from collective.servicekonto.identity.attributes import proven
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.selfservice.profile import service
from collective.servicekonto.store.service import query_store
from transaction.interfaces import TransientError
from zope import schema
import pytest
import transaction


ADDRESS = {
    "street": "Rathausplatz 1",
    "postal_code": "12345",
    "city": "Musterstadt",
    "country": "DE",
}
MAX = {
    "given_names": "Max",
    "family_name": "Mustermann",
    "date_of_birth": "2019",
    "place_of_birth": "",
}


def former(account):
    """Return what is kept though it is not asked any more."""
    return service.former(account, service.profile(account))


@pytest.fixture
def save(account, clock):
    """Saves entries as somebody who sees the present profile."""

    def save_entries(**entries):
        return service.save(account, entries, versions(account), clock())

    return save_entries


def versions(account) -> dict[str, str]:
    """Return what somebody sees who opens the page now."""
    return {name: each.version for name, each in service.profile(account).items()}


def value(account, name):
    """Return the value of an attribute, or None."""
    known = attributes.attribute(account, name)
    return None if known is None else known.value


def prove(account, name, text, clock):
    """Prove a value with the Online-Ausweis."""
    card = Source.ONLINE_AUSWEIS
    proof = proven(text, TrustLevel.HIGH, card, int(clock().timestamp()))
    attributes.put(account, name, proof)


def test_the_profile_asks_the_data_of_the_law_and_what_the_town_lists(account):
    assert list(service.profile(account)) == [
        "salutation",
        "doctoral_degree",
        "given_names",
        "family_name",
        "birth_name",
        "date_of_birth",
        "place_of_birth",
        "nationality",
        "address",
        "telephone",
        "Kind",
        "Fahrzeug",
        "Hund",
        "Bankverbindung",
        "WeitereAnschrift",
    ]


def test_what_is_typed_is_kept_with_the_lowest_level(account, save):
    assert save(telephone="030 1234", address=ADDRESS) == ["telephone", "address"]
    known = attributes.attribute(account, "address")
    assert (known.value, known.level) == (ADDRESS, TrustLevel.BASIS)


def test_rows_are_kept(account, save):
    save(Kind=[{}, MAX])
    assert value(account, "Kind") == [MAX]
    save(Kind=[])
    assert value(account, "Kind") is None


def test_a_partial_date_of_birth_is_kept(account, save):
    save(date_of_birth="5.1950")
    assert value(account, "date_of_birth") == "1950-05"
    assert service.profile(account)["date_of_birth"].entry == "05.1950"


def test_everything_can_be_emptied(account, save):
    save(address=ADDRESS, telephone="030 1234")
    everything = dict.fromkeys(("given_names", "family_name", "telephone"), "")
    save(**everything, address=dict.fromkeys(ADDRESS, ""))
    assert set(attributes.attributes(account)) == {"email"}


def test_what_is_as_before_changes_nothing(account, save):
    save(telephone="030 1234", address=ADDRESS, Kind=[MAX])
    revision = account.revision
    shown = {name: each.entry for name, each in service.profile(account).items()}
    assert save(**shown) == []
    assert account.revision == revision


def test_one_wrong_entry_and_nothing_is_saved(account, save):
    with pytest.raises(service.Incorrect) as refused:
        save(
            telephone="030 1234",
            address=ADDRESS | {"postal_code": "1"},
            Bankverbindung=[{"iban": "DE00"}],
        )
    assert set(refused.value.problems) == {
        "address.postal_code",
        "Bankverbindung.0.iban",
    }
    assert value(account, "telephone") is None


@pytest.mark.parametrize("name", ["email", "password_hash", "rows", "unknown"])
def test_nothing_is_saved_that_is_not_asked(account, save, name):
    before = account.password_hash
    with pytest.raises(service.Incorrect):
        save(**{name: "x"})
    assert (account.password_hash, value(account, "unknown")) == (before, None)


def test_what_the_online_ausweis_proved_is_locked(account, save, clock):
    prove(account, "given_names", "ERIKA MARIA", clock)
    assert service.profile(account)["given_names"].locked
    with pytest.raises(service.Locked) as refused:
        save(given_names="Max", telephone="030 1234")
    assert refused.value.names == ["given_names"]
    assert account.given_names == "ERIKA MARIA"
    assert value(account, "telephone") is None


def test_the_same_as_proven_is_no_change(account, save, clock):
    prove(account, "given_names", "ERIKA MARIA", clock)
    assert save(given_names="ERIKA MARIA") == []
    assert attributes.attribute(account, "given_names").level is TrustLevel.HIGH


class TestTwoTabs:
    """Two windows show the same profile, and both are saved."""

    @pytest.fixture
    def tab(self, account, clock, save):
        """A tab that was opened before another one saved a telephone number."""
        save(telephone="030 1", given_names="Erika")
        seen = versions(account)
        save(telephone="030 2")
        return lambda **entries: service.save(account, entries, seen, clock())

    def test_the_second_is_told_when_both_changed_the_same(self, tab, account):
        with pytest.raises(service.ChangedElsewhere) as refused:
            tab(telephone="030 3", place_of_birth="Berlin")
        assert refused.value.names == ["telephone"]
        assert value(account, "telephone") == "030 2"
        assert value(account, "place_of_birth") is None

    def test_who_was_told_and_saves_again_is_heeded(self, tab, save, account):
        save(telephone="030 3", place_of_birth="Berlin")
        assert value(account, "telephone") == "030 3"

    def test_both_are_kept_when_they_changed_different_things(self, tab, account):
        assert tab(telephone="030 1", place_of_birth="Berlin") == ["place_of_birth"]
        assert value(account, "telephone") == "030 2"
        assert value(account, "place_of_birth") == "Berlin"

    def test_the_same_change_twice_is_no_conflict(self, tab, account):
        assert tab(telephone="030 2") == []

    def test_who_saw_nothing_overwrites_nothing(self, account, save, clock):
        save(telephone="030 1")
        with pytest.raises(service.ChangedElsewhere):
            service.save(account, {"telephone": "030 2"}, {}, clock())

    def test_rows_are_compared_as_a_whole(self, account, save, clock):
        seen = versions(account)
        save(Kind=[MAX])
        moritz = MAX | {"given_names": "Moritz"}
        with pytest.raises(service.ChangedElsewhere):
            service.save(account, {"Kind": [moritz]}, seen, clock())
        assert value(account, "Kind") == [MAX]


def test_of_two_at_the_same_moment_the_second_is_told(account, clock, functional):
    """The database refuses the second write; its retry then sees the first."""
    seen = versions(account)
    first, second = (Writer(functional["app"]) for _each in range(2))
    attributes.type_in(first.account(account.id), "telephone", "030 0", clock())
    attributes.type_in(second.account(account.id), "place_of_birth", "X", clock())
    first.commit()
    with pytest.raises(TransientError):
        second.commit()
    transaction.begin()
    with pytest.raises(service.ChangedElsewhere):
        service.save(account, {"telephone": "030 1"}, seen, clock())
    assert value(account, "telephone") == "030 0"


class Writer:
    """A request of its own, with its own connection to the database."""

    def __init__(self, application) -> None:
        self._manager = transaction.TransactionManager()
        self._connection = application._p_jar.db().open(self._manager)

    def account(self, account_id: str):
        """Return the account as this request sees it."""
        site = self._connection.root()["Application"]["plone"]
        return query_store(site).accounts[account_id]

    def commit(self) -> None:
        """Commit, and close the connection in any case."""
        try:
            self._manager.commit()
        finally:
            self._manager.abort()
            self._connection.close()


class TestTypeEditor:
    """The webmaster changes the fields through the web."""

    def test_a_new_field_is_asked_and_kept(self, account, save, type_editor):
        type_editor.add("Servicekonto", "shoe_size", schema.Int)
        assert "shoe_size" in service.profile(account)
        save(shoe_size="42")
        assert value(account, "shoe_size") == 42

    def test_the_data_of_the_law_are_still_asked(self, account, type_editor):
        before = list(service.profile(account))
        type_editor.add("Servicekonto", "shoe_size")
        assert set(before) < set(service.profile(account))

    def test_a_default_is_no_statement(self, account, type_editor):
        type_editor.add("Servicekonto", "newsletter", schema.Bool, default=True)
        assert service.profile(account)["newsletter"].attribute is None

    def test_no_is_an_answer(self, account, save, type_editor):
        type_editor.add("Servicekonto", "newsletter", schema.Bool)
        save(newsletter="no")
        assert value(account, "newsletter") is False
        assert service.profile(account)["newsletter"].entry == "no"

    def test_a_removed_field_keeps_its_value_until_the_citizen_deletes_it(
        self, account, save, type_editor
    ):
        type_editor.add("Servicekonto", "shoe_size")
        save(shoe_size="42")
        type_editor.remove("Servicekonto", "shoe_size")
        (kept,) = former(account)
        assert (kept.name, kept.title) == ("shoe_size", "Shoe size")
        assert attributes.attributes(account)["shoe_size"].value == "42"
        with pytest.raises(service.Incorrect):
            save(shoe_size="43")
        save(shoe_size="")
        assert former(account) == []

    def test_a_removed_column_keeps_its_cells(self, account, save, type_editor):
        type_editor.add("Kind", "shoe_size")
        save(Kind=[MAX | {"shoe_size": "28"}])
        type_editor.remove("Kind", "shoe_size")
        save(Kind=[MAX | {"shoe_size": "28", "place_of_birth": "Berlin"}])
        (child,) = value(account, "Kind")
        assert child["shoe_size"] == "28"
        save(Kind=[MAX | {"shoe_size": ""}])
        columns = service.profile(account)["Kind"].asked.columns
        assert "shoe_size" not in {column.name for column in columns}

    def test_a_new_column_is_no_change_of_the_rows(
        self, account, save, type_editor, clock
    ):
        save(Kind=[MAX])
        seen = versions(account)
        type_editor.add("Kind", "shoe_size")
        changed = [MAX | {"place_of_birth": "Berlin"}]
        assert service.save(account, {"Kind": changed}, seen, clock()) == ["Kind"]

    def test_rows_that_are_not_listed_any_more_are_former(self, account, save, site):
        save(Hund=[{"name": "Waldi"}])
        site.buergerportal.row_types = ["Kind"]
        (kept,) = former(account)
        assert (kept.name, kept.title) == ("Hund", "Dog")
        save(Hund="")
        assert value(account, "Hund") is None

    def test_an_option_that_was_chosen_stays_until_another_is(
        self, account, save, type_editor
    ):
        type_editor.add("Servicekonto", "party", schema.Choice, values=["red", "blue"])
        save(party="red")
        type_editor.remove("Servicekonto", "party")
        type_editor.add("Servicekonto", "party", schema.Choice, values=["blue"])
        answer = service.profile(account)["party"]
        assert (answer.entry, "red" in answer.asked.options) == ("red", True)
        save(party="blue")
        assert "red" not in service.profile(account)["party"].asked.options

    @pytest.mark.parametrize("name", ["password_hash", "credentials", "registered"])
    def test_a_field_cannot_take_the_place_of_what_the_account_needs(
        self, account, type_editor, name
    ):
        type_editor.add("Servicekonto", name)
        assert name not in service.profile(account)
        assert any("will not see this field" in one for one in type_editor.messages())

    def test_the_webmaster_is_told_of_a_field_that_nobody_can_fill_in(
        self, type_editor
    ):
        type_editor.add("Servicekonto", "meeting", schema.Datetime)
        assert any("will not see this field" in one for one in type_editor.messages())
        type_editor.add("Kind", "school")
        assert "will not see" not in " ".join(type_editor.messages())

    @pytest.mark.parametrize("steps", ["everything", "the types alone"])
    def test_the_fields_of_the_webmaster_outlive_a_new_version(
        self, account, save, type_editor, site, steps
    ):
        type_editor.add("Servicekonto", "shoe_size")
        type_editor.add("Kind", "shoe_size")
        type_editor.add("Postfachnachricht", "shoe_size")
        type_editor.remove("Hund", "name")
        setup, profile = site.portal_setup, "profile-collective.servicekonto:default"
        if steps == "everything":
            setup.runAllImportStepsFromProfile(profile)
        else:
            setup.runImportStepFromProfile(profile, "typeinfo")
        answers = service.profile(account)
        columns = {
            name: {column.name for column in answers[name].asked.columns}
            for name in ("Kind", "Hund")
        }
        assert "shoe_size" in answers
        assert "shoe_size" in site.portal_types.Postfachnachricht.lookupSchema()
        assert "shoe_size" in columns["Kind"]
        assert columns["Hund"]
        assert "name" not in columns["Hund"]

    def test_a_type_that_was_deleted_comes_back_with_its_first_fields(
        self, account, type_editor, site
    ):
        site.portal_types.manage_delObjects(["Hund"])
        setup, profile = site.portal_setup, "profile-collective.servicekonto:default"
        setup.runImportStepFromProfile(profile, "typeinfo")
        columns = service.profile(account)["Hund"].asked.columns
        assert "name" in {column.name for column in columns}
