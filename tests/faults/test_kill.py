"""A process that is killed loses nothing that a citizen was told."""

from collections import Counter
from tests.faults.processes import instance_in
from tests.faults.processes import run
from tests.faults.processes import start
import json
import random
import signal


REGISTER_FOR_EVER = """
import itertools
import os
for number in itertools.count():
    address = f"p{os.getpid()}n{number}@example.org"
    registered(now(), email=address)
    transaction.commit()
    print(address, flush=True)
"""

WHAT_IS_THERE = """
import json
from collective.servicekonto.mail.outbox import queue_directory
addresses = [account.email for account in get_store().accounts.values()]
mails = []
queue = queue_directory(root["Plone"])
# A mail that is being sent has a link beside it, whose name begins with a dot.
mail_files = [*queue.glob("new/[!.]*"), *queue.glob("cur/[!.]*")]
paths = {path.name: path for path in mail_files}
for path in paths.values():
    lines = path.read_bytes().decode().splitlines()
    mails += [line.partition(": ")[2] for line in lines if line.startswith("To: ")]
print(json.dumps({"addresses": addresses, "mails": mails}), flush=True)
"""


def test_whoever_saw_the_success_page_has_an_account_and_a_mail(tmp_path):
    instance = instance_in(tmp_path)
    told = []
    chance = random.Random(20261123)
    for _ in range(3):
        process = start(instance, REGISTER_FOR_EVER)
        for _ in range(chance.randint(1, 25)):
            told.append(process.stdout.readline().strip())
        process.send_signal(signal.SIGKILL)
        rest, errors = process.communicate(timeout=60)
        told += [line for line in rest.split("\n")[:-1] if line]
        assert process.returncode == -signal.SIGKILL, errors
    there = json.loads(run(instance, WHAT_IS_THERE).splitlines()[-1])
    assert len(told) == len(set(told))
    assert set(told) <= set(there["addresses"])
    assert set(told) <= set(there["mails"])
    assert max(Counter(there["mails"]).values()) == 1
