"""Worked by hand: driver and storekeeper share 0.9 x the cosine of their weighted skills."""

from dataclasses import replace
from math import exp, isnan, log, sqrt

import numpy as np
import pytest

from matching.domain import Profile
from matching.features import FeatureSpace
from matching.features.experience import asked_trade, experience_features, person_jobs
from tests.factories import (
    a_fact,
    a_job,
    a_profile,
    a_space,
    a_taxonomy,
    a_vacancy,
    an_occupation,
    the_features,
)

SPACE = a_space()
# driver: forklift 0.5, inventory w; storekeeper: inventory w, forklift (a plus, 0.4) 0.2.
W = log(4 / 3) / log(4)
NEAR = 0.9 * (0.5 * 0.2 + W * W) / (sqrt(0.25 + W * W) * sqrt(0.04 + W * W))


def test_jobs_that_need_the_same_skills_are_near() -> None:
    found = the_features(a_vacancy(jobs=["storekeeper"]), a_profile(jobs={"driver": 12}), SPACE)
    assert pytest.approx(0.8252, abs=1e-4) == NEAR
    assert found["experience_proximity"] == pytest.approx(NEAR)


def test_the_same_job_is_at_one() -> None:
    found = the_features(a_vacancy(jobs=["cook"]), a_profile(jobs={"cook": None}), SPACE)
    assert found["experience_proximity"] == 1.0


@pytest.mark.parametrize(
    ("isco08", "proximity"),
    [("4321", 0.75), ("4322", 0.45), ("4390", 0.2), ("4110", 0.05), ("5321", 0.0)],
)
def test_jobs_without_common_skills_are_as_near_as_their_isco_codes(
    isco08: str, proximity: float
) -> None:
    space = a_space(
        a_taxonomy(skills=[], occupations=[an_occupation("a", "4321"), an_occupation("b", isco08)])
    )
    found = the_features(a_vacancy(jobs=["a"]), a_profile(jobs={"b": 12}), space)
    assert found["experience_proximity"] == pytest.approx(proximity)


def test_the_nearest_of_several_jobs_counts_on_both_sides() -> None:
    found = the_features(
        a_vacancy(jobs=["cook", "storekeeper"]), a_profile(jobs={"cook": 1, "driver": 1}), SPACE
    )
    assert found["experience_proximity"] == 1.0


@pytest.mark.parametrize(
    ("months", "value"), [(0, 0.0), (12, 1 - exp(-0.5)), (24, 1 - exp(-1)), (240, 1 - exp(-10))]
)
def test_months_count_less_and_less(months: int, value: float) -> None:
    found = the_features(a_vacancy(jobs=["cook"]), a_profile(jobs={"cook": months}), SPACE)
    assert found["experience_months"] == pytest.approx(value)


def test_months_in_a_near_job_count_by_its_proximity_and_add_up() -> None:
    found = the_features(
        a_vacancy(jobs=["storekeeper"], months_required=30),
        a_profile(jobs={"driver": 10, "storekeeper": 8, "cook": 100}),
        SPACE,
    )
    assert found["experience_months"] == pytest.approx(1 - exp(-(8 + 10 * NEAR) / 24))
    assert found["experience_required"] == pytest.approx((8 + 10 * NEAR) / 30)


def test_years_in_a_far_job_prove_no_months_in_the_trade() -> None:
    found = the_features(
        a_vacancy(jobs=["cook"], months_required=12), a_profile(jobs={"driver": 240}), SPACE
    )
    assert found["experience_months"] == found["experience_required"] == 0.0


@pytest.mark.parametrize(("isco08", "share"), [("4322", 0.45), ("4390", 0.0)])
def test_months_in_a_job_that_is_only_of_the_same_wide_group_prove_nothing(
    isco08: str, share: float
) -> None:
    space = a_space(
        a_taxonomy(skills=[], occupations=[an_occupation("a", "4321"), an_occupation("b", isco08)])
    )
    found = the_features(
        a_vacancy(jobs=["a"], months_required=24), a_profile(jobs={"b": 24}), space
    )
    assert found["experience_required"] == pytest.approx(share)


def test_more_months_than_asked_are_enough() -> None:
    found = the_features(
        a_vacancy(jobs=["cook"], months_required=24), a_profile(jobs={"cook": 120}), SPACE
    )
    assert found["experience_required"] == 1.0


def _of_families(**families: str) -> FeatureSpace:
    """Return trades that have neither skills nor ISCO-08 groups in common."""
    codes = ("1111", "2222", "3333", "4444")
    trades = [
        replace(an_occupation(name, code), family=family)
        for (name, family), code in zip(families.items(), codes, strict=False)
    ]
    return a_space(a_taxonomy(skills=[], occupations=trades))


def test_all_months_in_trades_of_the_family_count_in_full_and_no_others() -> None:
    space = _of_families(waiter="kitchen", porter="kitchen", barman="kitchen", clerk="office")
    person = a_profile(jobs={"porter": 10, "barman": 8, "clerk": 100})
    found = the_features(a_vacancy(jobs=["waiter"]), person, space)
    assert found["experience_family"] == pytest.approx(1 - exp(-18 / 24))
    assert found["experience_months"] == 0.0


