from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import matching.accompaniment.effects as effects_package
from matching.accompaniment.effects import EffectState, effects_of, load_effects
from matching.accompaniment.effects.estimation import Compared, OwnEstimates
from matching.accompaniment.effects.posterior import pooled
from matching.accompaniment.effects.prior import Key
from matching.domain import Grade, Measure
from matching.domain.outcomes import HORIZONS, WorkGroup
from matching.settings import shipped_data
from tests.accompaniment.effects.people import AS_OF, rates, selected

PRIOR = load_effects(shipped_data() / "measures")
KEY: Key = (Measure.COURSE, WorkGroup.OTHERS, 12)


def seen(mean: float, sd: float, key: Key = KEY) -> OwnEstimates:
    return OwnEstimates(
        keys=(key,),
        mean=np.array([mean]),
        covariance=np.array([[sd**2]]),
        compared={key: Compared(takers=50, others=200)},
    )


NOTHING = OwnEstimates(keys=(), mean=np.array([]), covariance=np.zeros((0, 0)), compared={})


def test_without_outcomes_everything_is_what_studies_say_and_says_so() -> None:
    found = pooled(PRIOR, NOTHING, hours={}, as_of=AS_OF)
    for months in HORIZONS:
        effect = found.of_group(*KEY[:2], horizon=months)
        assert effect.state is EffectState.NOT_ENOUGH_DATA
        assert effect.own_share == 0
        assert (effect.mean, effect.sd) == pytest.approx((effect.prior_mean, effect.prior_sd))
        assert effect.grade is PRIOR.beliefs[*KEY[:2], months].grade


def test_what_others_saw_says_nothing_of_a_measure_nobody_here_was_compared_on() -> None:
    found = pooled(PRIOR, seen(0.2, 0.02), hours={}, as_of=AS_OF)
    other = found.of_group(Measure.FOOD, WorkGroup.OTHERS, horizon=12)
    assert other.state is EffectState.NOT_ENOUGH_DATA
    assert other.mean == pytest.approx(other.prior_mean)


@settings(max_examples=40, deadline=None)
@given(mean=st.floats(-0.4, 0.4), sd=st.floats(0.005, 0.5))
def test_an_estimate_stands_between_the_studies_and_what_was_seen(mean: float, sd: float) -> None:
    effect = pooled(PRIOR, seen(mean, sd), hours={}, as_of=AS_OF).of_group(*KEY[:2], horizon=12)
    low, high = sorted((effect.prior_mean, mean))
    assert low - 1e-9 <= effect.mean <= high + 1e-9
    assert 0 <= effect.own_share <= 1
    assert effect.lower < effect.mean < effect.upper


def test_the_more_was_seen_the_more_of_it_is_from_here_and_the_grade_says_so() -> None:
    shares = []
    for sd in (0.2, 0.05, 0.01):
        found = pooled(PRIOR, seen(0.06, sd), hours={}, as_of=AS_OF)
        effect = found.of_group(*KEY[:2], horizon=12)
        shares.append(effect.own_share)
        expected = Grade.C if effect.own_share >= 0.5 else PRIOR.beliefs[KEY].grade
        assert effect.grade is expected
    assert shares == sorted(shares)
    assert shares[0] < 0.2
    assert shares[-1] > 0.9


def test_longer_measures_lock_in_more_at_first_and_are_less_sure() -> None:
    found = pooled(PRIOR, NOTHING, hours={}, as_of=AS_OF)

    def at(hours: float, months: int) -> tuple[float, float]:
        effect = found.of_group(*KEY[:2], horizon=months, hours=hours)
        return effect.mean, effect.sd

    assert at(400, 6)[0] < at(80, 6)[0] < at(0, 6)[0]
    assert at(400, 6)[1] > at(80, 6)[1]
    assert at(400, 6)[0] < 0
    assert at(400, 24)[0] == at(0, 24)[0] > 0


def test_who_has_no_known_group_is_between_the_two_and_less_sure() -> None:
    found = pooled(PRIOR, NOTHING, hours={}, as_of=AS_OF)

    def of(months: int | None) -> tuple[float, float]:
        effect = found.of(Measure.COURSE, months_without_work=months, horizon=24)
        return effect.mean, effect.sd

    long, short, unknown = of(12), of(11), of(None)
    assert short[0] < unknown[0] < long[0]
    assert unknown[1] > min(short[1], long[1])
    assert of(0) == short


def test_facts_that_do_not_hold_on_the_day_are_marked() -> None:
    assert not pooled(PRIOR, NOTHING, hours={}, as_of=AS_OF).old
    assert pooled(PRIOR, NOTHING, hours={}, as_of=date(2020, 1, 1)).old


def test_selection_is_undone_from_people_to_effect() -> None:
    people = selected(4_000, seed=11, effect=0.08)
    effect = effects_of(PRIOR, people, as_of=AS_OF).of(Measure.COURSE, months_without_work=4)
    with_it, without = rates(people, Measure.COURSE)
    assert effect.lower <= 0.08 <= effect.upper
    assert with_it - without > effect.upper


def test_no_function_gives_the_rate_of_those_who_took_part() -> None:
    assert set(effects_package.__all__) == {
        "LEAST", "Compared", "Effect", "EffectSource", "EffectState", "Effects", "Observed",
        "Prior", "effects_of", "load_effects",
    }  # fmt: skip
