"""Two clerks confirm with one code at the same time: exactly one does.

Real requests to the real publisher, in two threads, on a real FileStorage.
"""

from tests.faults.processes import instance_in
from tests.faults.processes import run
import json
import pytest


CONFIRM_AT_ONCE = """
from AccessControl.SecurityManagement import newSecurityManager
from collective.servicekonto.dataaccess.log import transfers
from collective.servicekonto.eid.counter import codes
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.offices.content import COUNTER_CLERK
from concurrent.futures import ThreadPoolExecutor
from plone import api
from tests.eid.counter.conftest import ON_THE_CARD
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.postbox.desk.staff import PASSWORD
from webtest import TestApp
from ZPublisher.WSGIPublisher import publish_module
import json
import threading

COUNTER = "/Plone/buergerportal/amt-buergerbuero/schalter"
CLERKS = ("eins", "zwei")

site = root["Plone"]
account_id = active_account(now()).id
newSecurityManager(None, root.acl_users.getUser("admin").__of__(root.acl_users))
office = site.buergerportal["amt-buergerbuero"]
for name in CLERKS:
    api.user.create(f"{name}@musterstadt.example", name, PASSWORD)
    api.user.grant_roles(name, roles=[COUNTER_CLERK], obj=office)
transaction.commit()

def compared(name, code):
    app = TestApp(publish_module, extra_environ={"HTTP_HOST": "127.0.0.1:8080"})
    app.authorization = ("Basic", (name, PASSWORD))
    form = app.get(COUNTER).forms["servicekonto-form"]
    for field, text in {"recipient": ADDRESS, "code": code, **ON_THE_CARD}.items():
        form[field] = text
    shown = form.submit("buttons.compare").forms["servicekonto-form"]
    shown["password"], shown["checked"] = PASSWORD, True
    return shown

ready = threading.Barrier(len(CLERKS))

def confirms(shown):
    ready.wait(timeout=60)
    return 'id="code-error"' in shown.submit("buttons.confirm").text

def taken_over():
    setSite(site)
    transaction.begin()
    purposes = [one.purpose for one in transfers(account_id)]
    return purposes.count("Am Schalter von Ihrem Ausweis übernommen")

def new_code(four_eyes):
    setSite(site)
    transaction.begin()
    settings().counter_four_eyes = four_eyes
    code = codes.issue(accounts.query_account(account_id), TrustLevel.LOW, now())
    transaction.commit()
    return code

def at_once(four_eyes):
    before, code = taken_over(), new_code(four_eyes)
    shown = [compared(name, code) for name in CLERKS]
    with ThreadPoolExecutor(len(CLERKS)) as pool:
        refused = sum(pool.map(confirms, shown))
    return {
        "refused": refused,
        "taken over": taken_over() - before,
        "waiting": len(get_store().counter_cases),
    }

# Zope does not compile a template for two threads at the same time: so it is read before.
compared(CLERKS[0], new_code(False)).submit("buttons.confirm")
print(json.dumps([at_once(four_eyes=True), at_once(four_eyes=False)]))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What became of two confirmations: with a second clerk, then without."""
    instance = instance_in(tmp_path_factory.mktemp("counter"))
    return json.loads(run(instance, CONFIRM_AT_ONCE).splitlines()[-1])


def test_with_four_eyes_one_of_them_waits(found):
    assert found[0] == {"refused": 1, "waiting": 1, "taken over": 0}


def test_without_one_of_them_takes_it_over(found):
    assert found[1] == {"refused": 1, "waiting": 1, "taken over": 1}
