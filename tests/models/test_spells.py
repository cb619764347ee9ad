import numpy as np
import pandas as pd
import pytest

from matching.errors import FeatureError
from matching.models.risk import DiscreteHazard
from matching.models.spells import exits, no_work_slopes, outcomes, person_months
from tests.models.histories import history, outcomes_of

X, Y = history()


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        (Y.drop(columns="event"), "'months' and 'event'"),
        (Y[:-1], "599 outcomes were given for 600"),
        (Y.assign(event="hired"), "'hired'"),
        (Y.assign(event=None), "None"),
        (Y.assign(months=-1), "-1.0 months"),
        (Y.assign(months=1.5), "1.5 months"),
        (Y.assign(months=np.nan), "nan months"),
        (Y.assign(months=0, event="work"), "at least one"),
    ],
)
def test_outcomes_that_cannot_be_are_refused(seen: pd.DataFrame, says: str) -> None:
    with pytest.raises(FeatureError, match=says):
        DiscreteHazard().fit(X, seen)


def test_outcomes_are_read_in_the_order_of_the_rows() -> None:
    months, event = outcomes(outcomes_of((3, "work", 1), (0, "censored", 1)), 2)
    assert months.tolist() == [3, 0]
    assert event.tolist() == ["work", "censored"]


def test_every_month_seen_is_a_month_at_risk() -> None:
    spell, month = person_months(np.array([2, 0, 3]))
    assert spell.tolist() == [0, 0, 2, 2, 2]
    assert month.tolist() == [1, 2, 1, 2, 3]


def test_who_finds_work_in_a_month_cannot_go_inactive_in_it() -> None:
    worked, gone = exits(np.array([[0.5], [0.5]]), np.array([[0.4], [1.0]]))
    # Month 1: work .5, then inactive .5 * .4 = .2, left .3; month 2: work .15, inactive .15.
    assert worked[:, 0] == pytest.approx([0.5, 0.65])
    assert gone[:, 0] == pytest.approx([0.2, 0.35])


@pytest.mark.parametrize("cause", [0, 1])
@pytest.mark.parametrize("month", [0, 2, 4])
def test_how_the_chance_changes_with_a_month_is_found_by_a_small_step(
    cause: int, month: int
) -> None:
    rng = np.random.default_rng(0)
    odds = rng.normal(-1, 1, (2, 5, 7))

    def no_work(log_odds: np.ndarray) -> np.ndarray:
        to_work, to_inactive = 1 / (1 + np.exp(-log_odds))
        return 1 - exits(to_work, to_inactive)[0][-1]

    step = np.zeros((2, 5, 7))
    step[cause, month] = 1e-6
    found = no_work_slopes(*(1 / (1 + np.exp(-odds))))[cause][month]
    np.testing.assert_allclose(
        found, (no_work(odds + step) - no_work(odds - step)) / 2e-6, atol=1e-9
    )
