import numpy as np
import pandas as pd
import pytest

from matching.errors import DataError
from training.tabular.slices import OTHER, UNKNOWN, as_numbers, slices, tells_groups


def column(*values: object, dtype: str | None = None) -> pd.Series:
    return pd.Series(list(values), name="c", dtype=dtype)


def test_whole_numbers_are_cut_into_bands_that_hold_everybody_once() -> None:
    cut = slices(pd.Series(np.arange(18.0, 65.0), name="age"), bands=5)
    assert cut.labels == ("up to 27", "28 to 36", "37 to 46", "47 to 55", "from 56")
    assert np.bincount(cut.codes).tolist() == [10, 9, 10, 9, 9]
    assert cut.between(1, 4) == "from 28"
    assert cut.between(0, 4) == "all"


def test_the_ends_of_bands_of_other_numbers_are_nobody_s_exact_value() -> None:
    values = np.random.default_rng(0).lognormal(10, 1, 500)
    cut = slices(pd.Series(values, name="income"))
    assert all(end not in values for end in cut.ends)
    assert cut.labels[0].startswith("up to ")
    assert cut.labels[-1].startswith("over ")


def test_dates_are_cut_into_bands_of_days() -> None:
    days = pd.Series(pd.date_range("2020-01-01", periods=100), name="day")
    cut = slices(days, bands=2)
    assert cut.labels == ("up to 2020-02-19", "after 2020-02-19")
    assert np.bincount(cut.codes).tolist() == [50, 50]
    found = as_numbers(days)
    assert found is not None
    assert found[0] == 18262


def test_few_values_stay_what_they_are_and_the_unknown_are_a_part() -> None:
    cut = slices(column(2.0, 1.0, np.nan, 10.0))
    assert cut.labels == ("1", "2", "10", UNKNOWN)
    assert cut.codes.tolist() == [1, 0, 3, 2]
    words = slices(column("b", None, "a"))
    assert words.labels == ("a", "b", UNKNOWN)
    assert words.codes.tolist() == [1, 2, 0]


def test_the_rarest_of_many_values_are_one_part() -> None:
    cut = slices(column(*"aaabbbccd", dtype="object"), most=3)
    assert cut.labels == ("a", "b", OTHER)
    assert np.bincount(cut.codes).tolist() == [3, 3, 3]


def test_a_value_that_nobody_has_is_a_part_of_nobody_when_it_is_expected() -> None:
    cut = slices(column("F", "F", "X"), expected=["F", "M"])
    assert cut.labels == ("F", "M", "X")
    assert cut.rows(1).sum() == 0


def test_truths_and_blanks_are_read() -> None:
    assert slices(column(True, False, dtype="bool")).labels == ("False", "True")
    assert slices(column(np.nan, np.nan)).labels == (UNKNOWN,)


@pytest.mark.parametrize(
    ("values", "tells"),
    [
        ([1.0, 1.0, 1.0], False),
        ([1.0, 1.0, np.nan], True),
        ([np.nan, np.nan], False),
        (["a", "b", "a"], True),
        ([f"person {number}" for number in range(100)], False),
        (list(np.arange(100.0)), True),
    ],
)
def test_a_column_of_one_value_or_a_name_per_row_tells_no_groups(
    values: list[object], tells: bool
) -> None:
    assert tells_groups(column(*values)) is tells


def test_an_infinite_number_is_refused() -> None:
    with pytest.raises(DataError, match="infinite number"):
        slices(column(1.0, np.inf))
