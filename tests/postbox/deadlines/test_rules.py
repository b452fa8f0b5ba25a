"""The table has one rule for each basis and day, and every rule is used."""

from collective.servicekonto.postbox.deadlines.rules import Basis
from collective.servicekonto.postbox.deadlines.rules import NotInForce
from collective.servicekonto.postbox.deadlines.rules import rule
from collective.servicekonto.postbox.deadlines.rules import RULES
from collective.servicekonto.postbox.deadlines.rules import Start
from datetime import date
from datetime import timedelta
from itertools import pairwise
import pytest


def rules_of(basis):
    """Return the rules of one basis in the order of the table."""
    return [one for one in RULES if one.basis is basis]


@pytest.mark.parametrize("basis", Basis)
def test_periods_follow_each_other_without_gap(basis):
    rules = rules_of(basis)
    for earlier, later in pairwise(rules):
        assert later.since == earlier.until + timedelta(days=1)
    assert rules[-1].until is None


@pytest.mark.parametrize("one", RULES, ids=str)
def test_every_rule_applies_on_its_first_and_last_day(one):
    assert rule(one.basis, one.since) is one
    assert rule(one.basis, one.until or date(2100, 1, 1)) is one


@pytest.mark.parametrize("basis", Basis)
def test_before_the_law_there_is_no_rule(basis):
    with pytest.raises(NotInForce):
        rule(basis, rules_of(basis)[0].since - timedelta(days=1))


@pytest.mark.parametrize("basis", Basis)
def test_every_basis_is_cited(basis):
    assert basis.citation.startswith(("§ ", "Artikel "))
    assert all(one.source for one in rules_of(basis))


def test_what_the_laws_say():
    assert [
        (one.basis, one.since, one.days, one.start, one.to_retrieve) for one in RULES
    ] == [
        (Basis.OZG_9, date(2020, 12, 10), 3, Start.PROVIDED, None),
        (Basis.OZG_9, date(2025, 1, 1), 4, Start.PROVIDED, None),
        (Basis.VWVFG_41_2, date(2003, 2, 1), 3, Start.PROVIDED, None),
        (Basis.VWVFG_41_2, date(2025, 1, 1), 4, Start.PROVIDED, None),
        (Basis.VWVFG_41_2A, date(2017, 1, 1), 1, Start.RETRIEVED, 10),
        (Basis.BAYDIG_24, date(2022, 8, 1), 3, Start.NOTIFIED, None),
    ]
