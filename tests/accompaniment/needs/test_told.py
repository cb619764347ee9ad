import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment.needs import load_form, told
from matching.accompaniment.needs.told import question_of
from matching.domain import Difficulty, Level, Need
from matching.domain.means import Means
from matching.settings import shipped_data

FORM = load_form(shipped_data() / "measures")
ANSWERS = st.fixed_dictionaries(
    {}, optional={asked.id: st.sampled_from(sorted(asked.choices)) for asked in FORM.questions}
)


def test_the_gravest_answers_say_what_is_hard_within_a_need() -> None:
    found = told(FORM, {"housing_stay": "worried", "housing_rent": "more"})
    housing = found.needs[Need.HOUSING]
    assert housing.level is Level.URGENT
    assert housing.difficulties == {Difficulty.RENT_ARREARS}
    assert [(one.question, one.choice) for one in found.answers] == [
        ("housing_stay", "worried"),
        ("housing_rent", "more"),
    ]


def test_equally_grave_answers_both_say_it() -> None:
    found = told(FORM, {"care_load": "alone", "care_hours": "nobody"}).needs[Need.CARE]
    assert found.difficulties == {Difficulty.ADULT_CARE, Difficulty.NO_STAND_IN}


def test_an_answer_may_name_another_difficulty_than_its_question() -> None:
    found = told(FORM, {"housing_stay": "no_home", "care_load": "alone_children"}).needs
    assert found[Need.HOUSING].difficulties == {Difficulty.NO_HOME}
    assert found[Need.CARE].difficulties == {Difficulty.CHILD_CARE}


def test_no_need_and_not_known_say_nothing() -> None:
    found = told(FORM, {"food_enough": "never", "skills_needed": "unsure"})
    assert (found.needs, found.answers, found.means) == ({}, (), None)


@pytest.mark.parametrize(
    ("answer", "means"),
    [("car", Means.CAR), ("bus", Means.PUBLIC_TRANSPORT), ("no", Means.PUBLIC_TRANSPORT)],
)
def test_how_somebody_gets_about_is_told_whether_it_is_a_need_or_not(
    answer: str, means: Means
) -> None:
    assert told(FORM, {"mobility_means": answer}).means is means


@given(answers=ANSWERS)
def test_every_answer_that_says_a_need_has_its_words_and_what_is_hard(
    answers: dict[str, str],
) -> None:
    found = told(FORM, answers)
    assert {one.need for one in found.answers} == set(found.needs)
    for one in found.answers:
        asked = question_of(FORM, one)
        assert answers[asked.id] == one.choice
        assert asked.choices[one.choice].level is one.level
        assert one.difficulty is not None
    assert all(one.difficulties for one in found.needs.values())


def test_every_difficulty_is_asked_about() -> None:
    asked = {choice.difficulty for one in FORM.questions for choice in one.choices.values()}
    assert asked - {None} == set(Difficulty)
