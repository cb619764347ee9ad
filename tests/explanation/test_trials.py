from collections.abc import Sequence

import numpy as np
from hypothesis import given

from matching.domain import Profile, Vacancy
from matching.explanation.trials import Outcome, Standing
from matching.features import judged, pair_features
from matching.models import BaselineRanker
from tests.explanation.tried import trials_of
from tests.factories import a_profile, a_space, a_vacancy
from tests.features.strategies import profiles, seldom, vacancies

SPACE = a_space()
RANKER = BaselineRanker().fit(pair_features([], [], SPACE))


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
    trials = trials_of(
        vacancy, [person, second], _pool_scores(vacancy, pool), space=SPACE, ranker=RANKER
    )
    found = trials.outcomes([[other], []])
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


def test_a_vacancy_that_cannot_be_judged_leaves_everybody_where_nothing_is_known() -> None:
    person = a_profile(skills=["cooking"])
    trials = trials_of(a_vacancy(), [person], [], space=SPACE, ranker=RANKER)
    assert trials.outcomes([[person]]) == [[Outcome(RANKER.no_information(), 1)] * 2]
