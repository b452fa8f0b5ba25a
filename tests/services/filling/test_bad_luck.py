"""Whatever goes wrong, nothing is lost, nothing is sent by halves, and it is said why."""

from collective.easyform.api import get_actions
from collective.servicekonto.accounts import attributes
from collective.servicekonto.dataaccess import log
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.mapping.service import set_mapping
from collective.servicekonto.store.service import get_store
from datetime import date
from plone import api
from tests.postbox.attachments.made import pdf
from tests.services.filling.forms import add_service
from tests.services.filling.forms import FIELDS
from tests.services.filling.forms import MAPPING
from tests.services.filling.test_path import the_application
from urllib.parse import urlencode
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction


EVIL = "<script>alert(1)</script> #eval(1) $x$ \\u{0} {{7*7}} \x00\x07\x1b[2J\u202e\uffff 'x"

SAVER = """<model xmlns="http://namespaces.plone.org/supermodel/schema">
  <schema>
    <field name="saver" type="collective.easyform.actions.SaveData">
      <title>Saver</title>
    </field>
  </schema>
</model>"""

SCRIPT = """<model xmlns="http://namespaces.plone.org/supermodel/schema">
  <schema>
    <field name="own_script" type="collective.easyform.actions.CustomScript">
      <title>Script</title>
      <ProxyRole>none</ProxyRole>
      <ScriptBody>{body}</ScriptBody>
    </field>
  </schema>
</model>"""


def applications():
    """Return how many applications there are."""
    transaction.begin()
    return len(get_store().applications)


def the_draft(account):
    """Return the only draft of the account."""
    transaction.begin()
    [(_uid, draft)] = drafts.all_of(account.id)
    return draft


def change(service, **values):
    """Let an editor change the form."""
    transaction.begin()
    for name, value in values.items():
        setattr(service, name, value)
    if "fields_model" in values:
        set_mapping(service, MAPPING)
    notify(ObjectModifiedEvent(service))
    transaction.commit()


class TestTheEditorChangesTheForm:
    """Drafts go on with the form as it is now."""

    def test_a_field_is_removed_between_opening_and_sending(self, erika, service):
        erika.fills_in_everything()
        start = FIELDS.index('<field name="chipped"')
        end = FIELDS.index("</field>", start) + len("</field>")
        change(service, fields_model=FIELDS[:start] + FIELDS[end:])
        erika.sends()
        assert "have changed since you saw this page" in erika.contents
        assert applications() == 0
        erika.sends()
        assert "chipped" not in {one.field for one in the_application().answers}

    def test_a_field_is_removed_while_its_page_is_open(self, erika, service, account):
        erika.begins()
        erika.types(telephone="030 1234")
        start = FIELDS.index('<field name="telephone"')
        end = FIELDS.index("</field>", start) + len("</field>")
        change(service, fields_model=FIELDS[:start] + FIELDS[end:])
        erika.goes_on()
        assert erika.step == "ausfuellen?seite=2"
        assert "form.widgets.telephone" not in the_draft(account).entries

    def test_a_new_question_has_to_be_answered(self, erika, service):
        erika.fills_in_everything()
        change(
            service,
            fields_model=FIELDS.replace(
                '<fieldset name="dog"',
                '<field name="street" type="zope.schema.TextLine">'
                '<title>Straße</title></field><fieldset name="dog"',
            ),
        )
        erika.sends()
        assert "ausfuellen?seite=1#formfield-form-widgets-street" in erika.contents
        assert applications() == 0

    def test_a_page_is_removed(self, erika, service):
        erika.begins()
        erika.goes_on()
        start = FIELDS.index('<fieldset name="dog"')
        end = FIELDS.index("</fieldset>", start) + len("</fieldset>")
        change(service, fields_model=FIELDS[:start] + FIELDS[end:])
        erika.reads("ausfuellen?seite=99")
        assert "Weiteres" in erika.contents

    def test_another_purpose_has_to_be_read_first(self, erika, service):
        erika.fills_in_everything()
        change(service, purpose="Werbung")
        erika.sends()
        assert "have changed since you saw this page" in erika.contents
        assert applications() == 0


