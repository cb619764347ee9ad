import numpy as np
import pandas as pd
import pytest

from matching.errors import DataError, FeatureError
from matching.models.splines import fit_spline, fit_splines, read_splines

VALUES = np.random.default_rng(0).normal(40.0, 9.0, 500)
SPLINE = fit_spline(VALUES)


def test_the_columns_have_mean_nought_and_deviation_one_and_nothing_in_common() -> None:
    assert SPLINE is not None
    columns = SPLINE.columns(VALUES)
    np.testing.assert_allclose(columns.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(columns.T @ columns / 500, np.eye(4), atol=1e-8)


def test_the_first_column_is_the_number_itself_but_for_its_scale() -> None:
    assert SPLINE is not None
    standard = (VALUES - VALUES.mean()) / VALUES.std()
    np.testing.assert_allclose(SPLINE.columns(VALUES)[:, 0], standard, atol=1e-9)


def test_beyond_the_outer_knots_a_curve_is_straight() -> None:
    assert SPLINE is not None
    for ends in (np.linspace(-50, SPLINE.knots[0], 9), np.linspace(SPLINE.knots[-1], 300, 9)):
        bend = np.diff(SPLINE.columns(ends), n=2, axis=0)
        np.testing.assert_allclose(bend, 0, atol=1e-7)
    inside = np.diff(SPLINE.columns(np.linspace(30, 50, 9)), n=2, axis=0)
    assert np.abs(inside[:, 1:]).max() > 1e-3


def test_a_straight_line_and_a_bent_one_can_both_be_followed() -> None:
    assert SPLINE is not None
    columns = np.column_stack([np.ones(500), SPLINE.columns(VALUES)])
    for truth, most in ((0.3 * VALUES - 2, 1e-9), (np.abs(VALUES - 40), 0.6)):
        coef = np.linalg.lstsq(columns, truth, rcond=None)[0]
        assert np.abs(columns @ coef - truth).mean() < most


def test_what_is_not_known_is_not_known_in_any_column() -> None:
    assert SPLINE is not None
    columns = SPLINE.columns(np.array([np.nan, 40.0]))
    assert np.isnan(columns[0]).all()
    assert not np.isnan(columns[1]).any()


@pytest.mark.parametrize(
    "values",
    [np.zeros(50), np.arange(50) % 2, np.full(5, np.nan), np.r_[np.zeros(98), 1, 2]],
    ids=["constant", "yes or no", "unknown", "nearly constant"],
)
def test_a_number_of_few_values_has_no_spline(values: np.ndarray) -> None:
    assert fit_spline(values.astype(float)) is None


def test_a_frame_keeps_its_other_columns_and_its_order() -> None:
    X = pd.DataFrame({"a": VALUES, "b": np.arange(500) % 2, "c": VALUES**2}, index=range(7, 507))
    basis = fit_splines(X, ["a", "b"], knots=4)
    wide = basis.transform(X)
    assert list(wide.columns) == ["a_s1", "a_s2", "a_s3", "b", "c"]
    assert wide.index.equals(X.index)
    np.testing.assert_array_equal(wide["c"], X["c"])
    gathered = basis.gathered(wide, ["a", "b", "c"])
    np.testing.assert_allclose(gathered["a"], wide.filter(like="a_s").sum(axis=1))
    np.testing.assert_array_equal(gathered["b"], wide["b"])


def test_splines_read_back_are_the_same_exactly() -> None:
    basis = fit_splines(pd.DataFrame({"a": VALUES}), ["a"])
    assert read_splines(basis.to_state()) == basis


@pytest.mark.parametrize(
    "damage",
    [
        {"knots": [1.0, 2.0]},
        {"knots": [3.0, 2.0, 1.0, 4.0, 5.0]},
        {"knots": [1.0, 2.0, 3.0, 4.0]},
        {"centre": [0.0, 0.0, 0.0, float("nan")]},
        {"centre": ["0", "0", "0", "0"]},
        {"mixing": [[1.0]]},
        {"mixing": None},
        {"mixing": [[1.0, 2.0], [3.0]]},
    ],
)
def test_damaged_splines_are_refused(damage: dict) -> None:
    state = fit_splines(pd.DataFrame({"a": VALUES}), ["a"]).to_state()
    with pytest.raises(DataError, match="restore the file or train again"):
        read_splines({"a": {**state["a"], **damage}})


@pytest.mark.parametrize("state", [None, [], {"a": {}}, {"a": None}])
def test_what_is_no_spline_is_refused(state: object) -> None:
    with pytest.raises(DataError, match="restore the file or train again"):
        read_splines(state)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(DataError, match="3 to 6"):
        fit_spline(VALUES, knots=2)
    X = pd.DataFrame({"a": VALUES, "a_s1": VALUES})
    basis = fit_splines(X, ["a"])
    with pytest.raises(FeatureError, match="rename"):
        basis.transform(X)
    with pytest.raises(FeatureError, match="missing"):
        basis.transform(X[["a_s1"]])
