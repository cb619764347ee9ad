from collections.abc import Sequence
from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Importance, Profile, Vacancy
from matching.features.qualifications import (
    asked_studies,
    language_share,
    person_studies,
    qualification_features,
)
from tests.factories import a_language, a_profile, a_space, a_vacancy, the_features
from tests.features.strategies import profiles, seldom, vacancies

SPACE = a_space()


@pytest.mark.parametrize(
    ("asked", "held", "value"), [(4, 4, 1.0), (3, 6, 1.0), (4, 3, 0.66), (4, 2, 0.32), (4, 1, 0.0)]
)
def test_each_level_of_education_short_costs_a_third(asked: int, held: int, value: float) -> None:
    found = the_features(a_vacancy(education_level=asked), a_profile(education_level=held), SPACE)
    assert found["education_level"] == pytest.approx(value)


def test_an_education_that_is_not_said_is_not_known() -> None:
    assert isnan(the_features(a_vacancy(education_level=4), a_profile(), SPACE)["education_level"])


def _languages(asked: Sequence[object], held: Sequence[object]) -> float:
    found = the_features(a_vacancy(languages=asked), a_profile(languages=held), SPACE)
    return found["languages"]


@pytest.mark.parametrize(
    ("asked", "held", "value"),
    [
        (("de", "B2"), ("de", "C1"), 1.0),
        (("de", "B2"), ("de", "A1"), 1 / 4),
        (("de", None), ("de", "B1"), 1.0),
        (("de", None), ("de", None), 2 / 3),
        (("de", "C2"), ("de", None), 2 / 6),
    ],
)
def test_a_language_counts_by_level_held_over_level_asked(
    asked: tuple[str, str | None], held: tuple[str, str | None], value: float
) -> None:
    assert _languages([asked], [held]) == pytest.approx(value)


def test_a_foreign_language_left_out_of_a_list_of_foreign_ones_is_lacking() -> None:
    assert _languages([("de", "B1")], [("en", "B1")]) == 0.0


def test_a_foreign_language_is_not_lacking_because_italian_alone_is_named() -> None:
    assert isnan(_languages([("de", "B1")], [("it", "C2")]))
    assert isnan(_languages([("de", "B1")], []))


def test_italian_that_the_cv_does_not_name_is_not_known() -> None:
    assert isnan(_languages([("it", "B1")], [("en", "B1")]))


def test_a_language_that_would_be_liked_weighs_two_fifths() -> None:
    liked = a_language("de", "B1", importance=Importance.OPTIONAL)
    assert _languages([("en", "B1"), liked], [("en", "B1")]) == pytest.approx(1 / 1.4)


def test_a_language_that_is_not_known_is_left_out_of_the_mean() -> None:
    assert _languages([("it", "B1"), ("de", "B2")], [("de", "A2")]) == 0.5


def test_the_sign_language_and_others_whose_code_has_three_letters_count_like_any() -> None:
    assert _languages([("ise", "B2")], [("ise", "B1")]) == pytest.approx(3 / 4)
    assert _languages([("ise", "B1")], [("is", "C2")]) == 0.0
    assert _languages([("is", "B1")], [("ise", "C2")]) == 0.0
    found = the_features(a_vacancy(languages=[("rom", "A2")]), a_profile(), SPACE)
    assert found["asked_languages"] == 1.0


def test_a_language_without_a_code_can_be_told_from_no_other_and_is_not_asked() -> None:
    found = the_features(
        a_vacancy(languages=[("", "B1")]), a_profile(languages=[("", "B1")]), SPACE
    )
    assert found["asked_languages"] == 0.0
    assert isnan(found["languages"])


def _one_by_one(vacancy: Vacancy, person: Profile) -> float:
    held = {item.code: item for item in person.facts.languages}
    total = score = 0.0
    for item in vacancy.facts.languages:
        share = language_share(item, held)
        if share is not None:
            weight = 0.4 if item.importance is Importance.OPTIONAL else 1.0
            total, score = total + weight, score + weight * share
    return score / total if total else nan


@seldom
@given(st.lists(vacancies(), max_size=3), st.lists(profiles(), max_size=4))
def test_the_tables_of_languages_hold_what_a_reading_one_by_one_gives(
    asked: list[Vacancy], people: list[Profile]
) -> None:
    found = qualification_features(
        asked_studies([vacancy.facts for vacancy in asked]),
        person_studies([person.facts for person in people]),
    )
    assert all(values.shape == (len(asked), len(people)) for values in found.values())
    for row, vacancy in enumerate(asked):
        for column, person in enumerate(people):
            slow = _one_by_one(vacancy, person)
            assert found["languages"][row, column] == pytest.approx(slow, nan_ok=True)
            assert found["asked_languages"][row, column] == bool(vacancy.facts.languages)
