from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment.food import place_lots
from matching.accompaniment.food.lots import day_needs
from matching.domain.food import FoodPoint, FoodSought, Lot, LotKind, LotLeft, LotOffer
from matching.domain.means import Means
from tests.accompaniment.food.meals import (
    AS_OF,
    TERRITORY,
    a_family,
    a_lot,
    a_point,
    a_policy,
    planned,
)
from tests.factories import HILL, VALLEY


def placed(
    lots: list[Lot],
    points: list[FoodPoint],
    families: list[FoodSought] | None = None,
    *,
    weeks: int = 1,
    **policy: Any,
) -> tuple[LotOffer, ...]:
    plan = planned(families or [a_family()], points, weeks=weeks)
    return place_lots(
        lots,
        points,
        plan,
        policy=a_policy(**policy),
        territory=TERRITORY,
        as_of=AS_OF,
    )


def given_to(offer: LotOffer) -> dict[str, int]:
    return {share.point_id: share.portions for share in offer.shares}


def going(id: str, point: str, people: int = 2) -> FoodSought:
    return a_family(id, point=point, people=people)


def test_portions_go_by_what_each_point_still_needs() -> None:
    families = [going("f", "a", people=6), going("g", "b", people=2)]
    (offer,) = placed([a_lot(portions=16)], [a_point("a"), a_point("b")], families)
    assert given_to(offer) == {"a": 12, "b": 4}
    assert (offer.left, offer.why) == (0, ())


def test_a_point_is_given_what_it_can_hand_out_before_the_lot_expires() -> None:
    """Eight portions a week over Tuesday and Saturday: four of them by Friday."""
    point = a_point("a", "tue", "sat")
    (offer,) = placed([a_lot(portions=20, expires_on=date(2026, 12, 4))], [point])
    assert given_to(offer) == {"a": 4}
    assert offer.shares[0].from_day == date(2026, 12, 1)
    assert (offer.left, offer.why) == (16, ((LotLeft.NO_NEED, ("a",)),))


def test_the_first_to_expire_goes_first_and_leaves_later_days_to_the_later_one() -> None:
    point = a_point("a", "tue", "sat")
    later = a_lot("a-later", portions=8, expires_on=date(2026, 12, 6))
    sooner = a_lot("b-sooner", portions=3, expires_on=date(2026, 12, 1))
    offers = placed([later, sooner], [point])
    assert [offer.lot.id for offer in offers] == ["b-sooner", "a-later"]
    assert [given_to(offer) for offer in offers] == [{"a": 3}, {"a": 5}]


@pytest.mark.parametrize(
    ("lot", "point", "why"),
    [
        ({"expires_on": date(2026, 11, 29)}, {}, LotLeft.EXPIRED),
        ({"expires_on": date(2026, 11, 30)}, {}, LotLeft.NO_OPEN_DAY),
        ({"ready_on": date(2026, 12, 2)}, {}, LotLeft.NO_OPEN_DAY),
        ({"cold_chain": True}, {"cold_portions": 0}, LotLeft.NO_COLD),
        ({"cold_chain": True}, {"cold_portions": None}, LotLeft.COLD_UNKNOWN),
        # What nobody said is kept cold.
        ({"cold_chain": None}, {"cold_portions": 0}, LotLeft.NO_COLD),
        ({"cold_chain": True}, {"cold_portions": 3}, LotLeft.COLD_FULL),
        ({}, {}, LotLeft.NO_NEED),
    ],
)
def test_what_is_not_placed_is_said_with_why(
    lot: dict[str, Any], point: dict[str, Any], why: LotLeft
) -> None:
    (offer,) = placed([a_lot(**{"portions": 20} | lot)], [a_point("a", **point)])
    named = () if why is LotLeft.EXPIRED else ("a",)
    assert offer.why == ((why, named),)
    assert offer.left > 0


def test_a_point_too_far_to_pick_up_is_offered_nothing() -> None:
    lot = a_lot(pick_up=VALLEY)
    (near,) = placed([lot], [a_point("a")])  # 22 minutes by car
    (far,) = placed([lot], [a_point("a")], pick_up_minutes=20)
    assert given_to(near) == {"a": 8}
    assert far.why == ((LotLeft.TOO_FAR, ("a",)),)


