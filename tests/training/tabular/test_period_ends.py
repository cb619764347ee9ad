import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import InputError
from training.tabular.periods import MOST, period_ends, periods_seen


def test_durations_in_steps_give_a_period_per_step() -> None:
    weeks = np.arange(1, 29) * 2.0
    assert period_ends(weeks, (13, 26, 39)) == tuple(float(n) for n in range(2, 39, 2))


def test_many_steps_are_put_together_evenly() -> None:
    days = np.array([1.0, 400.0, 7.0])
    assert np.unique(np.diff(period_ends(days, (180, 360)))).tolist() == [6.0]
    uneven = period_ends(days, (181, 365))
    assert {181.0, 365.0} <= {*uneven}
    assert len(uneven) <= 26


def test_durations_of_any_length_give_about_two_dozen_periods() -> None:
    ends = period_ends(np.array([0.123, 5.6789, 300.1]), (26, 52))
    assert len(ends) == 24
    assert {26.0, 52.0} <= {*ends}


@given(
    durations=st.lists(
        st.one_of(st.integers(0, 3000), st.floats(0, 3000, allow_subnormal=False)), min_size=1
    ),
    horizons=st.lists(st.floats(3000.5, 1e5), min_size=1, max_size=4),
)
def test_each_horizon_is_reached_by_periods_in_order(
    durations: list[float], horizons: list[float]
) -> None:
    given = np.array(durations, dtype=float)
    ends = np.array(period_ends(given, horizons))
    assert (np.diff(ends) > 0).all()
    assert 1 <= len(ends) <= MOST + 4
    assert ends[-1] <= max(horizons) * (1 + 1e-9)
    for horizon in horizons:
        # No duration lies between the last end within a horizon and the horizon.
        last = ends[ends <= horizon * (1 + 1e-9)].max()
        assert not ((given > last * (1 + 1e-9)) & (given < horizon)).any()


@given(
    durations=st.lists(st.integers(0, 50), min_size=1),
    ended=st.booleans(),
)
def test_an_exit_is_in_the_period_it_falls_into_and_others_count_whole_ones(
    durations: list[int], ended: bool
) -> None:
    seen = periods_seen(
        np.array(durations, dtype=float), np.full(len(durations), ended), range(5, 55, 5)
    )
    for duration, count in zip(durations, seen, strict=True):
        assert count == (max(-(-duration // 5), 1) if ended else duration // 5)


def test_a_horizon_within_the_first_step_is_refused() -> None:
    with pytest.raises(InputError, match="ask for a later one"):
        period_ends(np.array([4.0, 8.0]), (2.0,))
