"""Ten vacancies of twenty pairs; the first feature of a pair is its vacancy's number."""

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import lightgbm as lgb
import numpy as np
import pytest

from matching.models import boosting
from matching.models.baseline import weighted
from matching.models.boosting import Pairs, bagged
from matching.models.slopes import pairwise_slope
from tests.models.frames import a_frame
from tests.models.ranker_contract import NAMES

PARAMETERS: Mapping[str, object] = {
    "objective": "lambdarank",
    "num_leaves": 4,
    "min_data_in_leaf": 5,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 0,
    "verbosity": -1,
}


def some_pairs(vacancies: int = 10, *, seed: int = 0) -> Pairs:
    known = a_frame(20 * vacancies, seed=seed)[NAMES].to_numpy(dtype=float, copy=True)
    codes = np.repeat(np.arange(vacancies), 20)
    known[:, 0] = codes
    chance = np.random.default_rng(seed)
    grades = (np.nan_to_num(known[:, 4], nan=0.5) + chance.normal(0, 0.3, len(codes)) > 0.5) * 1.0
    return Pairs(known=known, filled=np.nan_to_num(known, nan=0.5), grades=grades, codes=codes)


def drawn_by(pairs: Pairs, *, trees: int = 2, members: int = 3, seed: int = 0) -> np.ndarray:
    return bagged(pairs, PARAMETERS, trees=trees, members=members, seed=seed)[1]


def test_the_same_seed_gives_the_same_boosters_and_another_one_others() -> None:
    pairs = some_pairs()
    first, again, other = (
        bagged(pairs, PARAMETERS, trees=3, members=2, seed=seed) for seed in (4, 4, 5)
    )
    assert first[0] == again[0]
    assert first[0] != other[0]
    np.testing.assert_array_equal(first[1], again[1])
    assert (first[1] != other[1]).any()


def test_what_is_drawn_depends_on_the_seed_and_on_how_many_vacancies_there_are_alone() -> None:
    unseen = drawn_by(some_pairs())
    np.testing.assert_array_equal(unseen, drawn_by(some_pairs(seed=1), trees=5))
    np.testing.assert_array_equal(unseen, drawn_by(some_pairs(), members=5)[:3])


def test_the_pairs_of_a_vacancy_are_drawn_together_and_every_booster_draws_its_own() -> None:
    unseen = drawn_by(some_pairs(), members=4)
    assert unseen.shape == (4, 200)
    by_vacancy = unseen.reshape(4, 10, 20)
    np.testing.assert_array_equal(by_vacancy.any(axis=2), by_vacancy.all(axis=2))
    assert len({tuple(flags) for flags in unseen.tolist()}) == 4
    assert unseen.any(axis=1).all()
    assert not unseen.all(axis=1).any()


def test_a_booster_learns_nothing_from_a_pair_that_it_has_not_drawn() -> None:
    pairs = some_pairs()
    members, unseen = bagged(pairs, PARAMETERS, trees=4, members=3, seed=0)
    for number, member in enumerate(members):
        hidden = unseen[number]
        changed = replace(
            pairs,
            known=np.where(hidden[:, None], 0.123, pairs.known),
            filled=np.where(hidden[:, None], 0.123, pairs.filled),
            grades=np.where(hidden, 1.0 - pairs.grades, pairs.grades),
        )
        others, _ = bagged(changed, PARAMETERS, trees=4, members=3, seed=0)
        assert others[number] == member
        assert any(one != other for one, other in zip(others, members, strict=True))


def test_a_vacancy_drawn_twice_is_two_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, Any]] = []

    def watched(data: np.ndarray, label: np.ndarray, **options: Any) -> lgb.Dataset:
        given.append({"data": data.copy(), "label": label.copy()} | options)
        return lgb.Dataset(data, label, **options)

    monkeypatch.setattr(boosting, "lgb", SimpleNamespace(Dataset=watched, train=lgb.train))
    pairs = some_pairs()
    _, unseen = bagged(pairs, PARAMETERS, trees=1, members=3, seed=0)
    for number, data in enumerate(given):
        assert list(data["group"]) == [20] * 10
        groups = data["data"].reshape(10, 20, -1)
        vacancies = groups[:, 0, 0].astype(int)
        assert len(set(vacancies)) < 10
        for vacancy, rows, grades in zip(
            vacancies, groups, data["label"].reshape(10, 20), strict=True
        ):
            np.testing.assert_array_equal(rows, pairs.filled[pairs.codes == vacancy])
            np.testing.assert_array_equal(grades, pairs.grades[pairs.codes == vacancy])
        assert set(vacancies) == set(pairs.codes[~unseen[number]])


def test_each_booster_starts_from_the_baseline_as_it_tells_the_pairs_drawn_apart() -> None:
    pairs = some_pairs()
    members, unseen = bagged(pairs, PARAMETERS, trees=1, members=2, seed=3)
    start = weighted(pairs.known).sum(axis=1)
    for number, member in enumerate(members):
        # One vacancy at a time: how often each was drawn weighs in the slope.
        drawn = np.sort(np.random.default_rng([3, number]).integers(10, size=10))
        part = np.concatenate([np.flatnonzero(pairs.codes == code) for code in drawn])
        assert set(drawn) == set(pairs.codes[~unseen[number]])
        slope = pairwise_slope(start[part], pairs.grades[part], np.repeat(np.arange(10), 20))
        assert member.prior == pytest.approx(slope)


@pytest.mark.parametrize("vacancies", [2, 3])
def test_of_few_vacancies_too_one_at_least_is_left_out_of_every_draw(vacancies: int) -> None:
    for seed in range(12):
        assert drawn_by(some_pairs(vacancies), trees=1, members=2, seed=seed).any(axis=1).all()
