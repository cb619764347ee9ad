import numpy as np
import pandas as pd
import pytest

from matching.errors import FeatureError
from matching.features.catalog import PROTECTED
from matching.models.covariates import covariates
from matching.models.risk import DiscreteHazard
from tests.models.histories import history

X, Y = history()
MODEL = DiscreteHazard().fit(X, Y)


@pytest.mark.parametrize("name", sorted(PROTECTED) + ["Sex", " age ", "citizenship_non_eu"])
def test_a_protected_name_is_refused(name: str) -> None:
    with pytest.raises(FeatureError, match="protected"):
        DiscreteHazard().fit(X.rename(columns={"noise": name}), Y)
    with pytest.raises(FeatureError, match="protected"):
        MODEL.predict(X.assign(**{name: 1.0}))


def test_a_name_that_only_begins_like_a_protected_one_is_taken() -> None:
    frame = X.rename(columns={"noise": "agenda"})
    assert list(DiscreteHazard().fit(frame, Y).feature_names_in_) == ["skill", "agenda"]


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (X[["skill"]], r"missing \['noise'\]"),
        (X.assign(other=1.0), r"unknown \['other'\]"),
        (pd.concat([X, X["skill"]], axis=1), "once"),
        (X.assign(noise="much"), "numbers or booleans"),
        (X.assign(noise=np.inf), "infinite"),
        (X.to_numpy(), "frame"),
    ],
)
def test_a_frame_that_is_not_the_models_is_refused(frame: pd.DataFrame, says: str) -> None:
    with pytest.raises(FeatureError, match=says):
        MODEL.predict(frame)


def test_the_named_columns_come_in_the_asked_order_as_numbers() -> None:
    frame = pd.DataFrame({"a": [1, 2], "b": [True, False]})
    np.testing.assert_array_equal(covariates(frame, ["b", "a"]), [[1.0, 1.0], [0.0, 2.0]])
    missing = pd.DataFrame({"a": pd.array([1, None], dtype="Int64")})
    np.testing.assert_array_equal(covariates(missing), [[1.0], [np.nan]])


@pytest.mark.parametrize("name", ["age", "Age", " age ", "age_s1"])
def test_a_protected_name_that_is_allowed_is_taken_with_what_is_made_of_it(name: str) -> None:
    frame = X.rename(columns={"noise": name})
    np.testing.assert_array_equal(covariates(frame, allowed=["age"]), covariates(X))


def test_what_is_allowed_lets_no_other_protected_name_in() -> None:
    with pytest.raises(FeatureError, match="'sex'"):
        covariates(X.assign(age=1.0, sex=0.0), allowed=["age"])
