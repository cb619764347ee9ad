import numpy as np
import pandas as pd
import pytest

from matching.domain import Dimension
from matching.errors import FeatureError
from matching.features import BY_NAME, COLUMNS, CONTEXT, FEATURES, NOT_IN_MATCHING, PROTECTED
from matching.features.catalog import check_columns


def _parts(name: str) -> set[str]:
    words = name.split("_")
    return {"_".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1)}


def test_every_column_is_named_once() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS) == len(FEATURES) + len(CONTEXT)
    assert list(BY_NAME) == [column.name for column in FEATURES]


def test_no_protected_name_occurs_in_a_column() -> None:
    for name in COLUMNS:
        assert not _parts(name) & (PROTECTED | NOT_IN_MATCHING)


def test_a_protected_name_would_be_found_inside_a_column() -> None:
    assert _parts("person_age_years") & PROTECTED == {"age"}
    assert not _parts("asked_languages") & PROTECTED


def test_every_feature_has_a_direction_and_a_column_that_says_whether_it_is_asked() -> None:
    for column in FEATURES:
        assert column.direction in {-1, 1}
        assert column.asked_by in CONTEXT


def test_every_dimension_has_a_feature() -> None:
    assert {column.dimension for column in FEATURES} == set(Dimension)


def test_everything_but_a_skill_or_a_certificate_has_a_question_for_when_it_is_not_known() -> None:
    without = {column.name for column in FEATURES if column.question is None}
    skills = {column.name for column in FEATURES if column.dimension is Dimension.SKILLS}
    assert without == skills | {"education_certified"}


def test_only_what_keeps_one_away_from_the_workplace_counts_against_a_person() -> None:
    lower_is_better = {column.name for column in FEATURES if column.direction < 0}
    assert lower_is_better == {"reach_minutes", "reach_stated", "reach_public", "reach_km"}


def test_the_catalog_s_own_columns_are_accepted() -> None:
    check_columns(pd.DataFrame(np.full((2, len(COLUMNS)), np.nan), columns=COLUMNS))


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (COLUMNS[1:], "missing ['skills_essential']"),
        ((*COLUMNS, "shoe_size"), "unknown ['shoe_size']"),
        (COLUMNS[::-1], "order"),
        ((*COLUMNS, COLUMNS[-1]), "repeated"),
    ],
)
def test_other_columns_are_refused_by_name(columns: tuple[str, ...], said: str) -> None:
    with pytest.raises(FeatureError) as refusal:
        check_columns(pd.DataFrame(np.zeros((1, len(columns))), columns=list(columns)))
    assert said in str(refusal.value)


def test_an_infinite_value_is_refused_by_column() -> None:
    frame = pd.DataFrame(np.zeros((2, len(COLUMNS))), columns=COLUMNS)
    frame.loc[1, "reach_minutes"] = np.inf
    with pytest.raises(FeatureError, match="reach_minutes"):
        check_columns(frame)


def test_an_array_without_columns_is_refused() -> None:
    with pytest.raises(FeatureError, match="ndarray"):
        check_columns(np.zeros((1, len(COLUMNS))))  # type: ignore[arg-type]
