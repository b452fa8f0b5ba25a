"""Processes with a Zope of their own, on a real FileStorage, that tests can kill."""

from collective.servicekonto.demo.instance import Instance
from pathlib import Path
import os
import subprocess
import sys


ROOT = Path(__file__).parent.parent.parent

PREAMBLE = """
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.cleanup import service as cleanup
from collective.servicekonto.clock import IClock
from collective.servicekonto.clock import now
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.store.service import get_store
from tests.clocks import MovableClock
from tests.factories import registered
from zope.component import getGlobalSiteManager
from zope.component.hooks import setSite
from Zope2.Startup.run import configure_wsgi

import sys
import time
import transaction
import Zope2

configure_wsgi(sys.argv[1])
Zope2.startup_wsgi()

# Plone's helpers for tests put a database in memory in place of one not yet open.
from collective.servicekonto.demo import site as demo

clock = MovableClock()
getGlobalSiteManager().registerUtility(clock, IClock)
with demo.application(8080) as root:
    if not demo.has_town(root):
        demo.build_town(root)
        # Nobody listens there: the mails stay in the queue.
        demo.use_addresses(root, "http://127.0.0.1:8080/Plone", "127.0.0.1", 9)
        root["Plone"].portal_registry["collective.servicekonto.mail_interval"] = 0
    setSite(root["Plone"])
    transaction.commit()
"""


# So many processes are killed.
KILLED = 50

# Each is a fork of one process that has loaded Zope, and opens the database anew; so
# fifty of them do not take a quarter of an hour. What comes before defines
# ``account_id``, ``who`` orders, ``act(account, number)``, which returns ids, and a
# ``seed`` of chance; what comes behind finds ``account`` and what was ``acknowledged``.

VICTIMS = """
from collective.servicekonto.postbox import orders
from Testing.makerequest import makerequest
from ZODB.DB import DB
from ZODB.FileStorage import FileStorage
import json
import os
import random
import signal

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

def victim(first, told):
    account = opened()
    for number in range(first, first + 1000):
        sent = orders.once(who, f"{number}", "", now(), lambda: act(account, number))
        transaction.commit()
        os.write(told, f"{number} {sent[0]}\\n".encode())

chance = random.Random(seed)
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
""".replace("KILLED", f"{KILLED}")


def instance_in(directory: Path) -> Instance:
    """Return an instance whose files are below the directory."""
    instance = Instance(var=directory, port=8080)
    instance.write()
    return instance


def start(instance: Instance, body: str) -> subprocess.Popen:
    """Start a process that runs the body with the demo site in ``root["Plone"]``."""
    indented = "".join(f"    {line}\n" for line in body.splitlines())
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            PREAMBLE + indented,
            str(instance.home / "etc" / "zope.conf"),
        ],
        cwd=ROOT,
        env=os.environ
        | {
            "PYTHONPATH": _python_path(),
            # The tests' own layers name one queue for everybody.
            "SERVICEKONTO_MAILQUEUE": str(instance.var / "mailqueue"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _python_path() -> str:
    return os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))


def run(instance: Instance, body: str) -> str:
    """Run the body to its end and return what it printed."""
    process = start(instance, body)
    printed, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    return printed