class TestTheServiceIsNotThereAnyMore:
    """It is said clearly, and the draft stays."""

    def test_the_office_is_deleted(self, erika, office, account):
        erika.fills_in_everything()
        with api.env.adopt_roles(["Manager"]):
            api.content.delete(office, check_linkintegrity=False)
        transaction.commit()
        erika.sends()
        assert erika.headers["status"].startswith("409")
        assert "No office is responsible for it" in erika.contents
        assert applications() == 0
        assert the_draft(account)

    def test_the_last_day_is_over(self, erika, service, account, clock):
        erika.begins()
        change(service, open_until=date(2000, 1, 1))
        erika.types(telephone="030 1234")
        erika.goes_on()
        assert erika.headers["status"].startswith("409")
        assert the_draft(account).entries["form.widgets.telephone"] == "030 1234"

    def test_the_form_is_deleted(self, erika, service, account):
        erika.begins()
        with api.env.adopt_roles(["Manager"]):
            api.content.delete(service, check_linkintegrity=False)
        transaction.commit()
        erika.reads("ausfuellen")
        assert erika.headers["status"].startswith("404")
        assert the_draft(account)


class TestTheLevelDrops:
    """What is typed is kept, and nothing leaves."""

    def test_in_the_middle(self, erika, service, account, raised):
        erika.begins()
        erika.types(telephone="030 1234")
        change(service, required_level="substanziell")
        erika.goes_on()
        assert erika.headers["status"].startswith("403")
        assert "Please confirm first who you are" in erika.contents
        raised("substanziell")
        erika.reads("ausfuellen")
        assert erika.field("telephone").value == "030 1234"

    def test_before_sending(self, erika, service, account):
        erika.fills_in_everything()
        change(service, required_level="substanziell")
        erika.sends()
        assert erika.headers["status"].startswith("403")
        assert applications() == 0
        assert list(log.transfers(account.id)) == []


class TestEvilTexts:
    """Script, Typst code and control characters stay texts, or are left out."""

    @pytest.fixture
    def service(self, site, office):
        """A form whose fields take any text, as no attribute belongs to them."""
        return add_service(site, office, mapping=())

    @pytest.fixture
    def sent(self, erika):
        """A form with them in every field of a text."""
        erika.begins()
        line = EVIL.replace("\n", " ")
        self_typed = dict.fromkeys(("given_names", "family_name", "telephone"), line)
        typed = {f"form.widgets.{name}": text for name, text in self_typed.items()}
        erika.posts("ausfuellen", was="weiter", seite="1", **typed)
        assert erika.step == "ausfuellen?seite=2"
        typed = {"form.widgets.dog_name": line, "form.widgets.race:list": "Dackel"}
        erika.posts("ausfuellen", was="weiter", seite="2", **typed)
        typed = {"form.widgets.note": f"{EVIL}\n{EVIL}"}
        erika.posts("ausfuellen", was="weiter", seite="3", **typed)
        assert erika.step == "pruefen"
        assert "<script>alert(1)" not in erika.contents
        erika.sends()
        return erika

    def test_they_are_sent_as_texts(self, sent):
        application = the_application()
        answers = {one.field: one.text for one in application.answers}
        expected = "<script>alert(1)</script> #eval(1) $x$ \\u{0} {{7*7}} [2J 'x"
        assert answers["dog_name"] == expected
        assert answers["note"] == f"{expected}\n{expected}"
        assert application.paper is not None
        assert "<script>alert(1)" not in sent.contents

    def test_an_option_that_does_not_exist_is_no_answer(self, erika):
        erika.begins()
        typed = {"form.widgets.dog_name": "Rex", "form.widgets.race:list": "Wolf"}
        erika.posts("ausfuellen", was="weiter", seite="2", **typed)
        assert 'href="#form-widgets-race' in erika.contents

    def test_much_more_than_a_person_types_is_refused(self, erika, account):
        erika.begins()
        answer = erika.saves_by_script(telephone="x" * 200_001)
        assert "more entries than can be kept" in answer["message"]
        assert "form.widgets.telephone" not in the_draft(account).entries


