import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import DataError
from training.tabular.scored import same_rows, scored, spread, top


def test_an_outcome_that_was_not_seen_has_no_weight() -> None:
    found = scored([0.2, 0.4], [1.0, np.nan], [2.0, 7.0])
    assert found.weight.tolist() == [2.0, 0.0]
    assert found.known.tolist() == [True, False]
    assert len(found.seen()) == 1


@pytest.mark.parametrize(
    ("risk", "bad", "weight", "said"),
    [
        ([0.2, 1.2], [0, 1], None, "Row 2: a risk of 1.2"),
        ([0.2, np.nan], [0, 1], None, "Row 2: a risk of nan"),
        ([0.2, 0.3], [0, 2], None, "Row 2: an outcome of 2"),
        ([0.2, 0.3], [0, 1], [1, 0], "Row 2: a weight of 0"),
        ([0.2, 0.3], [0, 1], [1, np.inf], "Row 2: a weight of inf"),
        ([0.2], [0, 1], None, r"Risks of shape \(1,\)"),
    ],
)
def test_what_is_no_chance_outcome_or_weight_is_refused(
    risk: list[float], bad: list[float], weight: list[float] | None, said: str
) -> None:
    with pytest.raises(DataError, match=said):
        scored(risk, bad, weight)


def test_a_table_of_other_rows_is_refused() -> None:
    with pytest.raises(DataError, match="3 rows and 2 were scored"):
        same_rows(scored([0.1, 0.2], [0, 1]), pd.DataFrame({"a": [1, 2, 3]}))


@given(st.lists(st.sampled_from([0.1, 0.2, 0.5]), min_size=1, max_size=30), st.floats(0.01, 0.99))
def test_exactly_the_places_that_there_are_are_given(risks: list[float], share: float) -> None:
    given_places = top(np.array(risks), share)
    assert given_places.sum() == pytest.approx(share * len(risks))
    assert ((given_places >= 0) & (given_places <= 1)).all()
    # Nobody of a higher risk has less.
    order = np.argsort(risks)
    assert (np.diff(given_places[order]) >= -1e-12).all()


def test_a_share_of_everybody_or_nobody_is_refused() -> None:
    with pytest.raises(DataError, match="top share of 1"):
        top(np.array([0.5]), 1.0)


def test_equal_weights_are_as_many_persons_as_there_are() -> None:
    assert spread(np.full(7, 3.0)) == pytest.approx(7)
    assert spread(np.zeros(2)) == 0.0
