from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from matching.domain import Profile, Question, Vacancy
from matching.explanation.questions import questions_by_trial
from matching.features import BY_NAME, judged, pair_features
from matching.models import BaselineRanker
from tests.explanation.tried import trials_of
from tests.factories import HILL, VALLEY, a_profile, a_space, a_vacancy
from tests.features.strategies import profiles, seldom, vacancies
from tests.models.packages import a_ranker

SPACE = a_space()
BASELINE = BaselineRanker().fit(pair_features([], [], SPACE))


class Weighing(BaselineRanker):
    """Scores a pair by some of its features, so that a test can be worked by hand."""

    def __init__(self, **weights: float) -> None:
        self.weights = weights

    def predict(self, X: pd.DataFrame) -> Any:
        values = {name: np.nan_to_num(X[name].to_numpy(dtype=float)) for name in self.weights}
        return sum((w * values[name] for name, w in self.weights.items()), np.zeros(len(X)))

    def no_information(self) -> float:
        return 0.0


def _asked(
    vacancy: Vacancy,
    people: Sequence[Profile],
    ranker: Any = BASELINE,
    *,
    pool: Sequence[Profile] = (),
    **options: Any,
) -> dict[str, tuple[Question, ...]]:
    everybody = [*people, *pool]
    frame = pair_features([vacancy], everybody, SPACE)
    known = [judged(vacancy, SPACE) and judged(person, SPACE) for person in everybody]
    trials = trials_of(vacancy, people, ranker.predict(frame)[known], space=SPACE, ranker=ranker)
    found = questions_by_trial(trials, **options)
    return {person.id: questions for person, questions in zip(people, found, strict=True)}


def _keys(found: Sequence[Question]) -> list[str]:
    return [question.key for question in found]


HOURS_OR_TONGUE = a_vacancy(jobs=["cook"], hours=["full_time"], languages=[("de", "B1")])
ANNA = a_profile("anna", jobs={"cook": 12})


def test_the_answer_that_moves_the_rank_most_is_asked_first_even_if_it_moves_the_score_less() -> (
    None
):

    ranker = Weighing(availability_hours=0.2, languages=0.001, aspirations_proximity=0.3)
    pool = [a_profile(f"q{n}", jobs={"cook": 1}, hours=["part_time"]) for n in range(2)]
    found = _asked(HOURS_OR_TONGUE, [ANNA], ranker, pool=pool)["anna"]
    assert _keys(found) == ["ask.aspirations", "ask.hours", "ask.languages"]
    assert [(q.rank_best, q.rank_worst) for q in found] == [(1, 3), (1, 1), (3, 3)]
    assert [q.swing for q in found] == pytest.approx([0.3, 0.2, 0.001])


def test_an_answer_that_changes_nothing_is_not_asked_for() -> None:
    found = _asked(HOURS_OR_TONGUE, [ANNA], Weighing(languages=0.5))["anna"]
    assert _keys(found) == ["ask.languages"]
    assert _asked(HOURS_OR_TONGUE, [ANNA], Weighing())["anna"] == ()


def test_ties_of_rank_go_by_score_then_by_key() -> None:
    ranker = Weighing(availability_hours=0.1, languages=0.2, aspirations_proximity=0.1)
    assert _keys(_asked(HOURS_OR_TONGUE, [ANNA], ranker)["anna"]) == [
        "ask.languages", "ask.aspirations", "ask.hours",
    ]  # fmt: skip


def test_a_skill_not_shown_leads_from_the_present_rank_to_that_with_it() -> None:
    vacancy = a_vacancy(essential=["cooking", "packing"])
    pool = [a_profile("bruna", skills=["packing"])]
    found = _asked(vacancy, [ANNA], Weighing(skills_essential=1.0), pool=pool)["anna"]
    assert [(q.key, q.rank_best, q.rank_worst) for q in found] == [("ask.skill:packing", 1, 2)]
    assert found[0].text == "Nel CV non si parla di «saper fare packing»: quale esperienza ne ha?"


def test_a_licence_is_asked_for_as_a_paper() -> None:
    (question,) = _asked(
        a_vacancy(essential=["licence-c"]), [ANNA], Weighing(skills_essential=1.0)
    )["anna"]
    assert question.text == "Nel CV non si legge «saper fare licence-c»: ce l'ha già?"


def test_somebody_of_whom_no_work_is_known_is_asked_for_it_first() -> None:
    vacancy = a_vacancy(jobs=["driver"], essential=["pallets"], comune=VALLEY, hours=["full_time"])
    pool = [a_profile("q", jobs={"storekeeper": 30}), a_profile("r", jobs={"cook": 3})]
    blank = a_profile("blank", comune=HILL)
    found = _asked(vacancy, [blank], pool=pool)["blank"]
    assert _keys(found) == ["ask.experience", "ask.skill:pallets"]
    # Last now, after the two who can be judged: long in another job she would pass one of them.
    assert (found[0].rank_best, found[0].rank_worst) == (1, 2)


def test_for_a_vacancy_that_cannot_be_judged_nothing_is_asked() -> None:
    found = _asked(a_vacancy(hours=["full_time"]), [ANNA, a_profile("blank")])
    assert found == {"anna": (), "blank": ()}


def test_one_to_three_are_asked_and_of_nobody_nothing() -> None:
    vacancy = a_vacancy(
        jobs=["cook"], hours=["full_time"], shifts=["night"], education_level=4, comune=HILL
    )
    assert len(_asked(vacancy, [ANNA])["anna"]) == 3
    assert len(_asked(vacancy, [ANNA], most=1)["anna"]) == 1
    assert _asked(vacancy, []) == {}


@seldom
@given(vacancies(), profiles("p"), profiles("q"), profiles("r"))
def test_people_asked_together_are_asked_what_each_is_asked_alone(
    vacancy: Vacancy, person: Profile, second: Profile, third: Profile
) -> None:
    ranker = a_ranker()
    together = _asked(vacancy, [person, second], ranker, pool=[third])
    assert together["p"] == _asked(vacancy, [person], ranker, pool=[second, third])["p"]
    for questions in together.values():
        assert len(questions) <= 3
        for question in questions:
            assert question.text.endswith("?")
            assert question.rank_best is not None
            assert question.rank_worst is not None
            assert 1 <= question.rank_best <= question.rank_worst <= 4


@seldom
@given(vacancies(), profiles("p"), profiles("q"), profiles("r"))
def test_no_question_left_out_moves_the_rank_more_than_one_that_is_asked(
    vacancy: Vacancy, person: Profile, second: Profile, third: Profile
) -> None:
    every = _asked(vacancy, [person], pool=[second, third], most=99)["p"]
    assert _asked(vacancy, [person], pool=[second, third])["p"] == every[:3]
    assert len(set(_keys(every))) == len(every)
    first = str(BY_NAME["experience_proximity"].question)
    if not judged(person, SPACE) and every:
        # Only what says something of her work lets her be judged.
        assert all(key == first or key.startswith("ask.skill:") for key in _keys(every))
        assert first not in _keys(every)[1:]
