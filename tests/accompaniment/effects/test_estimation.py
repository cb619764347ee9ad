import numpy as np
import pytest

from matching.accompaniment.effects.cohort import covariates, mean_hours
from matching.accompaniment.effects.estimation import LEAST, own_estimates
from matching.domain import Level, Measure
from matching.domain.outcomes import Accepted, PathRecord, WorkGroup
from tests.accompaniment.effects.people import AS_OF, one, rates, selected

KEY = (Measure.COURSE, WorkGroup.OTHERS, 12)


@pytest.mark.parametrize("effect", [-0.1, 0.0, 0.15])
def test_people_alike_are_compared_where_the_raw_rates_mislead(effect: float) -> None:
    people = selected(6_000, seed=3, effect=effect)
    found = own_estimates(people)
    with_it, without = rates(people, Measure.COURSE)
    assert found.keys == (KEY,)
    assert found.mean[0] == pytest.approx(effect, abs=0.03)
    assert with_it - without > effect + 0.1


def test_the_error_is_as_large_as_estimates_really_vary() -> None:
    several = [own_estimates(selected(400, seed=seed, effect=0.1)) for seed in range(60)]
    spread = np.std([found.mean[0] for found in several])
    stated = np.mean([np.sqrt(found.covariance[0, 0]) for found in several])
    assert stated == pytest.approx(spread, rel=0.25)


def test_too_few_on_either_side_make_no_comparison_and_are_counted() -> None:
    people = [
        one(number, *([Measure.FOOD] if number < LEAST - 1 else []), worked={12: number % 2 == 0})
        for number in range(60)
    ]
    found = own_estimates(people)
    assert found.keys == ()
    counted = found.compared[Measure.FOOD, WorkGroup.OTHERS, 12]
    assert (counted.takers, counted.others, counted.enough) == (LEAST - 1, 51, False)


def test_who_is_not_known_counts_neither_as_having_found_work_nor_as_not() -> None:
    known = selected(300, seed=1, effect=0.1)
    more = [one(900 + n, Measure.COURSE, worked={12: None}) for n in range(20)]
    assert own_estimates([*known, *more]).mean == pytest.approx(own_estimates(known).mean)


def test_where_the_outcome_is_known_of_few_nothing_is_compared() -> None:
    known = selected(300, seed=1, effect=0.1)
    takers = own_estimates(known).compared[KEY].takers
    few = [one(900 + n, Measure.COURSE, worked={12: None}) for n in range(takers)]
    found = own_estimates([*known, *few])
    assert found.keys == ()
    assert found.compared[KEY].takers_unknown == takers
    to_come = [one(900 + n, Measure.COURSE, worked={}) for n in range(takers)]
    assert own_estimates([*known, *to_come]).keys == (KEY,)


def test_who_has_no_known_group_is_compared_with_nobody() -> None:
    people = [one(n, Measure.COURSE, worked={12: True}, months=None) for n in range(40)]
    assert own_estimates(people).keys == ()


def test_an_effect_can_be_told_where_all_or_none_found_work() -> None:
    people = [
        one(n, *([Measure.COURSE] if n % 2 else []), worked={12: True}, need=Level.MILD)
        for n in range(80)
    ]
    found = own_estimates(people)
    assert found.mean[0] == pytest.approx(0.0, abs=0.02)
    assert found.covariance[0, 0] > 0


def test_horizons_of_the_same_people_go_together_and_groups_do_not() -> None:
    people = []
    for number, person in enumerate(selected(600, seed=5, effect=0.1)):
        months = 30 if number % 2 else 2
        took = tuple(person.path.measures)
        both = {12: person.worked[12], 24: person.worked[12]}
        people.append(one(number, *took, worked=both, months=months))
    found = own_estimates(people)
    place = {key: number for number, key in enumerate(found.keys)}
    sds = np.sqrt(np.diag(found.covariance))
    correlation = found.covariance / np.outer(sds, sds)
    same = [place[Measure.COURSE, WorkGroup.OTHERS, months] for months in (12, 24)]
    other = place[Measure.COURSE, WorkGroup.LONG_TERM, 12]
    assert correlation[same[0], same[1]] > 0.99
    assert correlation[same[0], other] == 0


def test_the_order_of_people_changes_nothing() -> None:
    people = selected(300, seed=2, effect=0.0)
    assert own_estimates(people[::-1]).mean == pytest.approx(own_estimates(people).mean)


def test_what_is_not_known_is_told_apart_from_the_mean() -> None:
    paths = [
        PathRecord(id=f"p{n}", person_id=f"p{n}", agreed_on=AS_OF, education_level=level)
        for n, level in enumerate((2, 4, None, 6))
    ]
    columns = covariates(paths)
    assert columns.shape == (4, 2)
    assert columns[2, 0] == pytest.approx(0.0)
    assert columns[2, 1] > columns[0, 1]


def test_hours_are_those_recorded_and_the_usual_ones_where_none_are() -> None:
    paths = [
        PathRecord(
            id=f"p{n}",
            person_id=f"p{n}",
            agreed_on=AS_OF,
            accepted=(Accepted(measure=Measure.COURSE, hours=hours),),
        )
        for n, hours in enumerate((100, None))
    ]
    assert mean_hours(paths, Measure.COURSE, 40) == 70
    assert mean_hours(paths, Measure.FOOD, 5) == 5
