"""A process that is killed while it delivers loses nothing and doubles nothing.

One process loads Zope; each victim is a fork of it that opens the database anew, so
that fifty of them do not take a quarter of an hour.
"""

from tests.faults.processes import instance_in
from tests.faults.processes import run
import json


KILLED = 50

DELIVER_UNTIL_KILLED = """
from collections import Counter
from collective.servicekonto.postbox import thread_lists
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import orders
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.postbox.service import deliver
from collective.servicekonto.postbox.service import NewMessage
from tests.factories import active_account
from Testing.makerequest import makerequest
from ZODB.DB import DB
from ZODB.FileStorage import FileStorage
import json
import os
import random
import select
import signal

OFFICE = "0" * 32
account_id = active_account(now()).id
transaction.commit()
database = root._p_jar.db()
path, blobs = database.storage.getName(), database.storage.temporaryDirectory()
root._p_jar.close()
database.close()

def opened():
    storage = FileStorage(path, blob_dir=os.path.dirname(blobs))
    site = makerequest(DB(storage).open().root()["Application"])["Plone"]
    setSite(site)
    return accounts.query_account(account_id)

def send(account, number):
    new = NewMessage(Kind.LETTER, f"{number}", "<p>x</p>", "Amt", OFFICE, f"{number}")
    return [deliver(account, new, now()).id]

def victim(first, told):
    account = opened()
    for number in range(first, first + 1000):
        sent = orders.once(OFFICE, f"{number}", "", now(), lambda: send(account, number))
        transaction.commit()
        os.write(told, f"{number} {sent[0]}\\n".encode())

chance = random.Random(20261127)
acknowledged = {}
for _killed in range(KILLED):
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        # Whoever got no answer sends the same again.
        victim(len(acknowledged), writer)
    os.close(writer)
    lines = os.fdopen(reader, "rb")
    first = lines.readline()
    time.sleep(chance.random() / 20)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    for line in [first, *lines]:
        if line.endswith(b"\\n"):
            number, sent = line.decode().split()
            acknowledged[int(number)] = sent

account = opened()
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
    body = DELIVER_UNTIL_KILLED.replace("KILLED", f"{KILLED}")
    there = json.loads(run(instance_in(tmp_path), body).splitlines()[-1])
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
