from math import log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError
from matching.models.risk import DiscreteHazard
from tests.models.histories import history, nothing_asked, outcomes_of
from training.spell_evaluation import calibration, concordance, surprise


def constant(count: int, months: int, work: float, inactive: float = 0.0) -> np.ndarray:
    return np.broadcast_to(np.array([work, inactive]), (count, months, 2)).astype(float)


def test_the_surprise_of_each_exit_worked_by_hand() -> None:
    seen = outcomes_of((2, "work", 1), (2, "inactive", 1), (2, "censored", 1), (0, "censored", 1))
    stay = log(0.9 * 0.95)
    found = surprise(seen, constant(4, 6, 0.1, 0.05))
    assert found == pytest.approx([-(stay + log(0.1)), -(stay + log(0.9 * 0.05)), -2 * stay, 0.0])


def test_what_happens_after_the_last_month_foretold_is_not_looked_at() -> None:
    late = surprise(outcomes_of((9, "work", 1)), constant(1, 3, 0.1))
    assert late == pytest.approx([-3 * log(0.9)])


@given(st.floats(0.02, 0.4))
def test_no_hazard_surprises_less_on_average_than_the_one_that_happened(other: float) -> None:
    # 100 months at risk of which 20 end in work: 0.2 is the likeliest hazard.
    seen = outcomes_of((1, "work", 20), (1, "censored", 80))
    true = surprise(seen, constant(100, 1, 0.2)).mean()
    assert true <= surprise(seen, constant(100, 1, other)).mean() + 1e-12


def test_the_concordance_of_five_people_worked_by_hand() -> None:
    seen = pd.DataFrame(
        {
            "months": [1, 3, 2, 2, 5],
            "event": ["work", "work", "censored", "inactive", "work"],
        }
    )
    # Against the first: all four others. Against the second: the inactive and the last one.
    # Against the third and fourth: nobody. Against the last: the inactive.
    risk = np.array([0.1, 0.5, 0.05, 0.5, 0.9])
    agreeing = (1 + 0 + 1 + 1) + (0.5 + 1) + 0
    assert concordance(seen, risk) == pytest.approx(agreeing / 7)


@given(st.permutations(range(30)), st.booleans())
def test_concordance_turns_round_with_the_risk(order: list[int], squared: bool) -> None:
    rng = np.random.default_rng(3)
    seen = pd.DataFrame(
        {
            "months": rng.integers(1, 12, 30),
            "event": rng.choice(["work", "inactive", "censored"], 30),
        }
    )
    risk = np.array(order, dtype=float)
    one = concordance(seen, risk**2 if squared else risk)
    assert one == pytest.approx(concordance(seen, risk))
    assert one + concordance(seen, -risk) == pytest.approx(1.0)


def test_without_anybody_who_found_work_the_concordance_is_not_defined() -> None:
    seen = outcomes_of((3, "censored", 4))
    assert np.isnan(concordance(seen, np.zeros(4)))
    with pytest.raises(DataError, match="0 of 12 months"):
        calibration(seen, constant(4, 6, 0.1))


def test_a_model_is_calibrated_on_what_it_learnt_from() -> None:
    X, seen = history(2000)
    model = DiscreteHazard(C=1e6, directions={}).fit(X, seen)
    slope, intercept = calibration(seen, model.hazards(X))
    assert slope == pytest.approx(1.0, abs=0.02)
    assert intercept == pytest.approx(0.0, abs=0.05)


def test_estimates_too_far_apart_have_a_slope_under_one() -> None:
    X, seen = history(2000)
    hazards = DiscreteHazard(C=1e6, directions={}).fit(X, seen).hazards(X)
    odds = 2.0 * np.log(hazards / (1.0 - hazards))
    assert calibration(seen, 1.0 / (1.0 + np.exp(-odds)))[0] == pytest.approx(0.5, abs=0.02)


def test_hazards_of_another_shape_are_refused() -> None:
    with pytest.raises(DataError, match="one row each"):
        surprise(outcomes_of((1, "work", 2)), constant(3, 6, 0.1))


def test_knowing_the_people_surprises_less_than_knowing_none_of_them() -> None:
    X, seen = history(1500)
    later, after = history(700, seed=6)
    ours = DiscreteHazard(directions={}).fit(X, seen)
    nobody = DiscreteHazard().fit(nothing_asked(1500), seen)
    informed = surprise(after, ours.hazards(later)).mean()
    assert informed < surprise(after, nobody.hazards(nothing_asked(700))).mean() - 0.01
