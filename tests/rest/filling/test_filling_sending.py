"""Files of a form, throwing its draft away, and sending it by REST."""

from collective.servicekonto.accounts import attributes
from collective.servicekonto.dataaccess import log
from collective.servicekonto.services.applications import daily
from collective.servicekonto.services.applications import service as services
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.store.service import get_store
from tests.rest.filling.conftest import applications
from tests.rest.filling.conftest import DOG
from tests.rest.filling.conftest import field
from tests.rest.filling.conftest import of_form
from tests.rest.filling.conftest import the_draft
import pytest
import transaction


class TestFiles:
    """Files come one by one, and stay with the draft."""

    def test_a_file_is_kept_and_sent(self, erika):
        answer = erika.attaches("photo", "rex.txt", b"Ein Dackel")
        assert answer.status_code == 201
        assert field(answer, "photo")["file"]["name"] == "rex.txt"
        assert erika.sends(erika.types(**DOG)).status_code == 201
        [application] = map(services.query, applications())
        assert [one.attachment.name for one in application.files] == ["rex.txt"]

    def test_null_removes_it(self, erika, account):
        erika.attaches("photo", "rex.txt", b"Ein Dackel")
        assert field(erika.types(photo=None), "photo")["file"] is None
        assert not the_draft(account).files

    def test_what_the_pages_do_not_take_is_refused(self, erika, account):
        answer = erika.attaches("photo", "boese.exe", b"MZ")
        assert (answer.status_code, answer.json()["type"]) == (400, "FileRefused")
        assert the_draft(account) is None

    @pytest.mark.parametrize("name", ["dog_name", "unknown", "photo/x"])
    def test_there_is_no_other_place_for_files(self, erika, account, name):
        answer = erika.attaches(name, "rex.txt", b"Ein Dackel")
        assert answer.status_code == 404
        assert the_draft(account) is None


@of_form(audiences={"account", "organisation"})
def test_a_program_applies_for_a_club(erika):
    club = {
        "servicekonto_for": "organisation",
        "servicekonto_organisation": "Hundefreunde e. V.",
        "servicekonto_function": "Vorsitzende",
    }
    assert erika.sends(erika.types(**DOG, **club)).status_code == 201
    [application] = map(services.query, applications())
    answers = {one.field: one.value for one in application.answers}
    assert answers.items() >= club.items()


class TestDiscarding:
    """A draft is thrown away by who says so."""

    def test_it_must_be_confirmed(self, erika, account):
        erika.types(dog_name="Rex")
        assert erika.discards().status_code == 400
        assert the_draft(account)
        assert erika.discards(confirmed=True).status_code == 204
        assert the_draft(account) is None
        assert erika.discards(confirmed=True).status_code == 404

    def test_others_have_none(self, erika, max_, account):
        erika.types(dog_name="Rex")
        assert max_.discards(confirmed=True).status_code == 404
        assert the_draft(account)


class TestSending:
    """One application, however often it is sent."""

    def test_it_is_sent_once(self, erika, account):
        seen = erika.types(**DOG)
        first = erika.sends(seen)
        assert first.status_code == 201
        sent = first.json()["application"]
        assert {one["field"]: one["text"] for one in sent["answers"]}[
            "race"
        ] == "Dackel"
        again = erika.sends(seen)
        assert again.status_code == 201
        assert again.json()["application"]["id"] == sent["id"]
        assert applications() == [sent["id"]]
        assert the_draft(account) is None
        assert len(get_store().queue(drafts.DRAFTS)) == 0
        [transfer] = log.transfers(account.id)
        assert {name for name, _level in transfer.attributes} == {
            "given_names",
            "family_name",
        }

    def test_gaps_are_refused(self, erika):
        answer = erika.sends(erika.types(dog_name="Rex"))
        assert (answer.status_code, answer.json()["type"]) == (400, "Incorrect")
        assert answer.json()["problems"].keys() == {"race"}
        assert applications() == []

    def test_only_what_was_seen_is_sent(self, erika):
        seen = erika.types(**DOG)
        erika.types(dog_name="Waldi")
        answer = erika.sends(seen)
        assert (answer.status_code, answer.json()["type"]) == (409, "Changed")
        assert applications() == []

    def test_nobody_sends_what_is_not_theirs(self, erika, max_):
        seen = erika.types(**DOG)
        assert max_.sends(seen).status_code == 404
        max_.types(**DOG)
        assert max_.sends(seen).json()["type"] == "Changed"
        assert applications() == []
        erika.sends(seen)
        assert max_.sends(seen).json()["type"] == "Changed"

    def test_without_a_draft_there_is_nothing_to_send(self, erika):
        assert erika.sends(erika.reads()).status_code == 404

    def test_the_limit_of_a_day_counts(self, erika, monkeypatch):
        monkeypatch.setattr(daily, "APPLICATIONS_PER_DAY", 0)
        answer = erika.sends(erika.types(**DOG))
        assert answer.status_code == 429
        assert answer.json()["type"] == "TooManyApplications"
        assert applications() == []

    def test_what_was_typed_can_be_kept_in_the_profile(self, erika, account):
        seen = erika.types(telephone="030 1234", **DOG)
        assert seen.json()["new_in_profile"]
        assert erika.sends(seen, keep_in_profile=True).status_code == 201
        transaction.begin()
        assert attributes.attribute(account, "telephone").value == "030 1234"

    @of_form(required_level="hoch")
    def test_what_was_sent_at_a_level_is_shown_there(self, erika, account, clock):
        erika.goes_on_with(account, "hoch", clock())
        seen = erika.types(**DOG)
        assert erika.sends(seen).status_code == 201
        erika.goes_on_with(account, "niedrig", clock())
        answer = erika.sends(seen)
        assert (answer.status_code, answer.json()["type"]) == (403, "LevelTooLow")
        assert "Rex" not in answer.text
