import numpy as np
import pytest
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from tests.training.tabular.audited import people, repeated
from training.tabular.reliability import error, gap, intercept, reliability, slope
from training.tabular.scored import Scored, scored


def calibrated(count: int, rng: np.random.Generator, off: float = 0.0) -> Scored:
    risk = expit(rng.normal(-1.5, 0.8, count))
    return scored(risk, (rng.random(count) < expit(logit(risk) + off)).astype(float))


def test_gap_error_and_curve_worked_by_hand() -> None:
    # Two bins of 40: foretold .1, 8 of 40 happen (.1 off); foretold .5, 16 of 40 (.1 off).
    found = reliability(repeated((0.1, 1, 8), (0.1, 0, 32), (0.5, 1, 16), (0.5, 0, 24)), bins=2)
    assert found.ece == pytest.approx(0.1)
    assert found.gap.value == pytest.approx(24 / 80 - 0.3)
    assert [(point.mean_risk, point.observed, point.n) for point in found.points] == [
        (pytest.approx(0.1), pytest.approx(0.2), 40),
        (pytest.approx(0.5), pytest.approx(0.4), 40),
    ]
    assert (found.n, found.positives, found.negatives) == (80, 24, 56)
    assert found.debiased.value is not None
    assert 0 < found.debiased.value < 0.1


def test_people_of_one_risk_share_a_bin_whatever_their_order() -> None:
    mixed = repeated((0.1, 1, 30), (0.1, 0, 70), (0.2, 1, 50), (0.2, 0, 50))
    turned = mixed.where(np.ones(200, dtype=bool))
    order = np.random.default_rng(0).permutation(200)
    shuffled = scored(turned.risk[order], turned.bad[order])
    assert reliability(mixed).points == reliability(shuffled).points
    assert reliability(mixed).ece == pytest.approx(reliability(shuffled).ece)


def test_no_point_of_a_curve_is_of_fewer_than_ten() -> None:
    found = reliability(repeated((0.1, 0, 60), (0.2, 1, 3), (0.3, 0, 40), (0.9, 1, 4)))
    assert sum(point.n for point in found.points) == 107
    assert min(point.n for point in found.points) >= 10


def test_slope_and_intercept_are_those_of_a_logistic_regression() -> None:
    rng = np.random.default_rng(2)
    seen, weight = calibrated(1500, rng, off=0.4), rng.uniform(0.5, 2, 1500)
    weighed = scored(seen.risk, seen.bad, weight)
    line = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000)
    line.fit(logit(seen.risk)[:, None], seen.bad, sample_weight=weight)
    assert slope(weighed).value == pytest.approx(line.coef_[0, 0], abs=1e-5)
    held = intercept(weighed).value
    assert held is not None
    # The intercept at a slope of 1 makes the weighted mean of the chances that of the outcomes.
    moved = expit(logit(seen.risk) + held)
    assert weight @ moved == pytest.approx(weight @ seen.bad)


@pytest.mark.parametrize(
    "seen",
    [
        repeated((0.2, 0, 50)),
        repeated((0.2, 1, 9), (0.3, 0, 50)),
        repeated((0.2, 0, 30), (0.8, 1, 30)),
        scored([], []),
    ],
    ids=["nobody bad", "few bad", "parted", "nobody"],
)
def test_a_line_that_is_not_defined_is_not_drawn(seen: Scored) -> None:
    assert slope(seen).value is None


def test_a_line_through_one_single_risk_has_no_slope_but_an_intercept() -> None:
    seen = repeated((0.2, 0, 60), (0.2, 1, 40))
    assert slope(seen).value is None
    assert intercept(seen).value == pytest.approx(logit(0.4) - logit(0.2))


def test_what_chance_adds_to_the_error_of_a_perfect_model_is_taken_off() -> None:
    rng = np.random.default_rng(3)
    plain, less, held = [], [], 0
    for _ in range(100):
        found = reliability(calibrated(1000, rng))
        plain.append(found.ece)
        less.append(found.debiased.value)
        held += found.debiased.low == 0.0
    assert np.mean(plain) > 0.025
    assert np.mean(less) < 0.35 * np.mean(plain)
    assert held >= 90


def test_the_error_of_a_model_that_is_off_lies_in_its_interval() -> None:
    rng = np.random.default_rng(4)
    risk = expit(rng.normal(-1.5, 0.8, 400_000))
    true = float(np.abs(expit(logit(risk) + 0.5) - risk).mean())
    draws = 100
    found = [error(calibrated(1500, rng, off=0.5)) for _ in range(draws)]
    held = sum((one.low or 0) <= true <= (one.high or 0) for one in found)
    assert held >= 0.9 * draws
    assert np.mean([one.value or 0 for one in found]) == pytest.approx(true, abs=0.006)


def test_gaps_smaller_than_chance_makes_them_do_not_prove_a_perfect_model() -> None:
    found = error(repeated((0.5, 1, 100), (0.5, 0, 100)))
    assert found.value == 0.0
    assert found.high is not None
    assert found.high > 0.02


def test_people_lost_from_sight_count_through_the_weights_of_the_others() -> None:
    lost, _ = people(20_000, seed=5, lost=True)
    unweighted = scored(lost.seen().risk, lost.seen().bad)
    assert gap(lost).value == pytest.approx(0.0, abs=0.015)
    assert (gap(unweighted).value or 0) > 0.04
    for one in (gap(lost), slope(lost)):
        assert one.low is not None
        assert one.high is not None
    assert intercept(lost).value == pytest.approx(0.0, abs=0.1)
