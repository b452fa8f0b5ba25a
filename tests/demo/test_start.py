"""The command that starts the demo town."""

from collective.servicekonto.demo import cron
from collective.servicekonto.demo.mailbox import Mailbox
from collective.servicekonto.demo.smtp import free_port
from contextlib import contextmanager
import pytest
import re
import requests
import signal
import subprocess
import sys
import time


ADMIN = ("admin", "admin")
PATIENCE = 180


class Town:
    """A demo that runs in a process of its own."""

    def __init__(self, var, port):
        self.mailbox = Mailbox(var / "mail")
        self.address = f"http://localhost:{port}/Plone"
        command = [sys.executable, "-m", "collective.servicekonto.demo", "start"]
        self.process = subprocess.Popen(
            [*command, "--port", str(port), "--var", str(var)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.printed = ""
        for line in self.process.stdout:
            self.printed += line
            if line.startswith("Mails and data stay in"):
                break
        else:
            pytest.fail(self.printed)

    def get(self, page="", **options):
        return requests.get(self.address + page, timeout=PATIENCE, **options)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate(timeout=PATIENCE)
        self.printed += rest


@contextmanager
def running(var, port):
    town = Town(var, port)
    try:
        yield town
    finally:
        town.stop()


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def town(var):
    with running(var, free_port()) as town:
        yield town


def test_it_says_where_everything_is(town):
    for page in ("", "/buergerportal", "/@@demo-mails"):
        assert f"{town.address}{page}\n" in town.printed
    assert f"{town.address}/login   (admin / admin)\n" in town.printed
    assert f"{town.address}/login   (amt / amt, ordnung / ordnung)\n" in town.printed
    assert (
        f"{town.address}/login   (schalter / schalter, schalter2 / schalter2)\n"
        in town.printed
    )
    assert f"{town.address}/login   (redaktion / redaktion)\n" in town.printed


@pytest.mark.parametrize(
    ("clerk", "own", "other"),
    [
        ("amt", "amt-buergerbuero", "amt-ordnung"),
        ("ordnung", "amt-ordnung", "amt-buergerbuero"),
    ],
)
def test_each_clerk_works_for_one_office(town, clerk, own, other):
    own, other = (f"/buergerportal/{name}/nachrichten" for name in (own, other))
    assert town.get(own, auth=(clerk, clerk)).status_code == 200
    assert town.get(other, auth=(clerk, clerk)).status_code == 403
    assert town.get(own, auth=ADMIN).status_code == 403


def test_three_services_are_there_from_the_start(town):
    page = town.get("/buergerportal/dienste").text
    for title in ("Hundesteuer anmelden", "Bewohnerparkausweis", "Meldebescheinigung"):
        assert title in page
    page = town.get("/buergerportal/meldebescheinigung").text
    assert "Online-Ausweis" in page
    assert "Antrag beginnen" not in page


def test_the_editor_may_change_a_service_and_nothing_of_an_office(town):
    editor = ("redaktion", "redaktion")
    for page in ("edit", "fields", "zuordnung"):
        address = f"/buergerportal/hundesteuer-anmelden/{page}"
        assert town.get(address, auth=editor).status_code == 200
    address = "/buergerportal/amt-ordnung/nachrichten"
    assert town.get(address, auth=editor).status_code == 403


def test_it_says_that_the_cleanup_runs_by_itself(town):
    assert "Every minute the cleanup runs" in town.printed


def test_cron_is_let_in_and_nobody_else(town, var):
    page = f"{town.address}/buergerportal/@@servicekonto-cleanup"
    secret = (var / "demo" / "etc" / "cron-secret").read_text()
    answer = requests.post(page, headers={cron.HEADER: secret}, timeout=PATIENCE)
    assert answer.status_code in (200, 409)  # cron itself may be at it
    answer = requests.post(page, headers={cron.HEADER: "guessed"}, timeout=PATIENCE)
    assert answer.status_code == 403


def test_the_start_page_is_that_of_a_german_town(town):
    page = town.get().text
    assert 'lang="de"' in page
    assert "Willkommen in Musterstadt" in page
    assert f"{town.address}/rathaus" in page


def test_the_buergerportal_is_in_the_navigation_and_open_to_all(town):
    navigation = town.get("/@navigation", headers={"Accept": "application/json"})
    titles = [item["title"] for item in navigation.json()["items"]]
    assert "Bürgerportal" in titles
    assert town.get("/buergerportal").status_code == 200


def test_visitors_choose_between_german_and_english(town):
    page = town.get().text
    assert "set_language=de" in page
    assert "set_language=en" in page


@pytest.mark.parametrize(
    "page", ["/rathaus/stadtrat", "/aktuelles/servicekonto", "/bauen-wohnen"]
)
def test_visitors_read_the_pages_of_the_town(town, page):
    assert town.get(page).status_code == 200


def test_the_portal_knows_its_own_address(town):
    answer = town.get(
        "/buergerportal", auth=ADMIN, headers={"Accept": "application/json"}
    )
    assert answer.json()["public_url"] == f"{town.address}/buergerportal"


def send_a_mail(town):
    answer = requests.post(
        f"{town.address}/@email-send",
        json={
            "to": "erika@example.org",
            "from": "rathaus@musterstadt.example",
            "name": "Rathaus",
            "subject": "Ihre Frage",
            "message": "Zum Beispiel <b> https://musterstadt.example/seite.",
        },
        headers={"Accept": "application/json"},
        auth=ADMIN,
        timeout=PATIENCE,
    )
    assert answer.status_code == 204, answer.text


def newest(mailbox, known):
    deadline = time.monotonic() + 30
    while mailbox.names() == known:
        assert time.monotonic() < deadline, "no mail came"
        time.sleep(0.05)  # until Zope's own mailer has delivered
    return mailbox.names()[0]


def test_mails_of_the_site_are_kept_and_shown(town):
    known = town.mailbox.names()
    send_a_mail(town)
    name = newest(town.mailbox, known)
    overview = town.get("/@@demo-mails").text
    assert f"{town.address}/@@demo-mails?mail={name}" in overview
    mail = town.get(f"/@@demo-mails?mail={name}").text
    assert "Ihre Frage" in mail
    assert "erika@example.org" in mail
    assert re.search(r'<a href="https://musterstadt.example/seite"\s*>', mail)
    assert "&lt;b&gt;" in mail


def test_a_mail_that_does_not_exist_is_not_found(town):
    assert town.get("/@@demo-mails?mail=12").status_code == 404
    assert town.get("/@@demo-mails?mail=../../x").status_code == 404


def test_a_second_start_on_the_same_port_explains_itself(town, tmp_path):
    port = town.address.split(":")[2].split("/")[0]
    answer = subprocess.run(
        [sys.executable, "-m", "collective.servicekonto.demo", "start"]
        + ["--port", port, "--var", str(tmp_path)],
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 1
    assert f"Port {port} is in use" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_later_start_keeps_the_data_and_knows_the_new_port(var, town):
    town.get()
    title = {"title": "Rathaus am Markt"}
    requests.patch(
        f"{town.address}/rathaus",
        json=title,
        headers={"Accept": "application/json"},
        auth=ADMIN,
        timeout=PATIENCE,
    ).raise_for_status()
    town.stop()
    assert "The data are kept" in town.printed
    assert town.process.returncode == 0
    with running(var, free_port()) as again:
        assert "Building" not in again.printed
        assert "Rathaus am Markt" in again.get("/rathaus").text
        test_the_portal_knows_its_own_address(again)
        test_mails_of_the_site_are_kept_and_shown(again)
