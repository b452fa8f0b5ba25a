"""Keeping in the profile what was typed into a form, where the citizen wants it."""

from collections.abc import Iterator
from collections.abc import Mapping
from collective.servicekonto.selfservice.profile.questions import Asked
from collective.servicekonto.selfservice.profile.questions import Question
from collective.servicekonto.selfservice.profile.questions import Rows
from collective.servicekonto.selfservice.profile.service import Answer
from collective.servicekonto.selfservice.profile.service import Incorrect
from collective.servicekonto.selfservice.profile.service import profile
from collective.servicekonto.selfservice.profile.service import ProfileRefused
from collective.servicekonto.selfservice.profile.service import save
from collective.servicekonto.services.filling.as_asked import answered
from collective.servicekonto.services.filling.as_asked import question_of
from collective.servicekonto.services.filling.collecting import Collected
from collective.servicekonto.services.filling.collecting import Line
from collective.servicekonto.services.filling.filling import Filling
from datetime import datetime
from typing import Any


def changes(filling: Filling, collected: Collected) -> dict[str, Any]:
    """Return what the profile does not say yet: entries by attribute.

    What the Online-Ausweis proved is not among it, nor anything that was not typed.
    """
    account = filling.applicant.account
    if account is None:
        return {}
    answers = profile(account)
    found: dict[str, Any] = {}
    for name, column, line in _typed(filling, collected):
        answer = answers.get(name)
        if answer is None or answer.locked:
            continue
        entry = _entry(answer, column, line, found.get(name, answer.entry))
        if entry is not None and entry != answer.entry:
            found[name] = entry
    return found


def titles(filling: Filling, entries: Mapping[str, Any]) -> list[Any]:
    """Return what the attributes are called, to be translated."""
    answers = profile(filling.applicant.account)
    return [answers[name].asked.title for name in entries]


def keep(filling: Filling, entries: Mapping[str, Any], now: datetime) -> None:
    """Keep the entries in the profile, as far as it takes them."""
    account = filling.applicant.account
    answers = profile(account)
    seen = {name: answers[name].version for name in entries}
    try:
        save(account, entries, seen, now)
    except Incorrect as incorrect:
        wrong = {name.partition(".")[0] for name in incorrect.problems}
        wrong |= {name for name in entries if name in incorrect.problems}
        right = {name: one for name, one in entries.items() if name not in wrong}
        if right and len(right) < len(entries):
            keep(filling, right, now)
    except ProfileRefused:
        return


def _typed(filling: Filling, collected: Collected) -> Iterator[tuple[str, str, Line]]:
    for line in collected.lines:
        mapped = filling.mapping.get(line.answer.field)
        if mapped is not None and not line.answer.origin and line.answer.text:
            yield mapped.attribute, mapped.column, line


def _entry(answer: Answer, column: str, line: Line, entry: Any) -> Any | None:
    """Return the entry with what was typed in its place, None where it has none."""
    asked: Asked = answer.asked
    question = question_of(asked, column)
    if question is None:
        return None
    typed = answered(question, line.value, line.answer.text)
    if typed is None or isinstance(asked, Question):
        return typed
    if isinstance(asked, Rows):
        # Of several rows it is not known which one is meant.
        return (
            [{**(entry[0] if entry else {}), column: typed}] if len(entry) < 2 else None
        )
    return {**entry, column: typed}
