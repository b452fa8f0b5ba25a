"""A process that is killed while it delivers loses nothing and doubles nothing."""

from tests.faults.processes import instance_in
from tests.faults.processes import KILLED
from tests.faults.processes import run
from tests.faults.processes import VICTIMS
import json


DELIVER = """
from collective.servicekonto.postbox import thread_lists
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.service import deliver
from collective.servicekonto.postbox.service import NewMessage
from tests.factories import active_account

OFFICE = "0" * 32
account_id = active_account(now()).id

def send(account, number):
    new = NewMessage(Kind.LETTER, f"{number}", "<p>x</p>", "Amt", OFFICE, f"{number}")
    return [deliver(account, new, now()).id]

act, who, seed = send, OFFICE, 20261127
"""

TELL = """
box = messages.query_box(account_id)
found = [one for one in box.newest(Folder.INBOX) if one.office]
print(json.dumps({
    "acknowledged": acknowledged,
    "found": {one.id: one.reference for one in found},
    "number": len(found),
    "unread": box.unread,
    "threads": len(thread_lists.office_box(OFFICE).newest(False, 10**6)),
    "receipts": sum(len(one.receipt) == 2 for one in found),
}), flush=True)
os._exit(0)
"""


def test_fifty_killed_processes_lose_and_double_no_message(tmp_path):
    printed = run(instance_in(tmp_path), DELIVER + VICTIMS + TELL)
    there = json.loads(printed.splitlines()[-1])
    told = {sent: number for number, sent in there["acknowledged"].items()}
    assert len(told) >= KILLED
    assert told.items() <= there["found"].items()
    references = list(there["found"].values())
    assert len(references) == len(set(references)) == there["number"]
    # At most the one whose answer did not get through.
    assert there["number"] - len(told) in (0, 1)
    # Counter, list of threads and receipts say the same as the box.
    assert there["unread"] == there["number"] + 1
    assert there["threads"] == there["receipts"] == there["number"]
