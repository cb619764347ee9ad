from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Level
from matching.domain.food import (
    Closure,
    FoodAsk,
    FoodPlan,
    FoodPoint,
    FoodSought,
    Stay,
    Unserved,
)
from matching.domain.means import Means
from matching.errors import InputError
from tests.accompaniment.food.meals import (
    AS_OF,
    a_family,
    a_point,
    a_slot,
    of,
    planned,
    where,
)
from tests.factories import HILL, VALLEY

FIRST_WEEK = Closure(first=AS_OF, last=AS_OF + timedelta(days=6))
SECOND_WEEK = Closure(first=AS_OF + timedelta(days=7), last=AS_OF + timedelta(days=13))


def stays(plan: FoodPlan, id: str) -> list[Stay]:
    return [week.stay for week in of(plan, id).weeks]


def test_a_family_has_the_nearest_point_and_stays_there() -> None:
    points = [a_point("valle", municipality=VALLEY), a_point("colle")]
    plan = planned([a_family(means=frozenset({Means.CAR}))], points, weeks=3)
    assert where(plan, "f") == ["colle"] * 3
    assert stays(plan, "f") == [Stay.NEW, Stay.USUAL, Stay.USUAL]
    first = of(plan, "f").weeks[0]
    assert (first.on, first.slot) == (date(2026, 12, 1), a_slot("tue"))
    assert first.minutes == pytest.approx(5)


@pytest.mark.parametrize(
    ("means", "served"),
    [
        ({Means.CAR}, True),  # 22 minutes, 30 at most
        ({Means.PUBLIC_TRANSPORT}, True),  # 48, 50 at most
        ({Means.ON_FOOT}, False),
        (None, True),  # on foot or by public transport, until somebody asks
    ],
)
def test_how_far_a_family_is_sent_depends_on_its_means(
    means: set[Means] | None, served: bool
) -> None:
    family = a_family(means=None if means is None else frozenset(means))
    plan = planned([family], [a_point(municipality=VALLEY)])
    (week,) = of(plan, "f").weeks
    assert week.why is (None if served else Unserved.OUT_OF_REACH)
    assert (FoodAsk.MEANS in of(plan, "f").to_ask) is (means is None)


@pytest.mark.parametrize(
    ("day", "starts", "ends", "fits"),
    [
        ("tue", "11:40", "18:00", True),
        ("tue", "11:41", "18:00", False),
        ("wed", "09:00", "12:00", False),
    ],
)
def test_a_point_fits_where_it_is_open_long_enough_while_somebody_can_go(
    day: str, starts: str, ends: str, fits: bool
) -> None:
    plan = planned([a_family(free=(a_slot(day, starts, ends),))], [a_point()])
    assert of(plan, "f").weeks[0].why is (None if fits else Unserved.HOURS)


def test_a_holiday_is_covered_by_the_next_nearest_and_the_family_comes_back() -> None:
    points = [a_point("a", closed=(SECOND_WEEK,)), a_point("b")]
    plan = planned([a_family()], points, weeks=3)
    assert where(plan, "f") == ["a", "b", "a"]
    assert stays(plan, "f") == [Stay.NEW, Stay.COVER, Stay.USUAL]


def test_a_place_is_kept_for_whoever_is_away_while_the_point_is_closed_on_her_day() -> None:
    """The Thursday is a holiday: the place of who comes on Thursdays is lent for that week."""
    closed = Closure(first=AS_OF + timedelta(days=3))
    points = [a_point("a", "tue", "thu", capacity=1, closed=(closed,))]
    regular = a_family("regular", point="a", free=(a_slot("thu"),))
    new = a_family("new", level=Level.URGENT, free=(a_slot("tue"),))
    plan = planned([regular, new], points, weeks=3)
    assert where(plan, "regular") == [None, "a", "a"]
    assert where(plan, "new") == ["a", None, None]
    assert stays(plan, "new") == [Stay.COVER, Stay.NONE, Stay.NONE]


