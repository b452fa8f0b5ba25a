"""Filling in a form by REST: the same rules as on its pages."""

from collective.servicekonto.accounts import attributes
from collective.servicekonto.services.applications import service as services
from collective.servicekonto.services.filling import limits
from collective.servicekonto.services.mapping.mapped import Mapped
from collective.servicekonto.services.statistics import service as statistics
from datetime import timedelta
from plone import api
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.rest.filling.conftest import applications
from tests.rest.filling.conftest import DOG
from tests.rest.filling.conftest import field
from tests.rest.filling.conftest import FILLING
from tests.rest.filling.conftest import of_form
from tests.rest.filling.conftest import the_draft
from tests.services.filling.forms import FIELDS
from tests.services.filling.forms import MAPPING
from tests.services.filling.test_bad_luck import change
from tests.services.filling.test_prefill import PROVEN
from tests.services.filling.test_prefill import WITH_EMAIL
import pytest
import transaction


TELEPHONE = "form.widgets.telephone"


class TestReading:
    """The form with what the account says."""

    def test_it_says_what_is_asked_and_whence_values_come(self, erika):
        answer = erika.reads()
        assert answer.status_code == 200
        found = answer.json()
        assert [one["title"] for one in found["pages"]][1:] == ["Der Hund", "Weiteres"]
        assert found["kept"] is None
        assert not found["complete"]
        name = field(answer, "given_names")
        assert (name["value"], name["kind"]) == ("Erika", "line")
        assert name["origin"]["level"] == "basisregistrierung"
        assert name["origin"]["source"] == "eingabe"
        race = field(answer, "race")
        assert [one["value"] for one in race["options"]] == ["Dackel", "Pitbull"]
        assert race["problem"]
        assert not field(answer, "permit")["asked"]

    def test_it_writes_nothing(self, erika, served):
        erika.types(**DOG)
        database = served["app"]._p_jar.db()
        before = database.lastTransaction()
        assert erika.reads().status_code == 200
        assert database.lastTransaction() == before

    def test_nobody_reads_it_without_a_session(self, erika):
        erika.client.without_token()
        assert erika.reads().status_code == 401
        assert erika.types(dog_name="Rex").status_code == 401

    def test_a_form_that_is_not_published_is_nobodys(self, erika, service):
        with api.env.adopt_roles(["Manager"]):
            api.content.transition(service, "retract")
        transaction.commit()
        assert erika.reads().status_code == 401
        assert erika.types(dog_name="Rex").status_code == 401

    def test_others_do_not_see_what_was_entered(self, erika, max_):
        erika.types(dog_name="Rex")
        assert "Rex" not in max_.reads().text
        assert max_.reads().json()["kept"] is None


class TestTyping:
    """What is typed is kept in the draft of the pages."""

    def test_typed_values_come_back_as_they_were_sent(self, erika, account):
        answer = erika.types(**DOG)
        assert answer.status_code == 200
        for name, value in DOG.items():
            assert field(answer, name)["value"] == value
            assert field(answer, name)["problem"] is None
        assert answer.json()["complete"]
        assert the_draft(account).entries["form.widgets.dog_name"] == "Rex"

    def test_what_is_wrong_is_told_and_kept(self, erika):
        answer = erika.types(dog_name="Rex", race="Pitbull")
        assert field(answer, "permit")["asked"]
        assert field(answer, "permit")["problem"]
        assert not answer.json()["complete"]
        assert field(erika.reads(), "dog_name")["value"] == "Rex"

    def test_null_empties_a_field(self, erika):
        erika.types(**DOG)
        answer = erika.types(born=None, race=None, given_names=None)
        for name in ("born", "race", "given_names"):
            assert field(answer, name)["value"] is None
        assert field(answer, "race")["problem"]

    def test_a_beginning_is_counted_with_the_pages(self, erika, service, clock):
        erika.types(dog_name="Rex")
        erika.types(race="Dackel")
        transaction.begin()
        [counts] = statistics.overview(service.UID(), clock().date(), 1).values()
        assert counts.started == 1
        assert counts.pages == (1, 1, 1, 1)

    @pytest.mark.parametrize(
        "values",
        [
            {"dog_name": 7},
            {"dog_name": ["Rex"]},
            {"race": "Mops"},
            {"race": ["Dackel"]},
            {"born": "yesterday"},
            {"chipped": "yes"},
            {"unknown": "Rex"},
            {"photo": "content"},
        ],
    )
    def test_what_a_field_cannot_take_is_refused(self, erika, account, values):
        answer = erika.types(note="Bitte", **values)
        assert (answer.status_code, answer.json()["type"]) == (400, "Incorrect")
        assert answer.json()["problems"].keys() == values.keys()
        assert the_draft(account) is None

    @pytest.mark.parametrize(
        "body",
        [
            {"fields": []},
            {"fields": {"dog_name": "Rex"}},
            {"fields": {"dog_name": {"value": "Rex", "version": 1}}},
            {"kept_back": "telephone"},
            {"rows": {"Hund": 1}},
        ],
    )
    def test_a_body_of_another_form_is_refused(self, erika, account, body):
        assert erika.changes(**body).status_code == 400
        assert the_draft(account) is None

    def test_other_sites_cannot_send_it(self, erika, account):
        address = f"{erika.address}/{FILLING}"
        answer = erika.client.patch(address, data='{"fields": {}}')
        assert answer.status_code == 415
        assert the_draft(account) is None

    def test_a_cookie_alone_is_not_enough(self, erika, account):
        client = erika.client.without_token()
        body = {"login": ADDRESS, "password": PASSWORD}
        client.post(f"{client.site_url}/@login", json=body)
        answers = [
            erika.types(dog_name="Rex"),
            erika.attaches("photo", "rex.txt", b"Ein Dackel"),
            erika.discards(confirmed=True),
            erika.sends(erika.reads()),
        ]
        for answer in answers:
            assert (answer.status_code, answer.json()["type"]) == (403, "NotProven")
        assert the_draft(account) is None


