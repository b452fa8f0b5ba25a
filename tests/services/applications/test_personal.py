"""What applications contribute to export and deletion."""

from collective.servicekonto.accounts.service import remove_account
from collective.servicekonto.dataaccess.export import service as export
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.selfservice.deletion import service as deletion
from collective.servicekonto.services.applications import notes
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.notes import Note
from collective.servicekonto.services.applications.personal import ApplicationsData
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import State
from collective.servicekonto.store.service import get_store
from io import BytesIO
from plone import api
from tests.factories import active_account
from tests.postbox.test_nothing_left import places
from tests.services.applications.test_service import listed
from zipfile import ZipFile
from zope.i18n import interpolate
import json
import jsonschema
import pickle
import pytest
import transaction


pytestmark = pytest.mark.usefixtures("functional")


def words(texts):
    """Return the messages as one text, with what is filled in."""
    return " ".join(f"{text} {text.mapping}" for text in texts)


def test_deleting_an_account_says_what_stays_with_the_offices(account, submit):
    submit()
    said = words(deletion.what_goes(account))
    assert "The offices keep the applications themselves" in said


def test_deleting_an_account_warns_of_open_applications(account, submit, clock):
    submit()
    done = submit()
    service.change(done, State.SETTLED, Actor.OFFICE, "", clock())
    said = words(deletion.warnings(account))
    assert "not decided yet: ${number}" in said
    assert "'number': 1" in said


def test_who_has_nothing_open_is_not_warned(account, submit, clock):
    service.change(submit(), State.SETTLED, Actor.OFFICE, "", clock())
    assert "not decided yet" not in words(deletion.warnings(account))


def test_the_office_goes_on_when_the_account_is_gone(account, submit, office, clock):
    application = submit()
    account_id = account.id
    remove_account(account)
    assert service.query_by_number(application.number).account_id == ""
    assert listed(office, State.SUBMITTED) == [application.id]
    assert list(get_store().account_applications) == []
    assert account_id.encode() not in pickle.dumps(
        vars(application.aq_base)["timeline"]
    )
    service.change(application, State.APPROVED, Actor.OFFICE, "", clock())
    assert service.state(application) == State.APPROVED


def test_what_the_office_keeps_leads_to_no_account(
    functional, account, submit, file, clock
):
    with api.env.adopt_user(user=api.user.get(userid=account.id)):
        application = submit()
        service.add_documents(application, [file()], clock())
        service.withdraw(application, clock())
    account_id = account.id
    assert places(functional["app"], account_id)
    remove_account(account)
    assert places(functional["app"], account_id) == []
    assert service.query(application.id) is not None


def test_the_applications_of_others_stay_theirs(account, submit, clock):
    application = submit()
    remove_account(active_account(clock(), "fremd@example.org"))
    assert [one.id for one in service.of_account(account)] == [application.id]


def test_the_export_leaves_out_what_the_session_may_not_see(account, submit, file):
    submit(level=TrustLevel.HIGH, files=(("proof", file()),))
    transaction.commit()
    low = ApplicationsData().hand_out(account, TrustLevel.LOW, None)
    assert (low.data, list(low.files)) == ([], [])
    [missing] = low.missing
    assert missing.mapping == {"number": 1}
    high = ApplicationsData().hand_out(account, TrustLevel.HIGH, None)
    assert len(high.data) == 1
    assert len(list(high.files)) == 2
    assert high.missing == ()


def test_the_export_holds_answers_course_and_files(account, submit, file, clock):
    application = submit(files=(("proof", file()),))
    notes.add(application.aq_base, Note(1, "amt", "Rief an."))
    notes.add(application.aq_base, Note(2, "amt", "Verdacht", "§ 32c AO"))
    transaction.commit()
    made = export.export(account, TrustLevel.LOW, "de", interpolate, clock())
    archive = ZipFile(BytesIO(b"".join(made.chunks)))
    data = json.loads(archive.read("daten.json"))
    jsonschema.validate(data, json.loads(archive.read("daten.schema.json")))
    [exported] = data["data"]["applications"]
    assert exported["number"] == application.number
    assert exported["answers"][2]["value"] == ["Bello", "Waldi"]
    assert exported["timeline"][0]["state"] == State.SUBMITTED
    assert exported["notes"] == [
        {"at": 1, "text": "Rief an.", "withheld": False},
        {"at": 2, "text": "", "withheld": True},
    ]
    assert "32c" not in json.dumps(data)
    directory = f"dateien/applications/{application.number}"
    assert archive.read(f"{directory}/2-Nachweis.txt") == b"Ein Nachweis"
    assert archive.read(f"{directory}/1-{application.number}.pdf").startswith(b"%PDF")
