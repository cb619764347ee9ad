import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.linking.past_titles import nearness

ALIKE = np.array([[1.0, 0.2], [0.5, 0.8], [0.0, 0.0]], dtype=np.float32)


def test_the_nearest_title_and_the_mean_of_all_count_by_half():
    found = nearness(ALIKE, [[0, 1], [2], [1, 1]])
    assert found[0] == pytest.approx([(1.0 + 0.75) / 2, (0.8 + 0.5) / 2])
    assert found[1] == pytest.approx([0.0, 0.0])
    assert found[2] == pytest.approx([0.5, 0.8])


def test_a_person_without_titles_is_not_known_rather_than_far():
    assert np.isnan(nearness(ALIKE, [[], [2]])).tolist() == [[True, True], [False, False]]


@given(st.lists(st.integers(0, 2), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_jobs_does_not_count(rows, chance):
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    assert nearness(ALIKE, [rows])[0] == pytest.approx(nearness(ALIKE, [shuffled])[0])
