"""Which of some models is kept: what foretells people it has not seen, the simpler one if close.

Candidates stand in order of simplicity. Each learns from the people of a fold's training side and
foretells those of its test side; what counts is minus the log-likelihood of each person's months,
a proper score that takes open spells for what was seen of them. Kept is the first candidate that
is within one standard error of the best (Breiman et al. 1984, *Classification and Regression
Trees*, 3.4.3); the error is that of the difference, person by person, because what makes people
hard to foretell is the same for all candidates.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.errors import DataError
from matching.models.boosted_hazard import BoostedHazard
from matching.models.risk import DiscreteHazard
from matching.models.spells import exits
from matching.models.splined_hazard import SplinedHazard
from training.spell_evaluation import surprise

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

FEWEST_PEOPLE = 20  # on each side of a fold


class Foretells(Protocol):
    """What a candidate gives once it has learnt."""

    def hazards(self, X: pd.DataFrame) -> Array:
        """Chances by month of work and of inactivity, shape (persons, months, 2)."""
        ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to learn, under a name: ``fit`` takes rows of the table and their outcomes.

    What is to be learnt from the rows beforehand (categories, means, splines) is learnt in it, so
    that nothing of those who are foretold is known.
    """

    name: str
    fit: Callable[[pd.DataFrame, pd.DataFrame], Foretells]


@dataclass(frozen=True, slots=True, eq=False)
class Fold:
    """Places of the people learnt from and foretold; outcomes of the former, as known then."""

    train: Places
    test: Places
    outcomes: pd.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Score:
    """How one candidate did.

    Attributes
    ----------
    folds
        Mean over the people of each fold; lower is better.
    mean
        Over all people that were foretold.
    behind, error
        The mean difference to the best candidate, and its standard error; 0 for the best.
    hazards
        Out of fold, shape (persons, months, 2); NaN for people who were in no test.
    """

    folds: tuple[float, ...]
    mean: float
    behind: float
    error: float
    hazards: Array

    @property
    def close(self) -> bool:
        """Whether it is within one standard error of the best."""
        return self.behind <= self.error


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Selection:
    """What came of a comparison: a score for each candidate, in their order, and the one kept."""

    scores: Mapping[str, Score]
    people: int
    best: str
    chosen: str

    @property
    def reason(self) -> str:
        """Why, in words."""
        kept = self.scores[self.chosen]
        left = [name for name in self.scores if name != self.chosen]
        if not left:
            return f"{self.chosen} was the only candidate."
        if self.chosen == self.best:
            simpler = left[: list(self.scores).index(self.chosen)]
            if not simpler:
                return f"{self.chosen} foretells {self.people} people best, and is the simplest."
            near = min(simpler, key=lambda name: self.scores[name].behind)
            score = self.scores[near]
            return (
                f"{self.chosen} foretells {self.people} people best; {near}, the next of the "
                f"simpler ones, is {score.behind:.4f} behind, more than a standard error "
                f"({score.error:.4f})."
            )
        return (
            f"{self.best} foretells {self.people} people best, but {self.chosen} is simpler and "
            f"only {kept.behind:.4f} behind, within a standard error ({kept.error:.4f})."
        )

    def no_work(self, name: str, horizon: int) -> Array:
        """Chance of no work by a horizon that a candidate gave to each person, out of fold."""
        hazards = self.scores[name].hazards
        if not 1 <= horizon <= hazards.shape[1]:
            raise DataError(f"horizon={horizon}: give one within 1 and {hazards.shape[1]}.")
        chances = hazards[:, :horizon].transpose(2, 1, 0)
        return np.asarray(1.0 - exits(chances[0], chances[1])[0][-1], dtype=float)


def select(
    X: pd.DataFrame,
    outcomes: pd.DataFrame,
    candidates: Sequence[Candidate],
    folds: Sequence[Fold],
) -> Selection:
    """Compare candidates on the same folds, and keep one.

    Parameters
    ----------
    X, outcomes
        A row per person, in the same order; ``outcomes`` as far as they are known by now.
    candidates
        The simplest first.
    folds
        As :func:`k_folds` or :func:`rolling_folds` make them.

    Raises
    ------
    DataError
        Without candidates, folds or people, and where a candidate cannot learn from a fold.
    """
    if not candidates or not folds or len(X) != len(outcomes):
        raise DataError(
            f"{len(candidates)} candidates, {len(folds)} folds, {len(X)} rows and {len(outcomes)} "
            "outcomes: give some of each, and an outcome for every row."
        )
    losses: dict[str, Array] = {}
    hazards: dict[str, Array] = {}
    for candidate in candidates:
        found, lost = None, np.full(len(X), np.nan)
        for fold in folds:
            learnt = candidate.fit(X.iloc[fold.train], fold.outcomes)
            foretold = learnt.hazards(X.iloc[fold.test])
            found = np.full((len(X), *foretold.shape[1:]), np.nan) if found is None else found
            found[fold.test] = foretold
            lost[fold.test] = surprise(outcomes.iloc[fold.test], foretold)
        losses[candidate.name] = lost
        hazards[candidate.name] = np.empty((len(X), 0, 2)) if found is None else found
    tested = ~np.isnan(losses[candidates[0].name])
    means = {name: float(lost[tested].mean()) for name, lost in losses.items()}
    best = min(means, key=lambda name: means[name])
    scores = {
        name: Score(
            folds=tuple(float(lost[fold.test].mean()) for fold in folds),
            mean=means[name],
            behind=float((lost - losses[best])[tested].mean()),
            error=_error((lost - losses[best])[tested]),
            hazards=hazards[name],
        )
        for name, lost in losses.items()
    }
    chosen = next(name for name, score in scores.items() if score.close)
    return Selection(scores=scores, people=int(tested.sum()), best=best, chosen=chosen)