@of_form(fields_model=WITH_EMAIL, mapping=PROVEN)
class TestProven:
    """What the form demands proven comes from the account."""

    def test_it_is_shown_and_locked(self, erika):
        email = field(erika.reads(), "email")
        assert (email["value"], email["locked"]) == (ADDRESS, True)
        assert email["origin"]["source"] == "link"

    def test_a_forged_value_is_refused(self, erika, account):
        answer = erika.types(dog_name="Rex", email="mallory@example.org")
        assert (answer.status_code, answer.json()["type"]) == (409, "FieldLocked")
        assert answer.json()["names"] == ["email"]
        assert the_draft(account) is None

    def test_it_is_sent_as_the_account_says_it(self, erika):
        assert erika.sends(erika.types(**DOG)).status_code == 201
        [application] = map(services.query, applications())
        found = {one.field: one for one in application.answers}
        assert found["email"].text == ADDRESS
        assert found["email"].origin == "niedrig:link"


class TestKeepingBack:
    """What the form can do without need not be handed over."""

    @pytest.fixture
    def telephone(self, account, clock):
        """The number in the account."""
        attributes.type_in(account, "telephone", "030 1234", clock())
        transaction.commit()

    def test_an_optional_attribute_stays_in_the_account(self, erika, telephone):
        assert field(erika.reads(), "telephone")["value"] == "030 1234"
        answer = erika.changes(kept_back=["telephone"])
        assert field(answer, "telephone")["value"] is None
        assert "030 1234" not in answer.text
        assert erika.sends(erika.types(**DOG)).status_code == 201
        [application] = map(services.query, applications())
        assert "telephone" not in {one.field for one in application.answers}

    def test_what_the_form_needs_cannot_be_kept_back(self, erika, account):
        answer = erika.changes(kept_back=["given_names"])
        assert answer.status_code == 400
        assert the_draft(account) is None


@of_form(
    mapping=(
        *MAPPING,
        Mapped("dog_name", "Hund", "name"),
        Mapped("note", "Hund", "chip_number"),
    )
)
def test_of_several_rows_one_fills_in_the_form(erika, account, clock):
    dogs = [{"name": name, "chip_number": "1"} for name in ("Rex", "Waldi")]
    attributes.type_in(account, "Hund", dogs, clock())
    transaction.commit()
    [rows] = erika.reads().json()["rows"]
    row = next(one["row"] for one in rows["options"] if "Waldi" in one["title"])
    answer = erika.changes(rows={"Hund": row})
    assert field(answer, "dog_name")["value"] == "Waldi"
    assert erika.changes(rows={"Hund": "unknown"}).status_code == 400


