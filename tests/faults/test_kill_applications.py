"""A process that is killed under submission loses and doubles no application.

On a real FileStorage with blobs.
"""

from tests.faults.processes import instance_in
from tests.faults.processes import KILLED
from tests.faults.processes import run
from tests.faults.processes import VICTIMS
import json


SUBMIT = """
from collective.servicekonto.accounts import sessions
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.dataaccess import service as dataaccess
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.attachments.content import read
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.service import Answer
from collective.servicekonto.services.applications.service import NewApplication
from tests.factories import active_account

OFFICE = "0" * 32
account = active_account(now())
account_id = account.id
ticket = sessions.start(account, TrustLevel.LOW, "password", now())

def submit(account, number):
    new = NewApplication(
        service_uid="5" * 32,
        service_title=f"{number}",
        office_uid=OFFICE,
        office_name="Amt",
        account=account,
        session=sessions.resolve(ticket, now()),
        answers=(Answer("a", "Hund", "Seite", f"Bello {number}", number),),
        attributes=("given_names",),
    )
    return [service.submit(new, now()).id]

act, who, seed = submit, account_id, 20261128
"""

TELL = """
found = service.of_account(account)
box = messages.query_box(account_id)
copies = [one for one in box.newest(Folder.INBOX) if one.reference]
print(json.dumps({
    "acknowledged": acknowledged,
    "found": {one.id: one.title for one in found},
    "number": len(found),
    "stored": len(get_store().applications),
    "listed": service.count(OFFICE, "submitted"),
    "papers": sum(next(read(one.paper)).startswith(b"%PDF") for one in found),
    "copies": sorted(one.reference for one in copies),
    "numbers": sorted(one.number for one in found),
    "transfers": len(dataaccess.find(account, dataaccess.Search())),
    "deadlines": len(get_store().queue("applications")),
}), flush=True)
os._exit(0)
"""


def test_fifty_killed_processes_lose_and_double_no_application(tmp_path):
    printed = run(instance_in(tmp_path), SUBMIT + VICTIMS + TELL)
    there = json.loads(printed.splitlines()[-1])
    told = {sent: number for number, sent in there["acknowledged"].items()}
    assert len(told) >= KILLED
    assert told.items() <= there["found"].items()
    titles = list(there["found"].values())
    assert len(titles) == len(set(titles)) == there["number"]
    # At most the one whose answer did not get through.
    assert there["number"] - len(told) in (0, 1)
    # Copy, PDF, log, lists and deadlines say the same.
    assert there["copies"] == there["numbers"]
    assert (
        there["stored"]
        == there["listed"]
        == there["papers"]
        == there["transfers"]
        == there["deadlines"]
        == there["number"]
    )
