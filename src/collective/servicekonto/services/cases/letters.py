"""Writing to the citizen about an application: a letter, and the state it leads to."""

from Acquisition import aq_base
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import orders
from collective.servicekonto.postbox.desk.letter import check
from collective.servicekonto.postbox.desk.letter import Letter
from collective.servicekonto.postbox.desk.service import clerk
from collective.servicekonto.postbox.desk.service import content_of
from collective.servicekonto.postbox.desk.service import deliver
from collective.servicekonto.postbox.rules import Kind
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.rules import Actor
from collective.servicekonto.services.applications.rules import State
from collective.servicekonto.services.cases import service
from collective.servicekonto.services.cases.service import Case
from dataclasses import replace
from datetime import datetime
from typing import Any


class NoOutcome(ValueError):
    """A decision does not say how it is decided, or the state cannot follow."""


class NoPostbox(LookupError):
    """The citizen has no account, or none any more: write by post."""


def query_citizen(case: Case) -> Any | None:
    """Return the account to which one can write about it, None where there is none."""
    return applications.query_citizen(case.application)


def outcomes(case: Case) -> list[str]:
    """Return the states that a letter can lead to."""
    return service.possible_changes(case)


def addressed(case: Case, letter: Letter) -> Letter:
    """Return the letter with what it has in common with the messages before it."""
    return replace(
        letter,
        subject=letter.subject or case.application.title,
        reference=case.application.number,
        level=max(letter.level, level_of(case)),
    )


def level_of(case: Case) -> TrustLevel:
    """Return the level below which nobody reads a letter about the application."""
    level = max(TrustLevel.LOW, TrustLevel(case.application.level))
    if case.thread is None:
        return level
    return max(level, TrustLevel(case.thread.first.level))


def state_after(case: Case, letter: Letter, outcome: str) -> str:
    """Return the state that the letter leads to; ``outcome`` may be empty.

    Raises NoOutcome.
    """
    if letter.kind is Kind.QUERY:
        possible = applications.possible_changes(case.application, Actor.OFFICE)
        return State.QUERIED if State.QUERIED in possible else case.state
    possible = outcomes(case)
    if outcome and outcome not in possible:
        raise NoOutcome
    decisions = [one for one in possible if applications.is_decided(one)]
    if letter.kind is Kind.DECISION and decisions and outcome not in decisions:
        raise NoOutcome
    return outcome or case.state


def send(
    office: Any,
    case: Case,
    letter: Letter,
    outcome: str,
    seen: str,
    now: datetime,
    order: str,
) -> Any:
    """Write to the citizen, bring the application into its state, return the message.

    All of it happens once for each key of a form or a program (``order``). ``seen`` is
    the version that the clerk has read. Raises NotYours, Incorrect, NoOutcome,
    NoPostbox, ChangedMeanwhile, NotActive, KeyReused.
    """
    service.demand(office)
    check(letter, now)
    account = query_citizen(case)
    if account is None:
        raise NoPostbox

    def send_now() -> tuple[str, ...]:
        service.demand_version(case, seen)
        after = state_after(case, letter, outcome)
        sent = deliver_about(office, case, account, letter, now, clerk())
        if after != case.state:
            applications.move(case.application, after, Actor.OFFICE, "", now)
        return (sent,)

    content = {"application": case.id, "outcome": outcome} | content_of(letter)
    fingerprint = orders.fingerprint(content)
    (sent,) = orders.once(office.UID(), order, fingerprint, now, send_now)
    return messages.query_message(account.id, sent)


def deliver_about(
    office: Any, case: Case, account: Any, letter: Letter, now: datetime, member: str
) -> str:
    """Send the letter into the thread of the application; return the message's id.

    ``member`` is the id of who sends it. Whoever calls this has checked that, and the
    letter. Raises NotActive.
    """
    thread = "" if case.thread is None else str(case.thread.first.id)
    sent = deliver(office, account, letter, thread, now, member)
    service.note_work("application-letter", office, case.application, member)
    if not thread:
        aq_base(case.application).thread = sent
    return sent
