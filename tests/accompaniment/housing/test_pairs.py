from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment.housing import families_for, homes_for, match_home
from matching.domain import Answer
from matching.domain.housing import (
    Dwelling,
    HomeSought,
    PlaceKind,
    PlaceToReach,
    Standing,
)
from matching.domain.means import Means
from tests.accompaniment.housing.homes import AS_OF, a_dwelling, a_family, a_setting
from tests.factories import HILL, VALLEY

SETTING = a_setting()
PLACES = st.sampled_from([HILL, VALLEY])
ANSWERS = st.sampled_from([None, *Answer])
DAYS = st.dates(date(2026, 6, 1), date(2028, 6, 1))


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


DWELLINGS = st.builds(
    a_dwelling,
    id=st.text("abc", min_size=1, max_size=4),
    municipality=PLACES,
    floor_m2=maybe(st.integers(10, 150)),
    bedrooms=maybe(st.integers(0, 5)),
    rent_eur=maybe(st.integers(1, 1500)),
    expenses_eur=maybe(st.integers(0, 300)),
    step_free=ANSWERS,
    available_from=maybe(DAYS),
    guarantee_fund=ANSWERS,
    calmed_rent=ANSWERS,
    most_people=maybe(st.integers(1, 6)),
    least_income_to_rent=maybe(st.floats(0.5, 5)),
    guarantee_wanted=st.booleans(),
    longest_months=maybe(st.integers(1, 96)),
)
REACHED = st.builds(
    PlaceToReach,
    kind=st.sampled_from(PlaceKind),
    municipality=PLACES,
    means=st.sampled_from([None, *Means]),
)
FAMILIES = st.builds(
    a_family,
    household_id=st.text("xyz", min_size=1, max_size=4),
    people=st.integers(1, 8),
    income_eur=maybe(st.integers(0, 60_000)),
    eviction_on=maybe(DAYS),
    accessible=ANSWERS,
    bedrooms=maybe(st.integers(1, 5)),
    months=maybe(st.integers(1, 96)),
    guarantee=ANSWERS,
    eviction=st.sampled_from([None, Answer.YES]),
    places=maybe(st.lists(REACHED, max_size=3).map(tuple)),
    wanted=maybe(st.frozensets(PLACES)),
)


@given(FAMILIES, st.lists(DWELLINGS, max_size=6, unique_by=lambda one: one.id))
def test_every_dwelling_stays_in_the_list_within_its_bounds(
    family: HomeSought, dwellings: list[Dwelling]
) -> None:
    found = homes_for(family, dwellings, SETTING, as_of=AS_OF)
    assert sorted(one.match.dwelling_id for one in found) == sorted(one.id for one in dwellings)
    for placed in found:
        match = placed.match
        assert 0 <= match.lower <= match.fit <= match.upper <= 1
        assert placed.apart is (match.standing is Standing.NOT_MET)
    assert [one.apart for one in found] == sorted(one.apart for one in found)


@given(st.lists(FAMILIES, max_size=4, unique_by=lambda one: one.household_id), DWELLINGS)
def test_both_directions_give_one_number(families: list[HomeSought], dwelling: Dwelling) -> None:
    for placed in families_for(dwelling, families, SETTING, as_of=AS_OF):
        family = next(one for one in families if one.household_id == placed.match.household_id)
        (other,) = homes_for(family, [dwelling], SETTING, as_of=AS_OF)
        assert other.match == placed.match


@given(st.lists(DWELLINGS, max_size=6, unique_by=lambda one: one.id), st.randoms())
def test_the_order_of_the_offers_does_not_matter(dwellings: list[Dwelling], rng: Any) -> None:
    shuffled = list(dwellings)
    rng.shuffle(shuffled)
    first, second = (
        homes_for(a_family(), some, SETTING, as_of=AS_OF) for some in (dwellings, shuffled)
    )
    assert first == second


@given(FAMILIES, DWELLINGS, st.data())
def test_an_answer_never_leaves_the_bounds_that_were_told_without_it(
    family: HomeSought, dwelling: Dwelling, data: st.DataObject
) -> None:
    """What is not known widens, and knowing it narrows."""
    learnt = {
        "rent_eur": st.integers(1, 1500),
        "floor_m2": st.integers(10, 150),
        "bedrooms": st.integers(0, 5),
        "available_from": DAYS,
    }
    name = data.draw(st.sampled_from(sorted(learnt)))
    before = match_home(family, replace(dwelling, **{name: None}), SETTING, as_of=AS_OF)
    known = data.draw(learnt[name])
    after = match_home(family, replace(dwelling, **{name: known}), SETTING, as_of=AS_OF)
    assert before.lower <= after.lower + 1e-9
    assert after.upper <= before.upper + 1e-9


def test_equal_fits_share_a_rank_and_the_next_one_skips() -> None:
    homes = [
        a_dwelling(id="b"),
        a_dwelling(id="a"),
        a_dwelling(id="c", rent_eur=600),
        a_dwelling(id="d", rent_eur=500, available_to=date(2026, 11, 1), available_from=AS_OF),
    ]
    found = homes_for(a_family(), homes, SETTING, as_of=AS_OF)
    assert [(one.rank, one.match.dwelling_id, one.apart) for one in found] == [
        (1, "a", False),
        (1, "b", False),
        (3, "c", False),
        (1, "d", True),
    ]


def test_a_rule_that_is_to_check_changes_no_rank() -> None:
    open_one = a_dwelling(id="a", guarantee_wanted=True, guarantee_fund=None)
    found = homes_for(a_family(), [open_one, a_dwelling(id="b")], SETTING, as_of=AS_OF)
    assert [one.rank for one in found] == [1, 1]
    assert found[0].match.standing is Standing.TO_CHECK


def test_the_family_as_worked_by_hand() -> None:
    """Rent 0.3 of the income, 70 of 56 m2, school and work at home, free 90 days before."""
    match = match_home(a_family(), a_dwelling(), SETTING, as_of=AS_OF)
    assert match.fit == pytest.approx(1)
    dear = match_home(a_family(income_eur=12_000), a_dwelling(), SETTING, as_of=AS_OF)
    assert dear.fit == pytest.approx((0.25 + 4) / 5)
