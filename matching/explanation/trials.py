"""Scores and ranks of people as they are and as they might be, for one vacancy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.domain import Profile, Vacancy
from matching.explanation.pair import Pair
from matching.features import Asked, FeatureSpace, judged
from matching.features.catalog import COLUMN_LABELS
from matching.features.variants import varied
from matching.wording import Wording

Array = npt.NDArray[np.float64]

_DECIMALS = 6  # scores nearer than this are the same, as in a shortlist


class Scorer(Protocol):
    """What scores pairs: any ranker, or one that weighs what a ranker says."""

    def predict(self, X: pd.DataFrame) -> npt.NDArray[np.float64]:
        """Score of each pair in [0, 1]."""
        ...

    def no_information(self) -> float:
        """Score of a pair that cannot be judged."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """Score and rank in the pool, as they are or as they would be."""

    score: float
    rank: int


class Standing:
    """Where scores stand among those of the people in a pool who can be judged.

    ``own`` is the score of the person in question as she is, None without one: where the pool has
    her, nobody stands behind herself.

    Parameters
    ----------
    pool_scores
        Scores of all who can be judged and are ranked together.
    """

    def __init__(self, pool_scores: npt.ArrayLike) -> None:
        self._sorted = np.sort(np.round(np.asarray(pool_scores, dtype=float), _DECIMALS))

    def last(self, own: float | None) -> int:
        """Rank that all those share who cannot be judged."""
        return len(self._sorted) + 1 - int(self._has(own))

    def rank(self, score: float, own: float | None) -> int:
        """Rank of a score; equal scores share one."""
        above = len(self._sorted) - int(self._sorted.searchsorted(score, side="right"))
        return 1 + above - int(own is not None and own > score and self._has(own))

    def _has(self, own: float | None) -> bool:
        """Whether the pool has the person; who is listed apart is not in it."""
        if own is None:
            return False
        at = int(self._sorted.searchsorted(own))
        return at < len(self._sorted) and float(self._sorted[at]) == own


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trials:
    """People as they stand with a vacancy, from whom what is tried departs.

    Parameters
    ----------
    vacancy, asked
        The vacancy, and the same as :func:`matching.features.asked_of` reads it.
    people
        The people as they are.
    features
        Of the vacancy with each of them, shape (people, columns of the catalog).
    standing
        Scores of all who can be judged and are ranked together; who is listed apart is ranked as
        if she were with them.
    space, ranker
        What scored the pool.
    wording
        The language of what is said of it.
    """

    vacancy: Vacancy
    asked: Asked
    people: Sequence[Profile]
    features: Array
    standing: Standing
    space: FeatureSpace
    ranker: Scorer
    wording: Wording

    def pair(self, person: Profile) -> Pair:
        """The vacancy and a person, for what is said about them."""
        return Pair(self.vacancy, person, self.space, self.wording)

    def outcomes(self, tried: Sequence[Sequence[Profile]]) -> list[list[Outcome]]:
        """How each person stands, then how each profile tried in her place would.

        Who cannot be judged has the no-information score and the rank that all such share. All
        is scored in one go.

        Parameters
        ----------
        tried
            For each person profiles made from hers.
        """
        of = [row for row, others in enumerate(tried) for _ in others]
        variants = [other for others in tried for other in others]
        changed = varied(
            self.features, self.people, of, variants, asked=self.asked, space=self.space
        )
        frame = pd.DataFrame(np.concatenate([self.features, changed]), columns=COLUMN_LABELS)
        scores = np.round(self.ranker.predict(frame), _DECIMALS).tolist()
        nothing = round(self.ranker.no_information(), _DECIMALS)
        rest = iter(scores[len(self.people) :])
        found: list[list[Outcome]] = []
        for person, own, others in zip(self.people, scores, tried, strict=False):
            told = [self._judged(profile) for profile in (person, *others)]
            mine = own if told[0] else None
            marks = [own, *(next(rest) for _ in others)]
            found.append(
                [
                    Outcome(score, self.standing.rank(score, mine))
                    if known
                    else Outcome(nothing, self.standing.last(mine))
                    for score, known in zip(marks, told, strict=True)
                ]
            )
        return found

    def _judged(self, profile: Profile) -> bool:
        return bool(self.asked.judged[0]) and judged(profile, self.space)
