"""The door to deadlines: when a decision counts as delivered, and what follows.

Days are those of the town: whoever calls turns moments into days in its time zone.
"""

from collective.servicekonto.postbox.deadlines.rules import Basis
from collective.servicekonto.postbox.deadlines.rules import rule
from collective.servicekonto.postbox.deadlines.rules import Start
from collective.servicekonto.postbox.deadlines.workdays import Land
from collective.servicekonto.postbox.deadlines.workdays import working_day_from
from datetime import date
from datetime import timedelta
from dateutil.relativedelta import relativedelta


def delivered_on(
    basis: Basis,
    provided: date,
    notified: date | None,
    retrieved: date | None,
    land: Land,
) -> date | None:
    """Return the day on which a decision counts as delivered, None for not (yet).

    ``notified`` is the day on which the first notice of this provision was sent, None
    for no notice, or one that is known not to have arrived. ``retrieved`` is the day on
    which the citizen opened it first.

    §§ 9 OZG and 41 (2) VwVfG go by the provision alone: neither opening it earlier nor
    a notice that was late changes the day. Art. 24 BayDiG goes by the notice and,
    without one, by the retrieval. By § 41 (2a) VwVfG a decision that was retrieved
    after the provision had to end is not delivered. What reached the citizen later than
    § 41 (2) supposes, or never, is not known here.

    Raises rules.NotInForce, and ValueError for a retrieval before the provision.
    """
    if retrieved is not None and retrieved < provided:
        raise ValueError("What is not provided yet cannot be retrieved.")
    applied = rule(basis, provided)
    days = timedelta(days=applied.days)
    if applied.start is Start.PROVIDED:
        return provided + days
    if applied.start is Start.NOTIFIED:
        return retrieved if notified is None else max(notified, provided) + days
    end = retrievable_until(basis, provided, notified, land)
    if retrieved is None or (end is not None and retrieved > end):
        return None
    return retrieved + days


def retrievable_until(
    basis: Basis, provided: date, notified: date | None, land: Land
) -> date | None:
    """Return the last day on which a decision can be retrieved with effect.

    None where the law knows no end, and as long as no notice was sent. The period
    (§ 41 (2a) sentence 4 VwVfG) is one in which something can be done, so unlike the
    day of delivery it ends on a working day (§ 31 (3) VwVfG). Raises rules.NotInForce.
    """
    days = rule(basis, provided).to_retrieve
    if days is None or notified is None:
        return None
    return working_day_from(max(notified, provided) + timedelta(days=days), land)


def objection_until(delivered: date, land: Land) -> date:
    """Return the last day on which an objection can reach the town.

    One month (§ 70 (1) VwGO): until the day with the same number, or the last one of a
    month that has none (§ 188 BGB), or the next working day (§ 193 BGB). A lawsuit has
    the same time where there is no objection (§ 74 VwGO). Only a decision that says so
    sets it off; otherwise there is a year (§ 58 (2) VwGO).
    """
    return working_day_from(delivered + relativedelta(months=1), land)
