"""What an eID-Server answered, for a request that is tried again after a conflict.

It answers once; without this, the citizen would lose the attempt. The answer is kept in
memory alone, until the transaction that uses it is committed, and for a minute at most.
"""

from collections.abc import Callable
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.port import NOT_OVER
from collective.servicekonto.eid.port import Result
from threading import Timer
import transaction


SECONDS = 60

# By session: what was answered, and what forgets it when time is over.
_answers: dict[str, tuple[Result | EIDProblem, Timer]] = {}


def answer(session_id: str, ask: Callable[[], Result]) -> Result:
    """Return what was asked, or had been answered before.

    ``session_id`` is secret, and names the session to the eID-Server. Raises the
    EIDProblem that was the answer.
    """
    known = _answers.get(session_id)
    found = _kept(session_id, _asked(ask)) if known is None else known[0]
    transaction.get().addAfterCommitHook(_committed, (session_id,))
    if isinstance(found, EIDProblem):
        raise found
    return found


def _asked(ask: Callable[[], Result]) -> Result | EIDProblem:
    try:
        return ask()
    except NOT_OVER:
        raise
    except EIDProblem as problem:
        return type(problem)(problem.code)


def _kept(session_id: str, found: Result | EIDProblem) -> Result | EIDProblem:
    forgetting = Timer(SECONDS, _forget, (session_id,))
    forgetting.daemon = True
    _answers[session_id] = found, forgetting
    forgetting.start()
    return found


def _committed(succeeded: bool, session_id: str) -> None:
    if succeeded:
        _forget(session_id)


def _forget(session_id: str) -> None:
    _found, forgetting = _answers.pop(session_id, (None, None))
    if forgetting is not None:
        forgetting.cancel()
