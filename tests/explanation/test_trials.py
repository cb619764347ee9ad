from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Profile, Vacancy
from matching.explanation.answers import with_skills
from matching.explanation.trials import Outcome, Standing, View, outcomes, people_tried
from matching.features import (
    FEATURES,
    FeatureSpace,
    asked_of,
    feature_frame,
    judged,
    pair_features,
)
from matching.models import BaselineRanker
from matching.service import Service
from tests.factories import a_profile, a_space, a_vacancy
from tests.features.strategies import COUNTED, profiles, seldom, vacancies

SPACE = a_space()
RANKER = BaselineRanker().fit(pair_features([], [], SPACE))
NAMES = [column.name for column in FEATURES]
AS_OF = date(2026, 11, 22)


def _listed(vacancy: Vacancy, pool: Sequence[Profile]) -> dict[str, Outcome]:
    """Scores and shared ranks of a pool, as a shortlist of it has them."""
    scores = np.round(RANKER.predict(pair_features([vacancy], pool, SPACE)), 6).tolist()
    told = [judged(vacancy, SPACE) and judged(person, SPACE) for person in pool]
    held = [score if known else -1.0 for score, known in zip(scores, told, strict=True)]
    shown = [s if known else RANKER.no_information() for s, known in zip(scores, told, strict=True)]
    return {
        person.id: Outcome(shown[row], 1 + sum(other > held[row] for other in held))
        for row, person in enumerate(pool)
    }


def _pool_scores(vacancy: Vacancy, pool: Sequence[Profile]) -> list[float]:
    known = [p for p in pool if judged(p, SPACE) and judged(vacancy, SPACE)]
    return RANKER.predict(pair_features([vacancy], known, SPACE)).tolist()


@seldom
@given(vacancies(), profiles("p"), profiles("q"), profiles("r"), profiles("p"))
def test_what_is_tried_stands_as_in_a_shortlist_of_the_pool_with_it(
    vacancy: Vacancy, person: Profile, second: Profile, third: Profile, other: Profile
) -> None:
    pool = [person, second, third]
    found = outcomes(
        vacancy, [person, second], [[other], []], _pool_scores(vacancy, pool),
        space=SPACE, ranker=RANKER,
    )  # fmt: skip
    now = _listed(vacancy, pool)
    then = _listed(vacancy, [other, second, third])
    assert found == [[now["p"], then["p"]], [now["q"]]]


def test_equal_scores_share_a_rank_and_who_cannot_be_judged_comes_last() -> None:
    standing = Standing([0.9, 0.5, 0.5, 0.2])
    assert [standing.rank(score, None) for score in (0.95, 0.9, 0.5, 0.1)] == [1, 1, 2, 5]
    assert (standing.last(None), standing.last(0.2)) == (5, 4)


def test_nobody_stands_behind_herself() -> None:
    standing = Standing([0.9, 0.5, 0.2])
    assert standing.rank(0.1, own=0.5) == 3
    assert standing.rank(0.1, own=None) == 4
    assert standing.rank(0.6, own=0.5) == 2
    # Who is listed apart has a score that the pool does not have.
    assert standing.rank(0.1, own=0.6) == 4
    assert standing.last(0.6) == 4


def test_scores_that_differ_by_rounding_are_the_same() -> None:
    assert Standing([0.3 + 1e-9]).rank(0.3, None) == 1


@seldom
@given(vacancies(), profiles(), st.sets(st.sampled_from([*COUNTED, "licence-b", "de"])))
def test_what_plays_no_part_in_a_vacancy_changes_no_feature(
    vacancy: Vacancy, profile: Profile, more: set[str]
) -> None:
    group = [profile, with_skills(profile, more, SPACE.taxonomy)]
    _alike(vacancy, group, SPACE)


@seldom
@given(vacancies(), profiles(), profiles())
def test_people_who_share_their_cv_are_read_as_each_alone(
    vacancy: Vacancy, first: Profile, second: Profile
) -> None:
    answered = replace(first, facts=second.facts, aspirations=second.aspirations)
    group = [first, second, answered, with_skills(first, ["cooking"], SPACE.taxonomy), first]
    found = feature_frame(asked_of([vacancy], SPACE), people_tried(group, SPACE), SPACE)
    pd.testing.assert_frame_equal(found, pair_features([vacancy], group, SPACE))


def test_a_skill_plays_a_part_that_is_asked_or_kindred_or_shares_a_word_of_a_label() -> None:
    # In the small world the labels of all skills share a word: here none has words.
    space = replace(SPACE, words=replace(SPACE.words, of_concept={}))
    vacancy = a_vacancy(essential=["forklift"], words={"packing": 1})
    person = a_profile(skills=["forklift", "pallets", "cooking"], words={"packing": 2, "cook": 1})
    (seen,) = View(vacancy, space).of([person])
    assert [skill.uri for skill in seen.skills] == ["forklift", "pallets"]
    assert [word.evidence for word in seen.words] == ["PACKING"]
    _alike(vacancy, [person], space)
    (seen,) = View(vacancy, SPACE).of([person])
    assert [skill.uri for skill in seen.skills] == ["forklift", "pallets", "cooking"]


def _alike(vacancy: Vacancy, group: Sequence[Profile], space: FeatureSpace) -> None:
    seen = View(vacancy, space).of(group)
    whole = pair_features([vacancy], group, space)[NAMES].to_numpy()
    part = pair_features([vacancy], seen, space)[NAMES].to_numpy()
    np.testing.assert_allclose(part, whole, rtol=0, atol=1e-12)


def test_most_of_a_cv_of_the_real_lexicon_plays_no_part_in_a_vacancy(service: Service) -> None:
    vacancy = service.vacancy(
        "v", "Cerchiamo magazziniere a Merate: patentino del muletto, inventario.", as_of=AS_OF
    )
    cv = (
        "Aiuto cuoca dal 2019 al 2022: HACCP, lavaggio pentole, pulizia della cucina. "
        "Commessa dal 2015 al 2018: cassa, inventario, carico e scarico merci con transpallet."
    )
    person = service.person("p", cv, as_of=AS_OF)
    asked = [skill.uri for skill in vacancy.skills]
    group = [person, *(with_skills(person, [uri], service.taxonomy) for uri in asked)]
    _alike(vacancy, group, service.space)
    (seen, *_) = View(vacancy, service.space).of(group)
    assert 0 < len(seen.words) < len(person.words)
    assert 0 < len(seen.skills) < len(person.skills)


def test_a_vacancy_that_cannot_be_judged_leaves_everybody_where_nothing_is_known() -> None:
    person = a_profile(skills=["cooking"])
    found = outcomes(a_vacancy(), [person], [[person]], [], space=SPACE, ranker=RANKER)
    assert found == [[Outcome(RANKER.no_information(), 1)] * 2]
