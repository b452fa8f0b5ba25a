"""A cleanup that is killed tells nobody twice, and forgets nobody."""

from collections import Counter
from tests.faults.processes import instance_in
from tests.faults.processes import run
from tests.faults.processes import start
import json
import random
import signal


BOXES = 40
KILLS = 4

DELIVER = f"""
from collective.servicekonto.postbox.delivering import deliver
from collective.servicekonto.postbox.delivering import NewMessage
from collective.servicekonto.postbox.rules import Kind
from tests.factories import active_account

root["Plone"].buergerportal.bounce_address = "rueck@musterstadt.example"
for number in range({BOXES}):
    account = active_account(now(), f"nr{{number}}@example.org")
    deliver(account, NewMessage(Kind.LETTER, "Neues", "", "Amt"), now())
transaction.commit()
"""

CLEAN_UP = """
def say(name, outcome):
    if name == "notices":
        print(outcome.done, flush=True)
clock.forward(minutes=MINUTES)
cleanup.run(batch=1, window=600, progress=say)
"""

WHAT_IS_THERE = """
import json
from collective.servicekonto.mail.outbox import queue_directory
from collective.servicekonto.postbox.notices.service import known
queue = queue_directory(root["Plone"])
paths = {path.name: path for path in [*queue.glob("new/[!.]*"), *queue.glob("cur/[!.]*")]}
mails = []
for path in paths.values():
    lines = path.read_bytes().decode().splitlines()
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    mails.append((headers["To"], headers["X-Servicekonto-Receipt"]))
noted = [one.receipt for box in get_store().postboxes.values() for one in known(box)]
print(json.dumps({"mails": mails, "noted": noted}), flush=True)
"""


def after(minutes):
    """Return what the cleanup does so much later."""
    return CLEAN_UP.replace("MINUTES", str(minutes))


def what_is_there(instance):
    """Return the mails in the queue, and the receipts of noted mails."""
    found = json.loads(run(instance, WHAT_IS_THERE).splitlines()[-1])
    return [tuple(mail) for mail in found["mails"]], set(found["noted"])


def test_a_killed_cleanup_tells_nobody_twice_and_forgets_nobody(tmp_path):
    instance = instance_in(tmp_path)
    run(instance, DELIVER)
    chance = random.Random(20261123)
    # A run that died gives way after a quarter of an hour.
    for kill in range(1, KILLS + 1):
        process = start(instance, after(20 * kill))
        for _line in range(chance.randint(1, BOXES // KILLS)):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        mails, noted = what_is_there(instance)
        assert max(Counter(address for address, _receipt in mails).values()) == 1
        assert {receipt for _address, receipt in mails} <= noted
    run(instance, after(20 * KILLS + 20))
    mails, noted = what_is_there(instance)
    assert max(Counter(address for address, _receipt in mails).values()) == 1
    assert len(noted) == BOXES
    # What was lost between database and queue leaves a day later.
    run(instance, after(26 * 60))
    mails, _noted = what_is_there(instance)
    assert sorted(address for address, _receipt in mails) == sorted(
        f"nr{number}@example.org" for number in range(BOXES)
    )
