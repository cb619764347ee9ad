from datetime import date
from typing import Any

import pytest

from matching.accompaniment.housing.fit import fit_of, parts, rent_help
from matching.domain import Answer
from matching.domain.housing import HousingPart, PartFit, PlaceKind, PlaceToReach, RentHelp
from matching.domain.means import Means
from tests.accompaniment.housing.homes import AS_OF, a_dwelling, a_family, a_law, a_policy
from tests.factories import HILL, VALLEY, a_territory

CAR, BUS = 21.6792, 48.3585  # minutes between the two municipalities, see tests/factories.py


def the_parts(
    family: dict[str, Any], dwelling: dict[str, Any], **policy: Any
) -> dict[HousingPart, PartFit]:
    found = parts(
        a_family(**family),
        a_dwelling(**dwelling),
        policy=a_policy(**policy),
        law=a_law(),
        territory=a_territory(),
        as_of=AS_OF,
    )
    return {one.part: one for one in found}


def bounds(part: HousingPart, family: dict[str, Any], dwelling: dict[str, Any]) -> Any:
    one = the_parts(family, dwelling)[part]
    return pytest.approx((one.lower, one.upper), abs=1e-4)


@pytest.mark.parametrize(
    ("income", "rent", "expenses", "said"),
    [
        (18_000, 400, 50, (1, 1)),  # 30% of the income
        (18_000, 500, 100, (0.5, 0.5)),  # 40%
        (18_000, 700, 100, (0, 0)),
        (18_000, 500, None, (0.5, 5 / 6)),  # between 500 and 600 a month
        (None, 400, 50, (0, 1)),
        (18_000, None, 50, (0, 1)),
        (0, 400, 50, (0, 0)),
    ],
)
def test_rent_and_expenses_weigh_by_the_share_of_the_income(
    income: int | None, rent: int | None, expenses: int | None, said: tuple[float, float]
) -> None:
    dwelling = {"rent_eur": rent, "expenses_eur": expenses}
    assert said == bounds(HousingPart.RENT, {"income_eur": income}, dwelling)


@pytest.mark.parametrize(
    ("floor", "rooms", "asked", "said"),
    [
        (70, 2, 2, (1, 1)),
        (56, 2, 2, (0.5, 0.5)),
        (70, 2, 4, (0.5, 0.5)),
        # Nobody asked: between one for two people and one for each.
        (70, 2, None, (0.5, 1)),
        (56, 2, None, (0.5, 0.5)),
        (None, 2, 2, (0, 1)),
        (70, None, 2, (0, 1)),
        (70, 0, 2, (0.5, 0.5)),
    ],
)
def test_room_is_surface_or_bedrooms_whichever_suits_less(
    floor: int | None, rooms: int | None, asked: int | None, said: tuple[float, float]
) -> None:
    dwelling = {"floor_m2": floor, "bedrooms": rooms}
    assert said == bounds(HousingPart.SIZE, {"bedrooms": asked}, dwelling)


@pytest.mark.parametrize(
    ("means", "said"),
    [
        (Means.CAR, (70 - CAR) / 50),
        (Means.PUBLIC_TRANSPORT, (70 - BUS) / 50),
        (Means.ON_FOOT, 0),
    ],
)
def test_a_place_is_reached_by_the_means_of_whoever_goes(means: Means, said: float) -> None:
    place = PlaceToReach(kind=PlaceKind.WORK, municipality=VALLEY, means=means)
    assert (said, said) == bounds(HousingPart.JOURNEY, {"places": (place,)}, {})


def test_where_the_means_are_not_known_every_one_is_possible() -> None:
    place = PlaceToReach(kind=PlaceKind.WORK, municipality=VALLEY)
    found = the_parts({"places": (place,)}, {})[HousingPart.JOURNEY]
    assert (found.lower, found.upper) == pytest.approx((0, (70 - CAR) / 50), abs=1e-4)
    assert found.least == pytest.approx(CAR, abs=1e-3)


