from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import numpy as np
import pandas as pd
import pytest

from matching.errors import DataError
from tests.models.histories import history
from training.selection import (
    Candidate,
    Fold,
    Selection,
    k_folds,
    overall_rate,
    plain_candidates,
    rolling_folds,
    select,
)
from training.spell_evaluation import surprise


@dataclass(frozen=True)
class Says:
    """Gives everybody the chance that a function of the covariate says."""

    chance: Callable[[np.ndarray], np.ndarray]

    def hazards(self, X: pd.DataFrame) -> np.ndarray:
        work = self.chance(X["x"].to_numpy())
        return np.stack([work, np.zeros_like(work)], axis=-1)[:, None, :]


def says(name: str, chance: Callable[[np.ndarray], np.ndarray]) -> Candidate:
    return Candidate(name, lambda X, y: Says(chance))


def labels(count: int = 600) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Work, in one period, with the chance x."""
    rng = np.random.default_rng(0)
    x = rng.uniform(0.1, 0.9, count)
    event = np.where(rng.random(count) < x, "work", "censored")
    return pd.DataFrame({"x": x}), pd.DataFrame({"months": 1, "event": event})


X, Y = labels()
HALF = says("half", lambda x: np.full(len(x), 0.5))
TRUE = says("true", lambda x: x)


def kept(*candidates: Candidate) -> Selection:
    return select(X, Y, candidates, k_folds(Y))


def test_what_foretells_much_better_is_kept_though_it_is_less_simple() -> None:
    found = kept(HALF, TRUE)
    assert (found.chosen, found.best) == ("true", "true")
    assert found.scores["half"].behind > found.scores["half"].error > 0
    assert "half, the next of the simpler ones, is" in found.reason


def test_what_is_as_good_loses_to_the_simpler() -> None:
    assert kept(TRUE, says("same", lambda x: x)).chosen == "true"
    # Of two that turn an accident round, one is better, and no more than by accident.
    up, down = (
        says(name, partial(lambda x, size: 0.5 + size * np.sin(40 * x), size=size))
        for name, size in (("up", 0.005), ("down", -0.005))
    )
    found = kept(HALF, up, down)
    assert found.chosen == "half"
    assert found.best != "half"
    assert found.scores["half"].close
    assert "half is simpler and only" in found.reason


def test_the_simplest_may_be_the_best() -> None:
    found = kept(TRUE, HALF)
    assert found.chosen == "true"
    assert found.reason.endswith("and is the simplest.")
    assert kept(HALF).reason == "half was the only candidate."


def test_scores_are_the_mean_surprise_of_people_that_were_not_learnt_from() -> None:
    found = kept(HALF, TRUE)
    score = found.scores["true"]
    losses = surprise(Y, score.hazards)
    assert score.mean == pytest.approx(losses.mean())
    assert np.average(score.folds, weights=[120] * 5) == pytest.approx(score.mean)
    apart = surprise(Y, found.scores["half"].hazards) - losses
    assert found.scores["half"].behind == pytest.approx(apart.mean())
    assert found.scores["half"].error == pytest.approx(apart.std(ddof=1) / np.sqrt(600))
    np.testing.assert_allclose(found.no_work("true", 1), 1 - X["x"])


def test_a_candidate_never_sees_whom_it_foretells() -> None:
    seen: list[tuple[set[int], set[int]]] = []

    @dataclass(frozen=True)
    class Watched:
        learnt: set[int]

        def hazards(self, frame: pd.DataFrame) -> np.ndarray:
            seen.append((self.learnt, {*frame.index}))
            return np.full((len(frame), 1, 2), 0.1)

    def fit(frame: pd.DataFrame, y: pd.DataFrame) -> Watched:
        assert list(frame.index) == list(y.index)
        return Watched({*frame.index})

    select(X, Y, [Candidate("watched", fit)], k_folds(Y))
    assert all(not learnt & foretold for learnt, foretold in seen)
    assert sorted(row for _, foretold in seen for row in foretold) == list(range(600))


def test_folds_are_as_large_and_have_as_many_exits() -> None:
    folds = k_folds(Y, folds=4, seed=2)
    exits = [(Y["event"].iloc[fold.test] == "work").sum() for fold in folds]
    assert {len(fold.test) for fold in folds} == {150}
    assert max(exits) - min(exits) <= 1
    again = k_folds(Y, folds=4, seed=2)
    for one, other in zip(folds, again, strict=True):
        np.testing.assert_array_equal(one.test, other.test)
    assert any(
        not np.array_equal(one.test, other.test)
        for one, other in zip(folds, k_folds(Y, folds=4, seed=3), strict=True)
    )


def by_date(count: int = 200) -> tuple[list[date], Callable[[date], pd.DataFrame]]:
    """A person a day; who has been there for 60 days has found work."""
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(count)]

    def known_on(day: date) -> pd.DataFrame:
        spent = np.array([(day - one).days for one in days])
        months = np.clip(spent // 30, 0, 2)
        event = np.where(spent >= 60, "work", "censored")
        return pd.DataFrame({"months": months, "event": event})

    return days, known_on


def test_who_came_later_is_foretold_from_who_came_before_as_known_then() -> None:
    days, known_on = by_date()
    folds = rolling_folds(days, known_on, folds=4)
    assert [len(fold.test) for fold in folds] == [25, 25, 25, 25]
    for fold in folds:
        first = min(days[place] for place in fold.test)
        assert max(days[place] for place in fold.train) < first
        assert len(fold.outcomes) == len(fold.train)
        # Whoever came within the last 60 days was still looking on the day.
        recent = [first - days[place] < timedelta(days=60) for place in fold.train]
        np.testing.assert_array_equal(fold.outcomes["event"] == "censored", recent)


def test_people_of_one_day_stay_together() -> None:
    days = [date(2024, 1, 1)] * 60 + [date(2024, 6, 1)] * 60
    folds = rolling_folds(days, lambda day: pd.DataFrame({"months": [1] * 120}), folds=1)
    np.testing.assert_array_equal(folds[0].train, np.arange(60))


def test_people_in_no_test_have_no_foretelling_and_do_not_count() -> None:
    days, known_on = by_date()
    folds = rolling_folds(days, known_on, folds=3)
    outcomes = known_on(date(2025, 1, 1))
    found = select(pd.DataFrame(index=range(200)), outcomes, [overall_rate(months=3, steps=())],
                   folds)  # fmt: skip
    tested = np.concatenate([fold.test for fold in folds])
    chances = found.no_work("overall rate", 2)
    assert found.people == len(tested)
    assert not np.isnan(chances[tested]).any()
    assert np.isnan(np.delete(chances, tested)).all()


def test_of_the_four_candidates_lines_are_kept_for_what_is_a_line() -> None:
    frame, spells = history(900)
    candidates = plain_candidates(months=24, steps=(3, 6, 12, 18), directions={})
    found = select(frame, spells, candidates, k_folds(spells, folds=3))
    assert list(found.scores) == [
        "overall rate", "logistic", "logistic with splines", "boosted trees",
    ]  # fmt: skip
    assert found.chosen == "logistic"
    assert not found.scores["overall rate"].close
    assert found.scores["logistic"].hazards.shape == (900, 24, 2)


@pytest.mark.parametrize(
    ("wrong", "says_"),
    [
        (lambda: select(X, Y, [], k_folds(Y)), "candidates"),
        (lambda: select(X, Y, [HALF], []), "0 folds"),
        (lambda: select(X, Y[:-1], [HALF], k_folds(Y)), "599 outcomes"),
        (lambda: k_folds(Y, folds=1), "two folds"),
        (lambda: k_folds(Y[:90]), "90 people"),
        (lambda: rolling_folds(by_date()[0], by_date()[1], folds=0), "0 folds"),
        (lambda: rolling_folds([], lambda day: Y, folds=2), "0 people"),
        (lambda: rolling_folds(by_date()[0], by_date()[1], folds=8), "fewer folds"),
        (lambda: kept(HALF).no_work("half", 2), "horizon=2"),
    ],
)
def test_what_cannot_be_compared_is_refused(wrong: Callable[[], object], says_: str) -> None:
    with pytest.raises(DataError, match=says_):
        wrong()


def test_a_fold_holds_places_in_the_table() -> None:
    fold = k_folds(Y)[0]
    assert isinstance(fold, Fold)
    assert sorted([*fold.train, *fold.test]) == list(range(600))
