"""What was noted in memory is taken back when its transaction comes to nothing.

A request is tried again after a conflict; without this it would find itself counted.
"""

from collections.abc import Callable
import transaction


def unless_committed(undo: Callable[[], None]) -> None:
    """Call ``undo`` once if the present transaction is aborted or cannot commit."""
    pending = [undo]

    def take_back() -> None:
        while pending:
            pending.pop()()

    def after_commit(succeeded: bool) -> None:
        if succeeded:
            pending.clear()
        else:
            take_back()

    present = transaction.get()
    present.addAfterCommitHook(after_commit)
    present.addAfterAbortHook(take_back)