def test_several_places_count_alike_and_the_longest_way_is_told() -> None:
    places = tuple(
        PlaceToReach(kind=PlaceKind.SCHOOL, municipality=one, means=Means.CAR)
        for one in (HILL, VALLEY)
    )
    found = the_parts({"places": places}, {})[HousingPart.JOURNEY]
    assert found.value == pytest.approx((1 + (70 - CAR) / 50) / 2, abs=1e-4)
    assert found.most == pytest.approx(CAR, abs=1e-3)


@pytest.mark.parametrize(
    ("free", "said"),
    [
        (date(2026, 1, 1), (1, 1)),  # 93 days before the eviction
        (date(2027, 3, 1), (0.5, 0.5)),
        (date(2027, 3, 16), (0.25, 0.25)),
        (date(2027, 5, 1), (0, 0)),
        (None, (0, 1)),
    ],
)
def test_a_home_suits_that_is_free_before_the_eviction(
    free: date | None, said: tuple[float, float]
) -> None:
    assert said == bounds(HousingPart.TIME, {}, {"available_from": free})


def test_where_the_family_wants_to_stay_counts_by_the_way_there() -> None:
    assert bounds(HousingPart.PLACE, {}, {}) == (1, 1)
    away = 1 - BUS / 60
    assert (away, away) == bounds(HousingPart.PLACE, {}, {"municipality": VALLEY})
    both = {"wanted": frozenset({HILL, VALLEY})}
    assert bounds(HousingPart.PLACE, both, {"municipality": VALLEY}) == (1, 1)


def test_what_the_family_says_does_not_count_has_no_weight_and_what_nobody_asked_is_open() -> None:
    settled = {"places": (), "wanted": frozenset(), "eviction": Answer.NO, "eviction_on": None}
    assert set(the_parts(settled, {})) == {HousingPart.RENT, HousingPart.SIZE}
    asked = {"places": None, "wanted": None, "eviction": None, "eviction_on": None}
    found = the_parts(asked, {})
    for part in (HousingPart.JOURNEY, HousingPart.TIME, HousingPart.PLACE):
        assert (found[part].lower, found[part].upper) == (0, 1)


def test_a_part_that_the_territory_does_not_weigh_is_left_out() -> None:
    weights = dict.fromkeys(HousingPart, 0.0) | {HousingPart.RENT: 2.0}
    assert set(the_parts({}, {}, weights=weights)) == {HousingPart.RENT}


def test_the_fit_is_the_mean_by_weights_with_its_bounds() -> None:
    found = [
        PartFit(part=HousingPart.RENT, lower=0.5, upper=0.5, weight=3),
        PartFit(part=HousingPart.SIZE, lower=0, upper=1, weight=1),
    ]
    assert fit_of(found) == pytest.approx((0.5, 0.375, 0.625))
    assert fit_of([]) == (0.5, 0.0, 1.0)


@pytest.mark.parametrize(
    ("income", "dwelling", "said"),
    [
        (18_000, {"rent_eur": 400}, None),
        (18_000, {"rent_eur": 401}, (1, 400)),
        (12_000, {"rent_eur": 400}, (150, 250)),
        (12_000, {"rent_eur": 400, "calmed_rent": Answer.YES}, (150, None)),
        (1_000, {"rent_eur": 400}, (425, None)),  # not even a rent of nothing would do
        (0, {"rent_eur": 400}, (450, None)),
        (None, {"rent_eur": 400}, None),
        (12_000, {"rent_eur": None}, None),
    ],
)
def test_what_would_bring_the_rent_to_the_share_is_said_in_euros(
    income: int | None, dwelling: dict[str, Any], said: tuple[int, int | None] | None
) -> None:
    found = rent_help(a_family(income_eur=income), a_dwelling(**dwelling), a_policy())
    expected = (
        None if said is None else RentHelp(top_up_eur=said[0], calmed_rent_eur=said[1], exact=True)
    )
    assert found == expected


def test_with_expenses_that_are_not_known_the_help_is_for_the_highest() -> None:
    dwelling = a_dwelling(rent_eur=400, expenses_eur=None)
    found = rent_help(a_family(income_eur=12_000), dwelling, a_policy())
    assert found == RentHelp(top_up_eur=200, calmed_rent_eur=200, exact=False)