def k_folds(outcomes: pd.DataFrame, *, folds: int = 5, seed: int = 0) -> tuple[Fold, ...]:
    """Each person is foretold once, by what the other folds teach; ends are spread evenly.

    For outcomes without a date. Raises a ``DataError`` for under two folds or too few people.
    """
    count = len(outcomes)
    if folds < 2 or count < folds * FEWEST_PEOPLE:
        raise DataError(
            f"{count} people in {folds} folds: give two folds or more, and {FEWEST_PEOPLE} people "
            "for each."
        )
    order = np.random.default_rng(seed).permutation(count)
    event = outcomes["event"].to_numpy(dtype=object)[order].astype(str)
    order = order[np.argsort(event, kind="stable")]
    fold = np.empty(count, dtype=np.int64)
    fold[order] = np.arange(count) % folds
    return tuple(
        Fold(np.flatnonzero(fold != one), np.flatnonzero(fold == one), outcomes[fold != one])
        for one in range(folds)
    )


def rolling_folds(
    intake: Sequence[date], known_on: Callable[[date], pd.DataFrame], *, folds: int = 4
) -> tuple[Fold, ...]:
    """The later half of the people in blocks by date, each foretold from all who came before.

    Parameters
    ----------
    intake
        The day from which each person is foretold.
    known_on
        The outcomes of all persons as known on a day: who was still looking then is censored.
    folds
        How many blocks; people of one day stay together.

    Raises
    ------
    DataError
        For no fold, or if a side of a fold has under 20 people.
    """
    days = np.array([day.toordinal() for day in intake])
    if folds < 1 or not len(days):
        raise DataError(f"{len(days)} people in {folds} folds: give at least one of each.")
    # Each block begins on the first day that has its share of the people behind it.
    different, counts = np.unique(days, return_counts=True)
    shares = np.linspace(0.5, 1.0, folds + 1)[:-1] * len(days)
    at = np.searchsorted(np.cumsum(counts) - counts, shares)
    starts = [int(different[place]) for place in np.minimum(at, len(different) - 1)]
    made = []
    for start, end in zip(starts, [*starts[1:], int(days.max()) + 1], strict=True):
        train, test = np.flatnonzero(days < start), np.flatnonzero((days >= start) & (days < end))
        if min(len(train), len(test)) < FEWEST_PEOPLE:
            raise DataError(
                f"Of the people before and from {date.fromordinal(start)} there are {len(train)} "
                f"and {len(test)}, and {FEWEST_PEOPLE} are needed; give fewer folds or a longer "
                "history."
            )
        made.append(Fold(train, test, known_on(date.fromordinal(start)).iloc[train]))
    return tuple(made)


def _error(apart: Array) -> float:
    return float(apart.std(ddof=1) / np.sqrt(len(apart)))


@dataclass(frozen=True, slots=True)
class OverallRate:
    """One chance for everybody: the hazards of the months, with nothing known of the person."""

    model: DiscreteHazard

    def hazards(self, X: pd.DataFrame) -> Array:
        """As :meth:`matching.models.risk.DiscreteHazard.hazards`."""
        return self.model.hazards(X[[]])


def overall_rate(*, months: int, steps: Sequence[int]) -> Candidate:
    """The simplest candidate: what knows nobody."""
    settings: dict[str, Any] = {"months": months, "steps": steps}
    return Candidate(
        "overall rate", lambda X, y: OverallRate(DiscreteHazard(**settings).fit(X[[]], y))
    )


def plain_candidates(
    *,
    months: int,
    steps: Sequence[int],
    directions: Mapping[str, int] | None = None,
    seed: int = 0,
) -> tuple[Candidate, ...]:
    """The four candidates for a frame of numbers: rate, logistic, with splines, boosted trees."""
    given: dict[str, Any] = {
        "months": months,
        "steps": steps,
        "directions": directions,
        "seed": seed,
    }
    return (
        overall_rate(months=months, steps=steps),
        Candidate("logistic", lambda X, y: DiscreteHazard(C=None, **given).fit(X, y)),
        Candidate("logistic with splines", lambda X, y: SplinedHazard(**given).fit(X, y)),
        Candidate("boosted trees", lambda X, y: BoostedHazard(members=0, **given).fit(X, y)),
    )