def test_a_fridge_is_filled_once_over_all_lots() -> None:
    point = a_point("a", cold_portions=5)
    lots = [a_lot("x", portions=4, cold_chain=True), a_lot("y", portions=4, cold_chain=True)]
    assert [given_to(offer) for offer in placed(lots, [point])] == [{"a": 4}, {"a": 1}]


def test_a_point_that_serves_nobody_needs_nothing() -> None:
    (offer,) = placed([a_lot()], [a_point("a"), a_point("b")], [going("f", "a")])
    assert given_to(offer) == {"a": 8}
    assert offer.why == ((LotLeft.NO_NEED, ("a", "b")),)


def test_the_need_of_a_week_is_spread_over_its_open_days() -> None:
    plan = planned([a_family(people=3)], [a_point("a", "mon", "tue", "sat")])
    per_day = list(day_needs(plan, a_policy(portions_per_person=5))["a"].values())
    assert per_day == [5, 5, 5]
    per_day = list(day_needs(plan, a_policy(portions_per_person=4))["a"].values())
    assert per_day == [4, 4, 4]
    plan = planned([a_family(people=1)], [a_point("a", "mon", "tue", "sat")])
    assert list(day_needs(plan, a_policy())["a"].values()) == [2, 1, 1]


DAYS = st.sampled_from(["mon", "tue", "fri", "sat"])
POINTS = st.lists(
    st.builds(
        lambda id, days, **known: a_point(id, *days, **known),
        st.sampled_from("pqr"),
        st.lists(DAYS, min_size=1, max_size=3, unique=True),
        municipality=st.sampled_from([HILL, VALLEY]),
        capacity=st.integers(0, 4),
        cold_portions=st.none() | st.integers(0, 30),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda point: point.id,
)
FAMILIES = st.lists(
    st.builds(
        a_family,
        id=st.sampled_from("abcdefg"),
        municipality=st.sampled_from([HILL, VALLEY]),
        people=st.integers(1, 6),
        means=st.just(frozenset({Means.CAR})),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda family: family.household_id,
)
LOTS = st.lists(
    st.builds(
        a_lot,
        id=st.sampled_from("uvwxyz"),
        kind=st.sampled_from(LotKind),
        portions=st.integers(1, 80),
        expires_on=st.integers(-2, 20).map(lambda days: AS_OF + timedelta(days=days)),
        pick_up=st.sampled_from([HILL, VALLEY]),
        cold_chain=st.sampled_from([None, True, False]),
    ),
    max_size=5,
    unique_by=lambda lot: lot.id,
)


@given(LOTS, POINTS, FAMILIES)
def test_portions_are_conserved_and_no_limit_is_passed(
    lots: list[Lot], points: list[FoodPoint], families: list[FoodSought]
) -> None:
    plan = planned(families, points, weeks=2)
    needs = day_needs(plan, a_policy())
    offers = placed(lots, points, families, weeks=2)
    assert sorted(offer.lot.id for offer in offers) == sorted(lot.id for lot in lots)
    for offer in offers:
        assert sum(given_to(offer).values()) + offer.left == offer.lot.portions
        assert bool(offer.why) is (offer.left > 0)
        for share in offer.shares:
            assert AS_OF <= share.from_day <= offer.lot.expires_on
            assert share.portions > 0
    for point in points:
        cold = sum(
            given_to(offer).get(point.id, 0)
            for offer in offers
            if offer.lot.cold_chain is not False
        )
        assert cold <= (point.cold_portions or 0)
        # By each day no more was given of what expires by then than is handed out by then.
        for day in {offer.lot.expires_on for offer in offers}:
            due = sum(
                given_to(offer).get(point.id, 0) for offer in offers if offer.lot.expires_on <= day
            )
            assert due <= sum(n for d, n in needs[point.id].items() if d <= day)


@given(LOTS, POINTS, FAMILIES, st.randoms())
def test_the_order_of_lots_and_points_does_not_matter(
    lots: list[Lot], points: list[FoodPoint], families: list[FoodSought], rng: Any
) -> None:
    first = placed(lots, points, families)
    rng.shuffle(lots)
    rng.shuffle(points)
    assert placed(lots, points, families) == first
