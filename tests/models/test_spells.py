import numpy as np
import pandas as pd
import pytest

from matching.errors import FeatureError
from matching.models.risk import DiscreteHazard
from matching.models.spells import exits, outcomes, person_months
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
