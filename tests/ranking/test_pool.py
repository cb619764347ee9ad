"""Stage one over profiles: exact in what it counts, and nobody is lost behind the candidates."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Profile, Vacancy
from matching.errors import DataError
from matching.features import asked_of, judged, pair_features, people_of
from matching.models.baseline import ALIKE, TYPICAL, WEIGHTS
from matching.ranking.pool import candidates, pool_index
from matching.ranking.retrieval_loops import compiled_retrieval_loops
from tests.factories import a_profile, a_space, a_vacancy
from tests.features.strategies import profiles, seldom, vacancies

SPACE = a_space()
WAYS = {"compiled": compiled_retrieval_loops(), "numpy": None}
COUNTED = ("skills_essential", "skills_optional", "skills_trade")


def _by_hand(vacancy: Vacancy, people: Sequence[Profile]) -> npt.NDArray[np.float64]:
    """Stage one from the features that the baseline weighs; nothing asked counts nothing."""
    frame = pair_features([vacancy], people, SPACE)
    score = WEIGHTS["skills_words"] * np.minimum(frame["skills_words"].fillna(0.0) / ALIKE, 1.0)
    for name in COUNTED:
        score += WEIGHTS[name] * frame[name].fillna(0.0)
    if frame["asked_trade"].iloc[0]:
        near = frame["experience_proximity"].fillna(TYPICAL["experience_proximity"])
        score += WEIGHTS["experience_proximity"] * near
    return score.to_numpy()


@seldom
@given(
    vacancies(),
    st.lists(profiles(), min_size=1, max_size=8),
    st.integers(1, 9),
    st.lists(st.booleans(), min_size=8, max_size=8),
)
@pytest.mark.parametrize("way", WAYS)
def test_candidates_are_the_best_of_the_baseline_s_own_terms_and_the_rest_follows(
    way: str, vacancy: Vacancy, pool: list[Profile], most: int, apart: list[bool]
) -> None:
    people = [a_profile(f"p{n}") if n % 5 == 4 else one for n, one in enumerate(pool)]
    aside = np.array(apart[: len(people)])
    asked = asked_of([vacancy], SPACE)
    index = pool_index(people_of(people, SPACE), SPACE, loops=WAYS[way])
    found = candidates(asked, index, most=most, apart=aside)
    order = [*found.rows.tolist(), *found.rest(0, len(people)).tolist()]
    assert sorted(order) == list(range(len(people)))
    assert [row for page in found.pages(2) for row in page] == order[len(found.rows) :]
    kind = [2 if aside[row] else 0 if judged(people[row], SPACE) else 1 for row in order]
    assert kind == sorted(kind)
    score = _by_hand(vacancy, people)[order]
    for number in (0, 1, 2):
        assert (np.diff(score[np.array(kind) == number]) <= 1e-12).all()
    words = pair_features([vacancy], people, SPACE)["skills_words"].fillna(0.0).to_numpy()
    np.testing.assert_allclose(found.shares.clip(0.0, 1.0), words[found.rows], rtol=0, atol=1e-12)


def test_candidates_are_found_for_one_vacancy_at_a_time() -> None:
    index = pool_index(people_of([a_profile()], SPACE), SPACE, loops=None)
    with pytest.raises(DataError, match="sought for 2 vacancies"):
        candidates(asked_of([a_vacancy("v"), a_vacancy("w")], SPACE), index, most=1)
