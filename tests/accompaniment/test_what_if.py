from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment import what_if, what_ifs
from matching.domain import Opened, Profile, Vacancy
from matching.features import judged, pair_features, people_of
from matching.models import BaselineRanker
from matching.service import Service
from tests.factories import a_held_skill, a_profile, a_space, a_vacancy
from tests.features.strategies import COUNTED, often, profiles, seldom, vacancies

SPACE = a_space()
BASELINE = BaselineRanker().fit(pair_features([], [], SPACE))
AS_OF = date(2027, 1, 10)


class OneColumn(BaselineRanker):
    """Scores a pair by one of its features, so that a test can be worked by hand."""

    def __init__(self, column: str = "skills_essential") -> None:
        self.column = column

    def predict(self, X: pd.DataFrame) -> Any:
        return np.nan_to_num(X[self.column].to_numpy(dtype=float))


# Forklift weighs 1/2 and pallets 1: who shows the first has a third of what is asked.
STORES = a_vacancy("stores", title="Magazzino", essential=["forklift", "pallets"])
KITCHEN = a_vacancy("kitchen", title="Cucina", essential=["cooking", "packing"])
ANNA = a_profile("anna", skills=["forklift"])
POOL = [
    ANNA,
    a_profile("bruna", skills=["pallets"]),
    a_profile("carla", skills=["pallets", "forklift"]),
    a_profile("dina"),
]


def test_a_skill_raises_the_score_and_the_rank_among_the_same_people() -> None:
    assert what_if(ANNA, [STORES], POOL, ["pallets"], SPACE, OneColumn()) == (
        Opened(
            vacancy_id="stores",
            title="Magazzino",
            score_before=0.333333,
            score_after=1.0,
            rank_before=3,  # after Carla with all and Bruna with two thirds
            rank_after=1,  # beside Carla: equal scores share a rank
        ),
    )


@seldom
@given(
    profiles("p"), st.lists(vacancies(), min_size=1, max_size=3), st.lists(profiles(), max_size=4)
)
def test_ranks_are_those_of_all_pairs_scored_together(
    person: Profile, drawn: list[Vacancy], others: list[Profile]
) -> None:
    offered = [replace(one, id=f"v{number}") for number, one in enumerate(drawn)]
    pool = [replace(one, id=f"o{number}") for number, one in enumerate(others)]
    found = what_if(person, offered, people_of([person, *pool], SPACE), COUNTED, SPACE, BASELINE)
    assert found == what_if(person, offered, pool, COUNTED, SPACE, BASELINE)
    rivals = [one for one in pool if judged(one, SPACE)]
    frame = pair_features(offered, [*rivals, person], SPACE)
    score = BASELINE.predict(frame).round(6).reshape(len(offered), -1)
    places = {one.id: row for row, one in enumerate(offered)}
    for opened in found:
        *theirs, own = score[places[opened.vacancy_id]]
        assert opened.score_before == own
        assert opened.rank_before == 1 + sum(one > own for one in theirs)


def test_who_is_in_the_pool_or_not_has_the_same_rank() -> None:
    with_her = what_if(ANNA, [STORES], POOL, ["pallets"], SPACE, OneColumn())
    assert what_if(ANNA, [STORES], POOL[1:], ["pallets"], SPACE, OneColumn()) == with_her


def test_who_cannot_be_judged_comes_after_everybody() -> None:
    vacancy = a_vacancy(jobs=["driver"], licences=["B"])
    nobody = a_profile("zoe", licences=["B"])  # a licence, and no work to go by
    rides = a_profile("p", skills=["forklift"], licences=["AM"])
    (opened,) = what_if(
        rides, [vacancy], [nobody], ["licence-b"], SPACE, OneColumn("reach_licence")
    )
    assert (opened.score_before, opened.rank_before) == (0.0, 1)


def test_only_vacancies_that_rise_are_told_the_greatest_gain_first() -> None:
    # Cooking weighs 1/2 and packing 1: a third of what the kitchen asks.
    person = a_profile("p", skills=["inventory"])
    baking = a_vacancy("baking", essential=["cooking"])
    found = what_if(
        person, [STORES, KITCHEN, baking], [], ["cooking", "teamwork"], SPACE, OneColumn()
    )
    assert [(opened.vacancy_id, opened.score_after) for opened in found] == [
        ("baking", 1.0),
        ("kitchen", 0.333333),
    ]


