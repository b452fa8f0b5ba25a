"""How attributes leave the account: with their value goes their trust level."""

from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.identity.levels import TrustLevel
from dataclasses import dataclass
from dataclasses import field


@dataclass(frozen=True)
class Released:
    """What an online service gets; ``value`` is None where nothing is known.

    ``source`` is who says so; the level can be lower than the source could give.
    """

    value: Value | None
    level: TrustLevel
    source: Source = field(default=Source.TYPED, compare=False)


class LevelTooLow(ValueError):
    """The attribute or the session does not reach the level that is required.

    ``session`` and ``attribute`` are the levels of both, so that the citizen can
    be told which of them to raise.
    """

    def __init__(
        self, attribute: TrustLevel, session: TrustLevel, required: TrustLevel
    ) -> None:
        super().__init__(required.value)
        self.attribute = attribute
        self.session = session
        self.required = required


def release(attribute: Attribute | None, session_level: TrustLevel) -> Released:
    """Return the attribute as it may leave in a session of this level.

    It has at most the level of the attribute and at most that of the session
    (BSI TR-03160-1, chapters 2.3 and 6). What nobody stated has the lowest level,
    other than an empty value that was proven.
    """
    if attribute is None:
        return Released(None, TrustLevel.BASIS)
    level = min(attribute.level, session_level)
    return Released(attribute.value, level, attribute.source)


def release_at(
    attribute: Attribute | None, session_level: TrustLevel, required: TrustLevel
) -> Released:
    """Return the attribute for a service that requires this level (chapter 2.7).

    Raises LevelTooLow where attribute or session stay below.
    """
    released = release(attribute, session_level)
    if released.level < required:
        own = TrustLevel.BASIS if attribute is None else attribute.level
        raise LevelTooLow(own, session_level, required)
    return released
