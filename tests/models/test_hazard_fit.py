import numpy as np
import pytest
from scipy.special import expit

from matching.models.hazard_fit import STRENGTHS, fit_cause, likeliest_loose, likeliest_strength


def months_at_risk(effects: list[float], count: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    rows = rng.normal(size=(count, len(effects)))
    return rows, rng.random(count) < expit(rows @ np.array(effects) - 1.5)


def loss(rows: np.ndarray, happens: np.ndarray, coef: np.ndarray, strength: float) -> float:
    odds = coef[0] + rows @ coef[1:]
    fit = np.logaddexp(0, odds).sum() - odds[happens].sum()
    return float(fit + (coef[1:] ** 2).sum() / (2 * strength))


def test_signs_that_the_data_agree_with_change_nothing() -> None:
    rows, happens = months_at_risk([0.8, -0.5])
    free, _ = fit_cause(rows, happens, strength=1.0, signs=np.zeros(2))
    signed, _ = fit_cause(rows, happens, strength=1.0, signs=np.array([1.0, -1.0]))
    np.testing.assert_array_equal(free, signed)
    assert free[1:] == pytest.approx([0.8, -0.5], abs=0.15)


def test_an_effect_of_the_wrong_sign_is_held_at_nothing() -> None:
    rows, happens = months_at_risk([0.8, -0.5])
    coef, _ = fit_cause(rows, happens, strength=1.0, signs=np.array([1.0, 1.0]))
    without, _ = fit_cause(rows[:, :1], happens, strength=1.0, signs=np.array([1.0]))
    assert coef[2] == 0.0
    assert coef[:2] == pytest.approx(without, abs=1e-5)


@pytest.mark.parametrize("signs", [[1.0, 1.0, 0.0], [-1.0, 0.0, 1.0], [-1.0, 1.0, -1.0]])
def test_no_other_coefficients_with_these_signs_are_likelier(signs: list[float]) -> None:
    rows, happens = months_at_risk([0.6, -0.4, 0.1])
    rows[:, 1] += 0.8 * rows[:, 0]
    coef, _ = fit_cause(rows, happens, strength=0.1, signs=np.array(signs))
    assert (coef[1:] * np.array(signs) >= 0).all()
    best = loss(rows, happens, coef, 0.1)
    rng = np.random.default_rng(0)
    for _ in range(200):
        other = coef + rng.normal(scale=0.03, size=len(coef))
        other[1:] = np.where(other[1:] * np.array(signs) < 0, 0.0, other[1:])
        assert loss(rows, happens, other, 0.1) >= best - 1e-9


def test_how_sure_it_is_follows_from_the_information() -> None:
    # Half of 100 months: 1 / (100 * .25) for the level, with no other effect.
    happens = np.arange(100) < 50
    coef, covariance = fit_cause(np.empty((100, 0)), happens, strength=1.0, signs=np.empty(0))
    assert coef == pytest.approx([0.0])
    assert covariance == pytest.approx(np.array([[0.04]]))


def test_the_likeliest_strength_is_strong_for_noise_and_weak_for_what_matters() -> None:
    strengths = [
        likeliest_strength([months_at_risk(effects)]) for effects in ([0.0] * 6, [0.9] * 6)
    ]
    assert strengths[0] <= 0.002
    assert strengths[1] >= 0.2


def test_of_causes_that_say_nothing_any_strength_will_do() -> None:
    rows, happens = months_at_risk([0.5])
    assert likeliest_strength([(rows, np.zeros_like(happens))]) == STRENGTHS[0]
    both = [(rows, np.zeros_like(happens)), (rows, happens)]
    assert likeliest_strength(both) == likeliest_strength(both[1:])


def test_the_evidence_of_a_level_and_one_effect_is_the_integral() -> None:
    rows, happens = months_at_risk([0.8], count=300)
    level, effect = np.meshgrid(np.linspace(-4, 1, 120), np.linspace(-2, 3, 120), indexing="ij")
    odds = level.ravel()[:, None] + effect.ravel()[:, None] * rows[:, 0]
    likely = odds[:, happens].sum(axis=1) - np.logaddexp(0, odds).sum(axis=1)
    found = []
    for strength in (0.04, 0.2, 1.0, 5.0):
        prior = -(effect.ravel() ** 2) / (2 * strength) - np.log(strength) / 2
        found.append(np.logaddexp.reduce(likely + prior))
    best = [0.04, 0.2, 1.0, 5.0][int(np.argmax(found))]
    assert likeliest_strength([(rows, happens)]) == best


def test_a_column_of_less_strength_is_held_nearer_to_nothing_and_the_other_is_not() -> None:
    rows, happens = months_at_risk([0.4, 0.4])
    strength = np.array([1.0, 0.001])
    coef, covariance = fit_cause(rows, happens, strength=strength, signs=np.zeros(2))
    alike, _ = fit_cause(rows, happens, strength=1.0, signs=np.zeros(2))
    assert 0 < coef[2] < 0.6 * alike[2]
    assert coef[1] == pytest.approx(alike[1], abs=0.05)
    assert covariance[2, 2] < 0.001  # it is known beforehand, to so much
    # Where the penalised likelihood is steepest, nothing pulls any more.
    chance = expit(coef[0] + rows @ coef[1:])
    pull = rows.T @ (happens - chance) - coef[1:] / strength
    np.testing.assert_allclose(pull, 0.0, atol=1e-3)


@pytest.mark.parametrize("signs", [[0.0, 0.0], [1.0, -1.0]])
def test_one_strength_for_each_column_is_that_of_all(signs: list[float]) -> None:
    rows, happens = months_at_risk([0.8, 0.2])
    one = fit_cause(rows, happens, strength=0.2, signs=np.array(signs))
    each = fit_cause(rows, happens, strength=np.full(2, 0.2), signs=np.array(signs))
    for found, other in zip(one, each, strict=True):
        np.testing.assert_array_equal(found, other)


@pytest.mark.parametrize(("effect", "least", "most"), [(0.0, 0.0004, 0.002), (0.5, 0.03, 0.03)])
def test_some_columns_get_the_strength_that_what_was_seen_asks_for(
    effect: float, least: float, most: float
) -> None:
    cause = months_at_risk([0.4, effect, effect])
    loose = np.array([False, True, True])
    assert least <= likeliest_loose([cause], strength=0.03, loose=loose) <= most