def test_a_skill_that_was_held_unsurely_is_then_held_in_full() -> None:
    unsure = a_profile("p", skills=[a_held_skill("cooking", 0.45)])
    vacancy = a_vacancy(essential=["cooking"])
    (opened,) = what_if(unsure, [vacancy], [], ["cooking"], SPACE, OneColumn())
    assert (opened.score_before, opened.score_after) == (0.5, 1.0)


def test_nothing_is_promised_where_a_pair_cannot_be_judged() -> None:
    blank = a_profile("p", licences=["B"])
    assert what_if(blank, [STORES], POOL, ["pallets"], SPACE, OneColumn()) == ()
    empty = a_vacancy("empty", words={"pallets": 3})
    words = OneColumn("skills_words")
    assert what_if(ANNA, [empty], POOL, ["pallets"], SPACE, words) == ()


def test_a_licence_counts_where_the_cv_says_that_it_is_missing() -> None:
    licence = OneColumn("reach_licence")
    vacancy = a_vacancy(jobs=["driver"], licences=["B"])
    rides = a_profile("p", skills=["forklift"], licences=["AM"])
    (opened,) = what_if(rides, [vacancy], [], ["licence-b"], SPACE, licence)
    assert (opened.score_before, opened.score_after) == (0.0, 1.0)
    silent = a_profile("p", skills=["forklift"])
    assert what_if(silent, [vacancy], [], ["licence-b"], SPACE, licence) == ()


def test_several_services_at_once_are_as_one_by_one() -> None:
    added = [["pallets"], [], ["cooking", "packing"]]
    together = what_ifs(ANNA, [STORES, KITCHEN], POOL, added, SPACE, BASELINE)
    assert together == tuple(
        what_if(ANNA, [STORES, KITCHEN], POOL, uris, SPACE, BASELINE) for uris in added
    )
    assert together[1] == ()


def test_without_vacancies_nothing_opens() -> None:
    assert what_ifs(ANNA, [], POOL, [["pallets"]], SPACE, BASELINE) == ((),)


sets = st.sets(st.sampled_from([*COUNTED, "licence-b", "de"]))


@often
@given(person=profiles(), vacancy=vacancies(), other=profiles("q"), few=sets, more=sets)
def test_more_skills_never_lower_a_score(
    person: Profile, vacancy: Any, other: Profile, few: set[str], more: set[str]
) -> None:
    some, all_ = what_ifs(person, [vacancy], [other], [few, few | more], SPACE, BASELINE)
    for opened in (*some, *all_):
        assert opened.score_after > opened.score_before
        assert opened.rank_after <= opened.rank_before
    assert len(all_) >= len(some)
    for less, best in zip(some, all_, strict=False):
        assert best.score_after >= less.score_after
        assert best.rank_after <= less.rank_after


def test_scores_and_ranks_before_are_those_of_the_shortlist(service: Service) -> None:
    vacancy = service.vacancy(
        "v", "Cerchiamo magazziniere con patentino muletto, picking e inventario.", as_of=AS_OF
    )
    texts = {
        "anna": "Magazziniera dal 2019 al 2023: carico e scarico merci.",
        "bruna": "Magazziniere con uso del muletto, picking. Patentino del muletto.",
        "carla": "Cuoca dal 2010 al 2020 in ristorante.",
        "dina": "Mi piace leggere e camminare in montagna.",
    }
    people = [service.person(name, text, as_of=AS_OF) for name, text in texts.items()]
    listed = {m.person_id: m for m in service.shortlist(vacancy, people, as_of=AS_OF).matches}
    taught = [skill.uri for skill in vacancy.skills]
    rises = 0
    for person in people:
        for opened in what_if(person, [vacancy], people, taught, service.space, service.ranker):
            rises += 1
            assert opened.score_before == listed[person.id].score
            assert opened.rank_before == listed[person.id].rank
    assert rises >= 2
