"""What an Online-Dienst demands and promises, as its editor set it."""

from collections.abc import Mapping
from collective.servicekonto.identity.levels import TrustLevel
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta
from enum import Enum
from typing import Any


class Audience(Enum):
    """Who may apply. The values are stored.

    Somebody acts for an ORGANISATION, with the own account, or without one where
    ANONYMOUS is allowed as well.
    """

    ACCOUNT = "account"
    ANONYMOUS = "anonymous"
    ORGANISATION = "organisation"


_WITH_ACCOUNT = frozenset({Audience.ACCOUNT, Audience.ORGANISATION})


@dataclass(frozen=True)
class Settings:
    """The settings of one service.

    ``office_id``    UID of the office, empty where it is gone or was never chosen
    ``retentions``   how long an application is kept once it is in this state
    ``open_until``   the last day on which one can apply, None for no end
    ``checklist``    what citizens need, line by line
    ``brochures``    contents of the type File that are published
    ``decision_days`` days within which the office wants to decide, None for no aim
    ``has_outlet``   whether an action would let answers out, see ``outlets``
    """

    office_id: str = ""
    required_level: TrustLevel = TrustLevel.LOW
    audiences: frozenset[Audience] = frozenset({Audience.ACCOUNT})
    purpose: str = ""
    legal_basis: str = ""
    retentions: Mapping[str, timedelta] = field(default_factory=dict)
    allows_uploads_later: bool = True
    fee: str = ""
    open_until: date | None = None
    checklist: tuple[str, ...] = ()
    brochures: tuple[Any, ...] = ()
    decision_days: int | None = None
    has_outlet: bool = False

    @property
    def takes_accounts(self) -> bool:
        """Tell whether one can apply with an account."""
        return bool(self.audiences & _WITH_ACCOUNT)