class TestFiles:
    """The limits of the Postfach hold for all files of a form together."""

    @pytest.fixture
    def service(self, site, office):
        """A form with two files."""
        second = FIELDS.replace(
            '<field name="note"',
            '<field name="certificate" type="plone.namedfile.field.NamedBlobFile">'
            "<title>Nachweis</title><required>False</required></field>"
            '<field name="note"',
        )
        return add_service(site, office, fields_model=second)

    def test_too_many(self, erika, account):
        settings().attachments_per_message = 1
        transaction.commit()
        erika.begins()
        erika.reads("ausfuellen?seite=3")
        erika.attaches("photo", pdf(), "rex.pdf")
        erika.attaches("certificate", pdf(), "impfung.pdf")
        erika.goes_on()
        assert "at most 1 files" in erika.contents
        assert list(the_draft(account).files) == ["photo"]

    def test_they_belong_to_the_application(self, erika):
        erika.begins()
        erika.reads("ausfuellen?seite=3")
        erika.attaches("photo", pdf(), "rex.pdf")
        erika.goes("speichern")
        erika.fills_in_everything()
        assert "rex.pdf" in erika.contents
        erika.sends()
        [file] = the_application().files
        assert (file.field, file.attachment.name) == ("photo", "rex.pdf")


class TestTheEditorsOwnActions:
    """They run behind ours: what fails there undoes everything."""

    def use(self, service, body):
        """Let this script run when the form is sent."""
        change(service, actions_model=SCRIPT.format(body=body))

    def test_an_error_undoes_all(self, erika, service, account, caplog):
        self.use(service, "assert False, fields['form.widgets.dog_name']")
        erika.begins()
        erika.types(telephone="030 1234")
        erika.goes_on()
        erika.fills_in_everything()
        erika.getControl(name="profil").value = True
        erika.sends()
        assert "Nothing was sent, and your entries are kept." in erika.contents
        assert applications() == 0
        assert list(log.transfers(account.id)) == []
        assert attributes.attribute(account, "telephone") is None
        assert the_draft(account)
        assert "Rex" not in caplog.text
        self.use(service, "return {}")
        erika.reads("pruefen")
        erika.sends()
        assert applications() == 1

    def test_a_problem_it_finds_is_shown_at_the_field(self, erika, service):
        self.use(service, "return {'dog_name': 'Diesen Hund kennen wir.'}")
        erika.fills_in_everything()
        erika.sends()
        assert "Diesen Hund kennen wir." in erika.contents
        assert "seite=2#formfield-form-widgets-dog_name" in erika.contents
        assert applications() == 0

    def test_it_gets_all_values(self, erika, service):
        names = "form.widgets.family_name", "form.widgets.dog_name"
        texts = " + '/' + ".join(f"fields['{name}']" for name in names)
        self.use(service, f"return {{'dog_name': {texts}}}")
        erika.fills_in_everything()
        erika.sends()
        assert "Mustermann/Rex" in erika.contents


class TestOtherDoors:
    """EasyForm's own ways of sending are closed, and nobody sends for another."""

    SENT = {
        "form.widgets.given_names": "Mallory",
        "form.widgets.family_name": "M",
        "form.widgets.dog_name": "Rex",
        "form.widgets.race:list": "Dackel",
        "form.buttons.submit": "Submit",
    }

    @pytest.mark.parametrize(
        "page", ["", "view", "@@embedded", "@@z3cform_validate_field?fname=note"]
    )
    def test_easyform_sends_nothing(self, erika, service, page):
        change(service, actions_model=SAVER)
        data = urlencode(self.SENT | {"csrf": erika.token()})
        erika.open(f"{erika.portal}/hundesteuer/{page}", data=data)
        transaction.begin()
        assert get_actions(service)["saver"].itemsSaved() == 0
        assert applications() == 0

    @pytest.mark.parametrize("page", ["ausfuellen", "pruefen"])
    def test_without_the_token_nothing_happens(self, erika, page, account):
        erika.begins()
        before = the_draft(account).saved
        data = urlencode({"form.widgets.telephone": "666", "was": "weiter"})
        erika.open(f"{erika.portal}/hundesteuer/{page}", data=data)
        assert erika.headers["status"].startswith("403")
        draft = the_draft(account)
        assert draft.saved == before
        assert "form.widgets.telephone" not in draft.entries

    def test_a_link_begins_nothing(self, erika, account):
        erika.reads("ausfuellen?was=beginnen")
        transaction.begin()
        assert list(drafts.all_of(account.id)) == []
