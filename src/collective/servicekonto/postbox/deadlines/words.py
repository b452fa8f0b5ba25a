"""What citizens are told about delivery and objection, in plain words."""

from babel.dates import format_date
from collections.abc import Callable
from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.identity.languages import locale_of
from collective.servicekonto.postbox.deadlines.rules import Basis
from collective.servicekonto.postbox.deadlines.rules import OBJECTION
from collective.servicekonto.postbox.deadlines.rules import rule
from collective.servicekonto.postbox.deadlines.rules import Start
from collective.servicekonto.postbox.deadlines.service import delivered_on
from collective.servicekonto.postbox.deadlines.service import objection_until
from collective.servicekonto.postbox.deadlines.service import retrievable_until
from collective.servicekonto.postbox.deadlines.workdays import Land
from datetime import date
from typing import Any
from typing import NamedTuple


TITLES = {
    Basis.OZG_9: _(
        "§ 9 OZG: on the fourth day after it was provided (until 2024: the third)"
    ),
    Basis.VWVFG_41_2: _(
        "§ 41 (2) VwVfG: on the fourth day after it was sent (until 2024: the third)"
    ),
    Basis.VWVFG_41_2A: _(
        "§ 41 (2a) VwVfG: on the day after it was opened, within ten days"
    ),
    Basis.BAYDIG_24: _(
        "Art. 24 BayDiG: on the third day after the notice was sent (Bavaria)"
    ),
}


class Course(NamedTuple):
    """What happened to a decision so far; the days are those of service."""

    basis: Basis
    land: Land
    provided: date
    notified: date | None = None
    retrieved: date | None = None

    @property
    def delivered(self) -> date | None:
        """Return the day on which it counts as delivered."""
        return delivered_on(
            self.basis, self.provided, self.notified, self.retrieved, self.land
        )

    @property
    def end(self) -> date | None:
        """Return the last day on which it can be retrieved with effect."""
        return retrievable_until(self.basis, self.provided, self.notified, self.land)


def for_office(course: Course, today: date, language: str) -> list[Any]:
    """Return the same for the office that decided, to be translated.

    Raises rules.NotInForce.
    """
    delivered, end = course.delivered, course.end
    if delivered is not None:
        until = objection_until(delivered, course.land)
        return [
            _(
                "Counts as delivered on ${day}.",
                mapping={"day": _full(delivered, language)},
            ),
            _(
                "An objection must have arrived by the end of ${day}.",
                mapping={"day": _full(until, language)},
            ),
        ]
    if end is not None and today > end:
        return [
            _(
                "Was not opened by ${day}, so it does not count as delivered. Please "
                "send it once more, or by post.",
                mapping={"day": _full(end, language)},
            )
        ]
    return [_("Does not count as delivered before the citizen opens it.")]


def explanation(course: Course, today: date, language: str) -> list[Any]:
    """Return the sentences for the citizen, to be translated, in this order.

    When the decision counts as delivered and why, until when one can object, and the
    rules. Raises rules.NotInForce.
    """

    def written(day: date) -> str:
        return _full(day, language)

    return list(_sentences(course, today, written))


def _full(day: date, language: str) -> str:
    return str(format_date(day, "full", locale=locale_of(language)))


def _sentences(
    course: Course, today: date, written: Callable[[date], str]
) -> Iterator[Any]:
    delivered = course.delivered
    if delivered is None:
        yield from _not_delivered(course, today, written)
    else:
        yield _(
            "This decision counts as delivered on ${day}.",
            mapping={"day": written(delivered)},
        )
        yield from _reason(course, today)
        yield _(
            "If you do not agree, your objection must have arrived by the end of "
            "${day}. Where the decision itself says something else, that applies.",
            mapping={"day": written(objection_until(delivered, course.land))},
        )
        yield _("Rule for the objection: ${rule}", mapping={"rule": OBJECTION})
    yield _("Rule for the delivery: ${rule}", mapping={"rule": course.basis.citation})


def _reason(course: Course, today: date) -> Iterator[Any]:
    applied = rule(course.basis, course.provided)
    days = {"days": str(applied.days)}
    if applied.start is Start.RETRIEVED:
        yield _("That is the day after you opened it.")
    elif applied.start is Start.NOTIFIED and course.notified is None:
        yield _("That is the day on which you opened it.")
    elif applied.start is Start.NOTIFIED:
        yield _(
            "That is ${days} days after we sent the notice to you, whether or not you "
            "open the decision. Tell the office if the notice reached you later.",
            mapping=days,
        )
    else:
        yield _(
            "That is ${days} days after it was provided in your postbox, whether or "
            "not you open it.",
            mapping=days,
        )
        if course.basis is Basis.VWVFG_41_2:
            yield _("Tell the office if it reached you later.")
        elif (course.notified or today) > course.provided:
            yield _(
                "The notice to you was not sent on the day on which it was provided. "
                "Ask the office whether this day applies all the same."
            )


def _not_delivered(
    course: Course, today: date, written: Callable[[date], str]
) -> Iterator[Any]:
    end = course.end
    if end is not None and today > end:
        yield _(
            "This decision was not opened by ${day}. So it does not count as "
            "delivered. The office can provide it again or send it in another way.",
            mapping={"day": written(end)},
        )
    elif course.basis is Basis.BAYDIG_24:
        yield _("This decision counts as delivered on the day on which you open it.")
    else:
        yield _("This decision counts as delivered on the day after you open it.")
        if end is not None:
            yield _(
                "You can open it until the end of ${day}.",
                mapping={"day": written(end)},
            )
