"""A frame of pairs of one vacancy, or of one person -> places in order, with all their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.domain import Match, State, Weighting
from matching.models import Ranker
from matching.ranking.order import Ordered, Turns, Weighted, order_noise, ordered, rounded

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ranks = npt.NDArray[np.int64]

_DECIMALS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Pairs in order. ``judged``, ``apart`` and ``probability`` are in the order of the frame.

    ``parts`` are the parts of the scores of the rows to be explained, the first of the order.
    """

    order: Ordered
    judged: Flags
    apart: Flags
    probability: Array | None
    parts: pd.DataFrame

    @property
    def pool_scores(self) -> Array:
        """Scores of all that can be judged and are not apart, the best first."""
        return self.order.score[: self.order.pool]

    def matches(self, pairs: Sequence[tuple[str, str]]) -> tuple[Match, ...]:
        """A match for every place, from the vacancy and the person of every row of the frame."""
        order = self.order
        return tuple(
            Match(
                vacancy_id=pairs[row][0],
                person_id=pairs[row][1],
                rank=int(order.rank[place]),
                score=float(order.score[place]),
                lower=float(order.lower[place]),
                upper=float(order.upper[place]),
                state=State.OK if self.judged[row] else State.NOT_ENOUGH_DATA,
                rank_lower=int(order.rank_lower[place]) or None,
                rank_upper=int(order.rank_upper[place]) or None,
                close_to_next=bool(order.close[place]),
                probability=self._chance(row),
                apart=bool(self.apart[row]),
            )
            for place, row in enumerate(order.rows)
        )

    def _chance(self, row: int) -> float | None:
        if self.probability is None or not self.judged[row]:
            return None
        return round(float(self.probability[row]), _DECIMALS)


def place(
    frame: pd.DataFrame,
    ids: Sequence[str],
    *,
    ranker: Ranker,
    judged: Flags,
    apart: Flags,
    explained: int | None,
    weights: Weighting | None,
    turns: Turns | None,
) -> Placed:
    """Score pairs and put them in order.

    Parameters
    ----------
    frame
        Features of the pairs.
    ids
        Of the side that is put in order, in step with the frame.
    ranker
        What scores.
    judged, apart
        Which pairs could be judged, and which are listed apart.
    explained
        Of how many, from the first, the parts are wanted; of all without.
    weights
        What a user gives to dimensions; without, the model.
    turns
        How near ties take turns.
    """
    found = ranker.judge(frame)
    base = ranker.no_information()
    if weights is None:
        weighted = None
        score, lower, upper = rounded(found, judged, base)
        position = found.position
    else:
        weighted = Weighted(ranker, weights).reweighted(found, ranker.contributions(frame), judged)
        score, lower, upper = rounded(weighted, judged, base)
        position = score
    order = ordered(
        ids,
        place=position,
        noise=order_noise(found, ranker, weighted=weighted),
        score=score,
        lower=lower,
        upper=upper,
        judged=judged,
        apart=apart,
        shown=explained,
        turns=turns,
    )
    rows = order.rows[:explained]
    return Placed(
        order=order,
        judged=judged,
        apart=apart,
        probability=found.probability,
        parts=(
            ranker.contributions(frame.iloc[rows])
            if weighted is None
            else weighted.contributions.iloc[rows]
        ),
    )
