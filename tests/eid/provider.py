"""An eID-Server in memory: only the shape of what it answers, no card is read."""

from collective.servicekonto.eid.port import Opened
from collective.servicekonto.eid.port import Operation
from collective.servicekonto.eid.port import Place
from collective.servicekonto.eid.port import Result
from collective.servicekonto.eid.port import SessionGone
from dataclasses import replace
from threading import Lock
import secrets


ERIKA = Result(
    values={
        Operation.GIVEN_NAMES: "ERIKA MARIA",
        Operation.FAMILY_NAMES: "MUSTERMANN",
        Operation.BIRTH_NAME: "GABLER",
        Operation.ACADEMIC_TITLE: "",
        Operation.DATE_OF_BIRTH: "1964-08-12",
        Operation.PLACE_OF_BIRTH: "BERLIN",
        Operation.NATIONALITY: "D",
        Operation.PLACE_OF_RESIDENCE: Place(
            street="HEIDESTRASSE 17", city="KÖLN", postal_code="51147", country="D"
        ),
    },
    pseudonym="5bc9" * 16,
    old_enough=True,
)
MAX = replace(ERIKA, pseudonym="a770" * 16)


def saying(result=ERIKA, **values):
    """Return the result with other values, by the names of operations."""
    changed = {Operation[name]: value for name, value in values.items()}
    return replace(result, values={**result.values, **changed})


class Provider:
    """Answers every session with ``answer``, once; an exception is raised.

    Of the answer it gives what was asked for.
    """

    def __init__(self):
        self.answer = ERIKA
        self.questions = []
        self.asked = []
        self.problem = None
        self.psk = "c0ffee" * 8
        self._open = {}
        self._lock = Lock()

    def open(self, question):
        """Open a session, or raise ``problem``."""
        if self.problem is not None:
            raise self.problem
        self.questions.append(question)
        session_id = secrets.token_hex(8)
        self._open[session_id] = question
        address = "https://eid.example/paos"
        return Opened(session_id, address, f"psk-{session_id}", self.psk)

    def result(self, session_id, counter):
        """Return or raise the answer; nobody gets a result twice."""
        with self._lock:
            self.asked.append((session_id, counter))
            if session_id not in self._open:
                raise SessionGone("notFound")
            if isinstance(self.answer, Exception):
                raise self.answer
            question = self._open.pop(session_id)
        return self.answer if question is None else _asked_for(self.answer, question)

    def info(self):
        """Nobody asks."""
        raise NotImplementedError


def _asked_for(answer, question):
    asked = question.required | question.optional | {Operation.DATE_OF_EXPIRY}
    values = {key: value for key, value in answer.values.items() if key in asked}
    return replace(answer, values=values)
