import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from matching.models.contributions import along, shared

SLOPES = np.array([[0.5, -1.0, 0.0], [0.2, 0.3, 0.0]])


def chance(linear: np.ndarray) -> np.ndarray:
    """Neither of two exits in a month."""
    return (1 - expit(linear[:, 0] - 1)) * (1 - expit(linear[:, 1] - 2))


def slope(linear: np.ndarray) -> np.ndarray:
    """How :func:`chance` changes with its two log odds."""
    first, second = expit(linear[:, 0] - 1), expit(linear[:, 1] - 2)
    stays = (1 - first) * (1 - second)
    return -np.column_stack([stays * first, stays * second])


def apart(z: np.ndarray, effects: np.ndarray = SLOPES) -> np.ndarray:
    """The chance of each person less that of the person at 0."""
    return chance(z @ effects.T) - chance(np.zeros((len(z), 2)))


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3))
def test_the_parts_sum_to_the_chance_over_the_person_at_0(values: list[float]) -> None:
    z = np.array([values])
    over = apart(z)
    parts = shared(slope, z, SLOPES, over)
    assert parts.sum() == pytest.approx(over[0], abs=1e-12)
    assert parts[0, 2] == 0.0
    assert not parts[:, z[0] == 0].any()


def test_a_linear_chance_is_shared_exactly() -> None:
    z = np.array([[2.0, -1.0, 3.0]])
    parts = shared(lambda at: np.tile([-0.1, 0.0], (len(at), 1)), z, SLOPES, np.array([-0.2]))
    assert parts[0] == pytest.approx([-0.1, -0.1, 0.0], abs=1e-9)


def test_two_that_are_alike_have_equal_parts() -> None:
    slopes = np.array([[0.7, 0.7], [0.1, 0.1]])
    z = np.array([[1.5, 1.5]])
    parts = shared(slope, z, slopes, apart(z, slopes))
    assert parts[0, 0] == pytest.approx(parts[0, 1], abs=1e-12)


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3))
def test_parts_that_are_given_are_shared_as_those_of_slopes_are(values: list[float]) -> None:
    z = np.array([values])
    parts = z[:, :, None] * SLOPES.T
    found = along(slope, parts, apart(z))
    assert found.sum() == pytest.approx(apart(z)[0], abs=1e-12)
    np.testing.assert_allclose(found, shared(slope, z, SLOPES, apart(z)), atol=1e-12)


def test_a_part_is_what_the_chance_changes_by_along_the_way() -> None:
    z, steps, nudge = np.array([[1.5, -0.8, 0.3]]), 2000, 1e-6
    found = np.zeros(3)
    for at in (np.arange(steps) + 0.5) / steps:
        for column in range(3):
            there = at * z
            there[:, column] += nudge * z[:, column]
            found[column] += (chance(there @ SLOPES.T) - chance(at * z @ SLOPES.T))[0] / nudge
    parts = shared(slope, z, SLOPES, apart(z))
    np.testing.assert_allclose(parts[0], found / steps, atol=1e-6)


def test_two_alike_share_alike_and_nothing_has_no_part() -> None:
    parts = np.array([[[0.7, -0.2], [0.7, -0.2], [0.0, 0.0]]])
    whole = parts.sum(axis=1)
    found = along(slope, parts, chance(whole) - chance(0 * whole))
    assert found[0, 0] == pytest.approx(found[0, 1])
    assert found[0, 2] == 0.0