def test_months_outside_the_family_prove_none_in_it() -> None:
    space = _of_families(waiter="kitchen", clerk="office")
    found = the_features(a_vacancy(jobs=["waiter"]), a_profile(jobs={"clerk": 100}), space)
    assert found["experience_family"] == 0.0


def test_a_job_of_the_family_without_dates_leaves_its_months_unknown() -> None:
    space = _of_families(waiter="kitchen", porter="kitchen", clerk="office")
    person = a_profile(jobs={"porter": None, "clerk": 100})
    found = the_features(a_vacancy(jobs=["waiter"]), person, space)
    assert isnan(found["experience_family"])


@pytest.mark.parametrize("jobs", [{}, {"waiter": 12}])
def test_of_who_has_no_job_and_for_a_vacancy_without_trade_no_family_is_known(
    jobs: dict[str, int],
) -> None:
    space = _of_families(waiter="kitchen")
    vacancy = a_vacancy() if jobs else a_vacancy(jobs=["waiter"])
    assert isnan(the_features(vacancy, a_profile(jobs=jobs), space)["experience_family"])


def test_a_near_job_without_dates_leaves_the_months_unknown() -> None:
    found = the_features(
        a_vacancy(jobs=["cook"], months_required=24), a_profile(jobs={"cook": None}), SPACE
    )
    assert isnan(found["experience_months"])
    assert isnan(found["experience_required"])


def test_a_near_job_without_dates_adds_nothing_to_one_with_dates() -> None:
    found = the_features(
        a_vacancy(jobs=["storekeeper"]),
        a_profile(jobs={"driver": None, "storekeeper": 24}),
        SPACE,
    )
    assert found["experience_months"] == pytest.approx(1 - exp(-1))


def test_a_person_without_jobs_is_not_known_to_lack_experience() -> None:
    found = the_features(a_vacancy(jobs=["cook"], months_required=12), a_profile(), SPACE)
    assert all(
        isnan(found[name])
        for name in ("experience_proximity", "experience_months", "experience_required")
    )


def test_months_asked_without_a_trade_are_not_asked() -> None:
    found = the_features(a_vacancy(months_required=12), a_profile(jobs={"cook": 12}), SPACE)
    assert found["asked_experience"] == 0.0
    assert isnan(found["experience_required"])


def test_zero_months_asked_are_not_asked() -> None:
    found = the_features(
        a_vacancy(jobs=["cook"], months_required=a_fact(0)), a_profile(jobs={"cook": 12}), SPACE
    )
    assert found["asked_experience"] == 0.0
    assert isnan(found["experience_required"])


def test_the_job_wanted_is_compared_like_a_job_held_and_never_taken_for_one() -> None:
    found = the_features(a_vacancy(jobs=["storekeeper"]), a_profile(wanted=["driver"]), SPACE)
    assert found["aspirations_proximity"] == pytest.approx(NEAR)
    assert isnan(found["experience_proximity"])


def test_a_job_that_only_an_imported_taxonomy_knows_is_near_to_none() -> None:
    asked = asked_trade([a_vacancy(jobs=["cook", "elsewhere"])], SPACE.occupations)
    people = [a_profile("a", jobs={"elsewhere": 24}), a_profile("b", jobs={"cook": 24})]
    found = experience_features(asked, person_jobs(people, SPACE.occupations))
    assert isnan(found["experience_proximity"][0, 0])
    assert found["experience_proximity"][0, 1] == 1.0
    assert SPACE.occupations.near("elsewhere", ["cook"]) == 0.0
    assert SPACE.occupations.near("cook", ["elsewhere"]) == 0.0


def test_a_vacancy_of_which_only_an_imported_taxonomy_knows_the_trade_asks_for_none() -> None:
    asked = asked_trade([a_vacancy(jobs=["elsewhere"], months_required=12)], SPACE.occupations)
    people = person_jobs([a_profile(jobs={"cook": 24}, wanted=["cook"])], SPACE.occupations)
    found = {name: values[0, 0] for name, values in experience_features(asked, people).items()}
    assert (found.pop("asked_trade"), found.pop("asked_experience")) == (0.0, 0.0)
    assert all(isnan(value) for value in found.values())


def _of_many_jobs(count: int) -> Profile:
    """Somebody whose months, counted by how near each job is, no binary fraction holds."""
    chance = np.random.default_rng(count)
    jobs = (
        a_job(["driver", "storekeeper"][n % 2], int(chance.integers(1, 40))) for n in range(count)
    )
    return replace(a_profile(str(count)), occupations=tuple(jobs))


def test_the_months_of_a_long_career_add_up_alike_to_the_last_bit_in_any_company() -> None:
    people = [_of_many_jobs(count) for count in (*range(1, 30), 100)]
    vacancy = a_vacancy(jobs=["storekeeper"], months_required=10_000)
    asked = asked_trade([vacancy], SPACE.occupations)
    together = experience_features(asked, person_jobs(people, SPACE.occupations))
    alone = [
        experience_features(asked, person_jobs([person], SPACE.occupations)) for person in people
    ]
    for name in ("experience_required", "experience_months", "experience_proximity"):
        np.testing.assert_array_equal(together[name][0], [one[name][0, 0] for one in alone])
