"""A load generator: so many citizens at once, each with a browser of their own."""

from benchmarks.browser import Browser
from benchmarks.browser import Refused
from benchmarks.journeys import Citizen
from benchmarks.journeys import Journey
from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from email import message_from_bytes
from email import policy
from pathlib import Path
from queue import Empty
from queue import Queue
from random import choices
from statistics import quantiles
from string import ascii_lowercase
from threading import Lock
from threading import Thread
import re
import requests
import time


# So long new citizens begin; then what was begun is finished.
SECONDS = 25.0
LAST_MAIL_SECONDS = 60.0


@dataclass
class Load:
    """What was seen. Written by many threads, under its lock."""

    seconds: float = 0.0
    finished: int = 0
    lost: int = 0
    server_errors: int = 0
    answers: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    problems: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @property
    def flows_per_second(self) -> float:
        """Flows from the first page to the last, the wait for the last mail included."""
        return self.finished / self.seconds

    def report(self, step: str, seconds: float, status: int) -> None:
        """Note one answer of the server."""
        with self.lock:
            self.answers[step].append(seconds)
            self.server_errors += status >= 500

    def p95(self) -> dict[str, float]:
        """Return the seconds within which 95 of 100 answers came, for each step."""
        return {
            step: quantiles(seconds, n=20)[-1]
            for step, seconds in self.answers.items()
            if len(seconds) > 1
        }


def run(journey: Journey, mails: Path, clients: int, seconds: float = SECONDS) -> Load:
    """Let the clients register for some time, then finish what was begun."""
    started = time.monotonic()
    crowd = _Crowd(journey, mails, started + seconds)
    threads = [Thread(target=crowd.work) for _ in range(clients)]
    postman = Thread(target=crowd.deliver)
    for thread in (postman, *threads):
        thread.start()
    for thread in (*threads, postman):
        thread.join()
    crowd.load.seconds = time.monotonic() - started
    crowd.load.lost += len(crowd.waiting) + crowd.arrived.qsize()
    return crowd.load


class _Crowd:
    """Clients never sit and wait for a mail: meanwhile the next citizen begins."""

    def __init__(self, journey: Journey, mails: Path, stop: float) -> None:
        self.journey = journey
        self.mails = mails
        self.load = Load()
        self.waiting: dict[str, Citizen] = {}
        self.arrived: Queue[tuple[Citizen, str]] = Queue()
        self.stop = stop
        self.give_up = stop + LAST_MAIL_SECONDS

    def work(self) -> None:
        while not self._is_over():
            try:
                self._finish(*self.arrived.get_nowait())
            except Empty:
                if time.monotonic() < self.stop:
                    self._register()
                else:
                    time.sleep(0.05)

    def deliver(self) -> None:
        seen = set(self.mails.glob("*.eml"))
        while not self._is_over():
            for path in sorted(set(self.mails.glob("*.eml")) - seen):
                seen.add(path)
                self._open_mail(path)
            time.sleep(0.1)

    def _is_over(self) -> bool:
        now = time.monotonic()
        nothing_left = not self.waiting and self.arrived.empty()
        return now > self.give_up or (now > self.stop and nothing_left)

    def _open_mail(self, path: Path) -> None:
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        text = mail.get_body(("plain",)).get_content()
        link = re.search(self.journey.link, text)
        citizen = self.waiting.get(str(mail["To"]))
        if citizen is not None and link is not None:
            self.arrived.put((citizen, link.group()))
            del self.waiting[citizen.email]

    def _register(self) -> None:
        name = "".join(choices(ascii_lowercase, k=12)).capitalize()
        citizen = Citizen(name, f"{name.lower()}@buerger.example")
        self.waiting[citizen.email] = citizen
        try:
            self.journey.register(Browser(self.load.report), citizen)
        except (Refused, requests.RequestException) as problem:
            # Without the page that says so, nobody counts on an account.
            self.waiting.pop(citizen.email, None)
            self._note(problem)

    def _finish(self, citizen: Citizen, link: str) -> None:
        try:
            self.journey.finish(Browser(self.load.report), citizen, link)
        except (Refused, requests.RequestException) as problem:
            self._note(problem)
            with self.load.lock:
                self.load.lost += 1
            return
        with self.load.lock:
            self.load.finished += 1

    def _note(self, problem: Exception) -> None:
        with self.load.lock:
            self.load.problems.append(str(problem))
