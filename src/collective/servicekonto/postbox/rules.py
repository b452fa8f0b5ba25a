"""The rules of the Postfach: where a message lies, who may do what with it, how long.

All times are epoch seconds and are passed in.
"""

from collective.servicekonto.identity.levels import TrustLevel
from datetime import date
from datetime import timedelta
from enum import Enum


# A message in the bin can be restored for so long.
BIN_TIME = timedelta(days=30)

# A citizen gets at most one notice in this time, however many messages arrive.
NOTICE_INTERVAL = timedelta(hours=1)


class Kind(Enum):
    """What a message is. Only a reply comes from the citizen."""

    SYSTEM = "system"
    COPY = "copy"
    QUERY = "query"
    CONFIRMATION = "confirmation"
    DECISION = "decision"
    LETTER = "letter"
    REPLY = "reply"


class State(Enum):
    """The states of the workflow; the values name them in the site's workflow tool."""

    WAITING = "waiting"
    NEW = "new"
    READ = "read"
    ARCHIVED = "archived"
    BIN = "bin"
    GONE = "gone"


class Folder(Enum):
    """Where a message lies. Citizens do not see what waits, nor what is gone."""

    INBOX = "eingang"
    SENT = "gesendet"
    ARCHIVE = "archiv"
    BIN = "papierkorb"
    WAITING = "wartet"
    GONE = "fort"


CITIZENS_FOLDERS = (Folder.INBOX, Folder.SENT, Folder.ARCHIVE, Folder.BIN)

# Which state follows which. GONE is the end: only the receipt is left of it. From the
# archive a message gets there when its office takes it back.
MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.NEW, State.GONE}),
    State.NEW: frozenset({State.READ, State.ARCHIVED, State.BIN, State.GONE}),
    State.READ: frozenset({State.NEW, State.ARCHIVED, State.BIN}),
    State.ARCHIVED: frozenset({State.NEW, State.READ, State.BIN, State.GONE}),
    State.BIN: frozenset({State.NEW, State.READ, State.ARCHIVED, State.GONE}),
    State.GONE: frozenset(),
}

_FOLDERS = {
    State.WAITING: Folder.WAITING,
    State.ARCHIVED: Folder.ARCHIVE,
    State.BIN: Folder.BIN,
    State.GONE: Folder.GONE,
}


class Turn(Enum):
    """Who has to answer in a thread."""

    NOBODY = ""
    CITIZEN = "citizen"
    OFFICE = "office"


class MoveRefused(ValueError):
    """The message cannot get into this state."""


def check_move(before: State, after: State) -> None:
    """Raise MoveRefused unless a message can get from one state into the other."""
    if after not in MOVES[before]:
        raise MoveRefused(f"{before.value} → {after.value}")


def folder_of(state: State, kind: Kind) -> Folder:
    """Return the folder in which a message of this state lies."""
    usual = Folder.SENT if kind is Kind.REPLY else Folder.INBOX
    return _FOLDERS.get(state, usual)


def is_unread(state: State, kind: Kind) -> bool:
    """Tell whether the message counts as unread for the citizen."""
    return state is State.NEW and kind is not Kind.REPLY


def is_readable(required: TrustLevel, session: TrustLevel) -> bool:
    """Tell whether a session of this level may read the message."""
    return session >= required


def accepts_reply(state: State, kind: Kind, until: date | None, today: date) -> bool:
    """Tell whether the citizen can answer; ``until`` is the last day, None for never."""
    lies_open = state in (State.NEW, State.READ, State.ARCHIVED)
    return lies_open and kind is not Kind.REPLY and until is not None and today <= until


def can_be_recalled(state: State, is_known: bool, kind: Kind) -> bool:
    """Tell whether the office can take the message back: nobody has read it yet.

    ``is_known`` is whether it was opened or answered, wherever it lies.
    """
    lies_there = State.GONE in MOVES[state]
    by_office = kind not in (Kind.REPLY, Kind.SYSTEM, Kind.COPY)
    return lies_there and by_office and not is_known


def deleted_at(keep_until: int, binned: int, objection_end: int = 0) -> int:
    """Return when the message goes for good; ``binned`` is 0 outside the bin.

    As long as one may object to it, a decision stays in the bin.
    """
    if not binned:
        return keep_until
    end_of_bin = binned + int(BIN_TIME.total_seconds())
    return min(keep_until, max(end_of_bin, objection_end))


def notice_at(arrived: int, last_notice: int) -> int:
    """Return when the citizen is told of a message that arrived."""
    return max(arrived, last_notice + int(NOTICE_INTERVAL.total_seconds()))