def test_a_point_where_one_can_stay_comes_before_a_nearer_one_for_a_week() -> None:
    points = [a_point("a", capacity=1, closed=(FIRST_WEEK,)), a_point("b", capacity=1)]
    plan = planned([a_family("f", point="a"), a_family("g")], points, weeks=2)
    assert where(plan, "f") == ["b", "a"]
    assert where(plan, "g") == [None, "b"]


def test_who_goes_somewhere_already_keeps_it_however_far_and_however_urgent_others_are() -> None:
    regular = a_family("regular", point="valle", means=frozenset({Means.ON_FOOT}))
    urgent = a_family(
        "urgent", municipality=VALLEY, level=Level.URGENT, means=frozenset({Means.ON_FOOT})
    )
    plan = planned([urgent, regular], [a_point("valle", municipality=VALLEY, capacity=1)], weeks=2)
    assert where(plan, "regular") == ["valle", "valle"]
    assert [week.why for week in of(plan, "urgent").weeks] == [Unserved.NO_ROOM] * 2


def test_the_recorded_need_comes_first_then_who_waits_longest() -> None:
    def first(*families: FoodSought) -> str:
        plan = planned(families, [a_point(capacity=1)])
        return next(one.household_id for one in plan.families if one.weeks[0].point_id)

    early, late = date(2026, 1, 1), date(2026, 9, 1)
    assert first(a_family("a", level=Level.MILD), a_family("b", level=Level.URGENT)) == "b"
    # What nobody recorded is no less than serious.
    assert first(a_family("a", level=Level.MILD), a_family("b")) == "b"
    assert first(a_family("a", since=late), a_family("b", since=early)) == "b"
    assert first(a_family("a"), a_family("b", since=late)) == "b"


def test_between_equals_no_name_has_an_advantage_whatever_the_order() -> None:
    names = [f"nucleo-{number}" for number in range(40)]
    plan = planned([a_family(name) for name in names], [a_point(capacity=20)])
    served = [one.household_id for one in plan.families if one.weeks[0].point_id]
    assert len(served) == 20
    assert served != sorted(names)[:20]


@pytest.mark.parametrize(
    ("family", "point", "why"),
    [
        ({"municipality": None}, {}, Unserved.HOME_UNKNOWN),
        ({"means": frozenset({Means.ON_FOOT})}, {"municipality": VALLEY}, Unserved.OUT_OF_REACH),
        ({"free": (a_slot("sun"),)}, {}, Unserved.HOURS),
        ({}, {"closed": (FIRST_WEEK,)}, Unserved.CLOSED),
        ({}, {"capacity": 0}, Unserved.NO_ROOM),
    ],
)
def test_a_week_without_a_point_is_unmet_demand_with_its_reason(
    family: dict[str, Any], point: dict[str, Any], why: Unserved
) -> None:
    plan = planned([a_family(**family)], [a_point(**point)])
    ((one, week),) = plan.unmet
    assert (one.household_id, week.stay, week.why) == ("f", Stay.NONE, why)


def test_who_cannot_go_at_the_hours_of_her_point_is_offered_another() -> None:
    family = a_family(point="a", free=(a_slot("wed"),))
    plan = planned([family], [a_point("a", "tue"), a_point("b", "wed")])
    assert where(plan, "f") == ["b"]


def test_the_points_say_their_open_days_and_whom_they_serve() -> None:
    plan = planned(
        [a_family("f", people=3), a_family("g", people=1)],
        [a_point("p", "tue", "sat", closed=(Closure(first=date(2026, 12, 5)),))],
    )
    (week,) = plan.points
    assert week.open_days == (date(2026, 12, 1),)
    assert (week.households, week.people, week.capacity) == (2, 4, 2)


def test_what_was_not_asked_is_asked() -> None:
    plan = planned([a_family(municipality=None)], [a_point()])
    assert of(plan, "f").to_ask == tuple(FoodAsk)
    asked = a_family(means=frozenset({Means.CAR}), free=(a_slot("tue"),))
    assert of(planned([asked], [a_point()]), "f").to_ask == ()


def test_a_family_given_twice_or_a_point_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="'f' is that of two households"):
        planned([a_family(), a_family()], [a_point()])
    with pytest.raises(InputError, match="food.point = 'altrove' is none of the points"):
        planned([a_family(point="altrove")], [a_point()])