class TestElsewhere:
    """What another device saved is not overwritten unseen."""

    def test_a_field_that_was_changed_is_a_conflict(self, erika, account):
        seen = field(erika.types(dog_name="Rex"), "dog_name")["version"]
        erika.types(dog_name="Waldi")
        late = {"dog_name": {"value": "Bello", "version": seen}}
        answer = erika.changes(fields=late)
        assert (answer.status_code, answer.json()["type"]) == (409, "ChangedElsewhere")
        [conflict] = answer.json()["conflicts"]
        assert (conflict["name"], conflict["value"]) == ("dog_name", "Waldi")
        late["dog_name"]["version"] = conflict["version"]
        assert field(erika.changes(fields=late), "dog_name")["value"] == "Bello"

    def test_other_fields_are_none(self, erika):
        seen = field(erika.reads(), "dog_name")["version"]
        erika.types(race="Dackel")
        fields = {"dog_name": {"value": "Rex", "version": seen}}
        assert erika.changes(fields=fields).status_code == 200

    def test_what_was_set_aside_must_have_been_seen(self, erika, account):
        erika.types(telephone="030 1234")
        the_draft(account).aside = {TELEPHONE: "666"}
        transaction.commit()
        answer = erika.types(telephone="666")
        assert answer.status_code == 409
        [conflict] = answer.json()["conflicts"]
        assert conflict["set_aside"] == ["666"]
        seen = {"value": "030 1234", "version": conflict["version"]}
        assert erika.changes(fields={"telephone": seen}).status_code == 200
        assert not the_draft(account).aside


class TestLevels:
    """What was entered at a level needs it still."""

    @of_form(required_level="hoch")
    def test_below_the_level_there_is_the_way_to_it(self, erika, account):
        for answer in (erika.reads(), erika.types(dog_name="Rex")):
            assert (answer.status_code, answer.json()["type"]) == (403, "LevelTooLow")
            assert answer.json()["required_level"] == "hoch"
            assert answer.json()["level"] == "niedrig"
            assert "Erika" not in answer.text
        assert the_draft(account) is None

    def test_a_draft_of_a_level_is_neither_read_nor_changed_nor_sent_below(
        self, erika, account, clock, service
    ):
        change(service, required_level="hoch")
        erika.goes_on_with(account, "hoch", clock())
        seen = erika.types(telephone="030 1234", **DOG)
        change(service, required_level="niedrig")
        erika.goes_on_with(account, "niedrig", clock())
        answers = [
            erika.reads(),
            erika.types(telephone="666"),
            erika.attaches("photo", "a.txt", b"Rex"),
            erika.discards(confirmed=True),
            erika.sends(seen),
        ]
        for answer in answers:
            assert (answer.status_code, answer.json()["type"]) == (403, "LevelTooLow")
            assert "030 1234" not in answer.text
        assert the_draft(account).entries[TELEPHONE] == "030 1234"
        assert applications() == []


class TestClosed:
    """What is closed for the pages is closed for programs."""

    def test_after_the_last_day(self, erika, service, clock, account):
        change(service, open_until=clock().date() - timedelta(days=1))
        answer = erika.types(dog_name="Rex")
        assert (answer.status_code, answer.json()["type"]) == (409, "Closed")
        assert the_draft(account) is None

    @of_form(audiences={"anonymous"})
    def test_for_people_without_account_only(self, erika):
        assert erika.reads().json()["type"] == "NotForYou"

    def test_without_an_office(self, erika, service):
        change(service, office="")
        assert erika.reads().json()["type"] == "NotAtPresent"


class TestLimits:
    """Programs save no more than people."""

    def test_saving_too_often(self, erika, account, monkeypatch):
        monkeypatch.setattr(limits, "SAVES_OF_DRAFT", 1)
        erika.types(dog_name="Rex")
        answer = erika.types(dog_name="Waldi")
        assert (answer.status_code, answer.json()["type"]) == (400, "TooMuch")
        assert the_draft(account).entries["form.widgets.dog_name"] == "Rex"

    def test_more_than_a_draft_holds(self, erika, account):
        answer = erika.types(note="x" * 300_000)
        assert (answer.status_code, answer.json()["type"]) == (400, "TooMuch")
        assert the_draft(account) is None


SPY = "python: 'spy' + str(request.environ) + str(request.get('HTTP_AUTHORIZATION'))"


@of_form(
    fields_model=FIELDS.replace(
        '<field name="telephone"', f'<field name="telephone" easyform:TDefault="{SPY}"'
    )
)
def test_an_expression_finds_no_token(erika):
    token = erika.client.headers["Authorization"].partition(" ")[2]
    answer = erika.types(dog_name="Rex")
    assert field(answer, "telephone")["default"].startswith("spy")
    assert token not in answer.text
