"""A frame of pairs of one vacancy, or of one person -> places in order, with all their numbers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.domain import Match, State, Weighting
from matching.models import Ranker
from matching.ranking.order import Ordered, Turns, Weighted, order_noise, ordered, rounded
from matching.service.matched import Matches

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ranks = npt.NDArray[np.int64]

_DECIMALS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Pairs in order. ``judged``, ``apart`` and ``probability`` are in the order of the frame.

    ``parts`` are the parts of the scores of the rows to be explained, the first of the order, by
    feature.
    """

    order: Ordered
    judged: Flags
    apart: Flags
    probability: Array | None
    parts: Array

    @property
    def pool_scores(self) -> Array:
        """Scores of all that can be judged and are not apart, the best first."""
        return self.order.score[: self.order.pool]

    def matches(
        self,
        pair: Callable[[int], tuple[str, str]],
        told: Callable[[int], Mapping[str, Any]] = lambda row: {},
    ) -> Matches:
        """A match for every place.

        Parameters
        ----------
        pair
            Gives the vacancy and the person of a row of the frame.
        told
            Gives further fields of a match, by row.
        """
        return Matches(len(self.order.rows), lambda places: self._matches(places, pair, told))

    def _matches(
        self,
        places: range,
        pair: Callable[[int], tuple[str, str]],
        told: Callable[[int], Mapping[str, Any]],
    ) -> Iterator[Match]:
        order, at = self.order, np.arange(places.start, places.stop, places.step)
        rows = order.rows[at]
        chances = np.full(len(at), np.nan) if self.probability is None else self.probability[rows]
        of_places = (
            order.rank, order.score, order.lower, order.upper, order.rank_lower, order.rank_upper,
            order.close,
        )  # fmt: skip
        # As Python's own numbers, a column at a time: one by one they take as long as all else.
        columns = (
            rows, *(column[at] for column in of_places), self.judged[rows], self.apart[rows],
            chances,
        )  # fmt: skip
        for row, rank, score, lower, upper, first, last, close, judged, apart, chance in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            vacancy_id, person_id = pair(row)
            yield Match(
                vacancy_id=vacancy_id,
                person_id=person_id,
                rank=rank,
                score=score,
                lower=lower,
                upper=upper,
                state=State.OK if judged else State.NOT_ENOUGH_DATA,
                rank_lower=first or None,
                rank_upper=last or None,
                close_to_next=close,
                probability=round(chance, _DECIMALS) if judged and chance == chance else None,
                apart=apart,
                **told(row),
            )


def place(
    frame: pd.DataFrame,
    *,
    names: Ranks,
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
    names
        By which equal scores are ordered, in step with the frame: what
        :func:`matching.ranking.order.by_name` gives of the side that is put in order.
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
        names=names,
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
        ).to_numpy(dtype=float),
    )
