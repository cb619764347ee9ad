from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Profile, Vacancy
from matching.features.demand import FEWEST, Demand, demand_among
from tests.factories import HILL, VALLEY, a_profile, a_space, a_vacancy

SPACE = a_space()
FAR = 20  # minutes: less than from the hill to the valley by car


def people(*wanted: str | None, comune: str = HILL) -> list[Profile]:
    """A person for each trade wanted, none for None."""
    return [
        a_profile(f"p{number}", wanted=[trade] if trade else [], comune=comune)
        for number, trade in enumerate(wanted)
    ]


def offers(*jobs: str | None, comune: str = HILL) -> list[Vacancy]:
    return [
        a_vacancy(f"v{number}", jobs=[job] if job else [], comune=comune)
        for number, job in enumerate(jobs)
    ]


def found(persons: list[Profile], vacancies: list[Vacancy], minutes: int = 60) -> np.ndarray:
    demand = demand_among(persons, vacancies, space=SPACE, minutes=minutes)
    return everybody(demand)


def everybody(demand: Demand) -> np.ndarray:
    return demand.on(np.ones(len(demand.trades), bool), np.ones(len(demand.named), bool))


def test_a_trade_with_more_vacancies_for_each_who_searches_is_asked_for_more() -> None:
    # Two cooks and one vacancy for both; eight storekeepers and two vacancies.
    told = found(
        people(*["cook"] * 2, *["storekeeper"] * 8), offers("cook", "storekeeper", "storekeeper")
    )
    # Half a vacancy each against a quarter: above eight of ten, and level with the other cook.
    assert told[:2].tolist() == [0.9, 0.9]
    assert told[2:].tolist() == [0.4] * 8


def test_where_all_trades_are_asked_for_alike_everybody_is_in_the_middle() -> None:
    assert found(people(*["cook"] * 10), offers("cook")).tolist() == [0.5] * 10


def test_a_near_trade_counts_as_near_as_it_is() -> None:
    persons = people("driver", "storekeeper", *["cook"] * 8)
    demand = demand_among(persons, offers("storekeeper"), space=SPACE, minutes=60)
    near = SPACE.occupations.proximity[
        SPACE.occupations.numbers["driver"], SPACE.occupations.numbers["storekeeper"]
    ]
    assert 0.4 < near < 1.0
    assert demand.offers[:, 0].tolist() == [near, 1.0, *[0.0] * 8]
    assert demand.rivals[0, :3].tolist() == [1.0, near, 0.0]
    told = everybody(demand)
    assert told[1] > told[0] > told[2]


def test_what_is_beyond_reach_is_not_asked_for_here() -> None:
    persons = people("cook", comune=HILL) + people(*["cook"] * 9, comune=VALLEY)
    near_enough = found(persons, offers("cook", comune=HILL), minutes=60)
    too_far = found(persons, offers("cook", comune=HILL), minutes=FAR)
    assert near_enough.tolist() == [0.5] * 10
    assert too_far.tolist() == [0.95, *[0.45] * 9]


def test_a_place_that_is_not_known_counts_as_within_reach() -> None:
    homeless = [a_profile("p0", wanted=["cook"]), *people(*["cook"] * 9, comune=VALLEY)]
    assert found(homeless, offers("cook", comune=HILL), minutes=FAR)[0] == 0.95
    nowhere = [a_vacancy("v", jobs=["cook"])]
    assert found(people(*["cook"] * 10), nowhere, minutes=FAR).tolist() == [0.5] * 10


def test_what_a_person_wants_counts_before_what_she_did() -> None:
    changing = a_profile("p0", jobs={"cook": 40}, wanted=["storekeeper"], comune=HILL)
    staying = a_profile("p1", jobs={"cook": 40}, comune=HILL)
    told = found([changing, staying, *people(*["driver"] * 8)], offers("cook"))
    assert told[1] > told[0]


def test_who_names_no_trade_stays_unknown_and_rivals_nobody() -> None:
    told = found(people(None, *["cook"] * 10), offers("cook"))
    assert np.isnan(told[0])
    assert told[1:].tolist() == [0.5] * 10


@pytest.mark.parametrize(
    ("persons", "vacancies"),
    [
        (people(*["cook"] * (FEWEST - 1)), offers("cook")),
        (people(*["cook"] * 10), offers()),
        (people(*["cook"] * 10), offers(None)),
        (people(*[None] * 10), offers("cook")),
        ([], []),
    ],
)
def test_where_there_is_too_little_nothing_is_known(
    persons: list[Profile], vacancies: list[Vacancy]
) -> None:
    assert np.isnan(found(persons, vacancies)).all()


def test_a_day_is_of_who_searches_then_and_what_is_open_then() -> None:
    persons = people(*["cook"] * 10, *["storekeeper"] * 10)
    demand = demand_among(persons, offers("cook", "storekeeper"), space=SPACE, minutes=60)
    cooks = np.arange(20) < 10
    told = demand.on(cooks, np.array([True, True]))
    assert told[:10].tolist() == [0.5] * 10
    assert np.isnan(told[10:]).all()
    one_open = demand.on(np.ones(20, bool), np.array([True, False]))
    assert one_open.tolist() == [0.75] * 10 + [0.25] * 10


TRADE = st.sampled_from(["cook", "driver", "storekeeper", None])


@given(
    wanted=st.lists(TRADE, min_size=10, max_size=20),
    jobs=st.lists(TRADE, max_size=8),
    more=st.sampled_from(["cook", "driver", "storekeeper"]),
)
def test_demand_is_a_rank_and_one_more_vacancy_of_a_trade_lowers_it_for_none_of_it(
    wanted: list[str | None], jobs: list[str | None], more: str
) -> None:
    before, after = (
        found(people(*wanted), offers(*given_)) for given_ in ([*jobs, more], [*jobs, more, more])
    )
    known = ~np.isnan(before)
    assert ((before[known] >= 0) & (before[known] <= 1)).all()
    if known.any():
        assert before[known].mean() == pytest.approx(0.5)
    mine = np.array([trade == more for trade in wanted]) & known
    assert (after[mine] >= before[mine] - 1e-12).all()


def test_the_order_of_people_and_vacancies_changes_nothing() -> None:
    persons, vacancies = people("cook", "driver", *["storekeeper"] * 8), offers("cook", "driver")
    told = found(persons, vacancies)
    turned: Iterable[float] = found(persons[::-1], vacancies[::-1])[::-1]
    np.testing.assert_array_equal(told, turned)
