import numpy as np
import pytest

from matching.models.hazard_loops import compiled_fold, fold
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
