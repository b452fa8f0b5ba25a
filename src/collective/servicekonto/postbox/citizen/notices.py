"""What was done with messages, and how it is undone."""

from collections.abc import Iterable
from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.citizen import words
from collective.servicekonto.postbox.rules import State
from collective.servicekonto.postbox.service import Action
from collective.servicekonto.postbox.service import MoveRefused
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from typing import Any


# The name under which the browser keeps the notice (see memory).
NOTICE = "servicekonto_notice"


@dataclass(frozen=True)
class Notice:
    """``before`` are the states that messages had, by their ids.

    ``action`` is a value of Action, empty where it was undone. ``refused`` is how many
    messages could not be moved. ``text`` is said as well, or alone.
    """

    action: str = ""
    before: dict[str, str] = field(default_factory=dict)
    refused: int = 0
    text: str = ""

    @property
    def is_good(self) -> bool:
        """Tell whether what was wanted was done."""
        return bool(self.before or self.text)

    @property
    def can_be_undone(self) -> bool:
        """Tell whether there is a way back."""
        lasting = ("", Action.DESTROY.value)
        return bool(self.before) and self.action not in lasting

    @property
    def stored(self) -> dict[str, Any]:
        """Return what JSON can hold."""
        return asdict(self)

    def sentences(self) -> Iterator[Any]:
        """Yield what is said about it."""
        number = len(self.before)
        if number and self.action:
            yield words.done(Action(self.action), number)
        elif number:
            yield words.undone(number)
        if self.text:
            yield self.text
        if self.refused:
            yield words.refused(self.refused)
        if not (number or self.refused or self.text):
            yield _("Please tick the messages first.")


def act_on(
    account: Any,
    ids: Iterable[str],
    action: Action,
    level: TrustLevel,
    now: datetime,
) -> Notice:
    """Do the same with several messages; those that refuse it are counted."""
    before, refused = {}, 0
    for message_id in ids:
        try:
            message = service.get_message(account, message_id)
            state = messages.state(message)
            service.act(account, message, action, level, now)
        except (service.NoMessage, service.Locked, MoveRefused):
            refused += 1
        else:
            before[message_id] = state.value
    return Notice(action.value, before, refused)


def undo(account: Any, done: Notice, now: datetime) -> Notice:
    """Bring the messages back to where they were."""
    before, refused = {}, 0
    for message_id, state in done.before.items():
        try:
            message = service.get_message(account, message_id)
            service.put_back(account, message, State(state), now)
        except (service.NoMessage, MoveRefused):
            refused += 1
        else:
            before[message_id] = state
    return Notice("", before, refused)