DAYS = st.sampled_from(["mon", "tue", "sat"])
CLOSURES = st.builds(
    lambda first, length: Closure(
        first=AS_OF + timedelta(days=first), last=AS_OF + timedelta(days=first + length)
    ),
    st.integers(0, 20),
    st.integers(0, 9),
)
POINTS = st.lists(
    st.builds(
        lambda id, days, **known: a_point(id, *days, **known),
        st.sampled_from("pqr"),
        st.lists(DAYS, min_size=1, max_size=3, unique=True),
        municipality=st.sampled_from([HILL, VALLEY]),
        capacity=st.integers(0, 3),
        closed=st.lists(CLOSURES, max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda point: point.id,
)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[FoodSought], list[FoodPoint]]:
    points = draw(POINTS)
    families = draw(
        st.lists(
            st.builds(
                a_family,
                id=st.sampled_from("abcdefg"),
                municipality=st.sampled_from([HILL, VALLEY, None]),
                means=st.none() | st.frozensets(st.sampled_from(Means), min_size=1),
                free=st.none() | st.lists(DAYS.map(a_slot), min_size=1).map(tuple),
                point=st.none() | st.sampled_from([point.id for point in points]),
                level=st.none() | st.sampled_from(Level),
                since=st.none() | st.dates(date(2026, 1, 1), AS_OF),
            ),
            max_size=7,
            unique_by=lambda family: family.household_id,
        )
    )
    return families, points


@given(worlds())
def test_no_point_serves_more_than_it_can_and_nobody_two_points(
    world: tuple[list[FoodSought], list[FoodPoint]],
) -> None:
    families, points = world
    plan = planned(families, points, weeks=4)
    assert all(week.households <= week.capacity for week in plan.points)
    assert all(len(family.weeks) == 4 for family in plan.families)
    served = sum(week.point_id is not None for one in plan.families for week in one.weeks)
    assert served == sum(week.households for week in plan.points)
    assert len(plan.unmet) == 4 * len(families) - served


@given(worlds())
def test_nobody_loses_a_point_that_is_open_when_she_can_go(
    world: tuple[list[FoodSought], list[FoodPoint]],
) -> None:
    families, points = world
    plan = planned(families, points, weeks=4)
    for family in plan.families:
        usual: str | None = None
        for week in family.weeks:
            if week.stay is Stay.USUAL and usual is not None:
                assert week.point_id == usual
            if week.stay is Stay.NEW:
                assert usual is None
            if week.stay in (Stay.USUAL, Stay.NEW):
                usual = week.point_id
    for point in points:
        # Whoever goes there already keeps it where all of them have room.
        going = [one for one in families if one.answers.point == point.id]
        if len(going) <= point.capacity:
            for one in going:
                free = one.answers.free
                fits = free is None or {s.day for s in free} & {s.day for s in point.openings}
                weeks = of(plan, one.household_id).weeks
                if fits and not point.closed:
                    assert {week.point_id for week in weeks} == {point.id}


@given(worlds())
def test_nobody_is_without_a_point_who_could_go_to_one_with_room(
    world: tuple[list[FoodSought], list[FoodPoint]],
) -> None:
    families, points = world
    plan = planned(families, points, weeks=2)
    asked = {family.household_id: family for family in families}
    by_id = {point.id: point for point in points}
    for shown, week in plan.unmet:
        family = asked[shown.household_id]
        alone = replace(family, answers=replace(family.answers, point=None))
        for busy in plan.points:
            if busy.starts == week.starts and busy.households < busy.capacity:
                only = planned([alone], [by_id[busy.point_id]], weeks=2)
                weeks = of(only, alone.household_id).weeks
                assert [one.point_id for one in weeks if one.starts == week.starts] == [None]


@given(worlds(), st.randoms())
def test_the_order_of_families_and_points_does_not_matter(
    world: tuple[list[FoodSought], list[FoodPoint]], rng: Any
) -> None:
    families, points = world
    plan = planned(families, points, weeks=3)
    rng.shuffle(families)
    rng.shuffle(points)
    assert planned(families, points, weeks=3) == plan
