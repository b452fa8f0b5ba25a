"""However often and however simultaneously a form is sent: one application.

Real requests to the real publisher, in sixteen threads, on a real FileStorage.
"""

from tests.faults.processes import instance_in
from tests.faults.processes import run
import json


SEND = """
from concurrent.futures import ThreadPoolExecutor
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox.rules import Folder
from tests.factories import active_account
from tests.factories import ADDRESS
from tests.factories import PASSWORD
from tests.services.filling.forms import add_office
from tests.services.filling.forms import add_service
from webtest import TestApp
from ZPublisher.WSGIPublisher import publish_module
import json
import threading

TIMES = 16
HOST = "127.0.0.1:8080"
PORTAL = "/Plone/buergerportal"

site = root["Plone"]
account_id = active_account(now()).id
from AccessControl.SecurityManagement import newSecurityManager
newSecurityManager(None, root.acl_users.getUser("admin").__of__(root.acl_users))
add_service(site, add_office(site))
transaction.commit()

def browser(cookies=None):
    app = TestApp(publish_module, extra_environ={"HTTP_HOST": HOST})
    if cookies is not None:
        app.cookiejar = cookies
    return app

erika = browser()
page = erika.get(PORTAL + "/anmelden")
form = page.forms["servicekonto-form"]
form["email"], form["password"] = ADDRESS, PASSWORD
form.submit("buttons.login")
page = erika.get(PORTAL + "/anmelden")
token = page.lxml.xpath("//input[@name='csrf']/@value")[0]
address = PORTAL + "/hundesteuer/ausfuellen"
typed = {
    "csrf": token,
    "form.widgets.dog_name": "Rex",
    "form.widgets.race:list": "Dackel",
    "form.widgets.chipped-empty-marker": "1",
}
erika.post(address, {"csrf": token, "was": "beginnen"})
erika.post(address, typed | {"seite": "2", "was": "weiter"})
review = erika.get(PORTAL + "/hundesteuer/pruefen").forms["servicekonto-form"]
sent = dict(review.submit_fields())
ready = threading.Barrier(TIMES)

def click(_number):
    tab = browser(erika.cookiejar)
    ready.wait(timeout=60)
    answer = tab.post(PORTAL + "/hundesteuer/pruefen", sent)
    return answer.status_int, answer.headers.get("Location", "")

with ThreadPoolExecutor(TIMES) as pool:
    answers = [*pool.map(click, range(TIMES))]
setSite(site)
transaction.begin()
store = get_store()
copies = [
    one for one in messages.query_box(account_id).newest(Folder.INBOX) if one.office
]
print(json.dumps({
    "applications": len(store.applications),
    "drafts": len(store.service_drafts),
    "transfers": len([*store.transfers.keys()]),
    "copies": len(copies),
    "answers": sorted(set(map(tuple, answers))),
}))
"""


def test_of_sixteen_simultaneous_clicks_exactly_one_sends(tmp_path):
    found = json.loads(run(instance_in(tmp_path), SEND).splitlines()[-1])
    [(status, address)] = found.pop("answers")
    assert status == 303
    assert "/hundesteuer/gesendet?s=" in address
    assert found == {"applications": 1, "drafts": 0, "transfers": 1, "copies": 1}
