import numpy as np
import pytest
from scipy.special import expit

from matching.models.hazard_loops import by_one_course, compiled_fold, fold
from matching.models.spells import exits


@pytest.mark.parametrize("loop", [fold, compiled_fold()], ids=["loop", "compiled"])
@pytest.mark.parametrize("count", [1, 130])
def test_two_months_of_one_stretch_and_one_of_the_next_are_worked_out(
    loop: object, count: int
) -> None:
    margins = np.zeros((2, 2, count))
    margins[1, 0] = np.log(3.0)
    level = np.array([[1.0, 0.25], [1.0, 0.25], [1 / 3, 0.0]])
    found = np.empty((count, 4))
    loop(margins, level, np.array([0, 0, 1]), np.array([0, 2]), found)  # type: ignore[operator]
    # Work with one half each month; of those without, a fifth goes inactive, in the last nobody.
    to_work, to_inactive = np.array([0.5, 0.5, 0.5]), np.array([0.2, 0.2, 0.0])
    worked, gone = exits(to_work, to_inactive)
    expected = [1 - worked[0], gone[0], 1 - worked[2], gone[2]]
    np.testing.assert_allclose(found, np.tile(expected, (count, 1)), atol=1e-12)


@pytest.mark.parametrize("at", [[5], [0, 5], [5, 0], [3, 3, 1]])
def test_months_of_one_course_are_answered_as_they_are_asked(at: list[int]) -> None:
    rng = np.random.default_rng(0)
    linear, course = rng.normal(size=(150, 2)), rng.normal(-2, 1, size=(6, 2))
    found = by_one_course(linear, course, at, loop=fold)
    hazards = expit(course[:, None, :] + linear)
    worked, gone = exits(hazards[..., 0], hazards[..., 1])
    expected = np.stack([1 - worked[at], gone[at]], axis=1).reshape(2 * len(at), -1).T
    np.testing.assert_allclose(found, expected, atol=1e-12)
    # What is beyond all measure is certain, and no overflow.
    certain = by_one_course(np.array([[1e4, -1e4], [-1e4, -1e4]]), course, [0], loop=fold)
    np.testing.assert_allclose(certain, [[0.0, 0.0], [1.0, 0.0]], atol=1e-12)
