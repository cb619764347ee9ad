"""A position in the order as a chance: isotonic, so that a higher position is never less likely."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.isotonic import IsotonicRegression

from matching.errors import DataError

Array = npt.NDArray[np.float64]

FEWEST = 50
"""Pairs of each outcome that chances are learnt from at least; fewer make steps that are chance."""


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """Positions and the chance at each; between them a straight line, beyond them the last."""

    position: Array
    chance: Array

    @classmethod
    def fitted(cls, position: Array, happened: npt.NDArray[np.bool_]) -> Self:
        """Learn the chances from pairs that the ranker did not learn from.

        The isotonic regression of Zadrozny and Elkan 2002 (*Transforming classifier scores into
        accurate multiclass probability estimates*, KDD).

        Parameters
        ----------
        position, happened
            Of each pair, shape (n,): its position, and whether what is foretold happened.

        Raises
        ------
        DataError
            Where it happened, or did not, fewer than 50 times.
        """
        yes = int(happened.sum())
        if min(yes, len(happened) - yes) < FEWEST:
            raise DataError(
                f"Of {len(happened)} pairs {yes} were taken and the others not; chances need "
                f"{FEWEST} of both."
            )
        curve = IsotonicRegression(y_min=0.0, y_max=1.0).fit(position, happened.astype(float))
        return cls(np.asarray(curve.X_thresholds_), np.asarray(curve.y_thresholds_))

    def at(self, position: Array) -> Array:
        """The chance at some positions, shape (n,)."""
        return np.asarray(np.interp(position, self.position, self.chance), dtype=float)

    def to_state(self) -> dict[str, list[float]]:
        """As JSON values."""
        return {"position": self.position.tolist(), "chance": self.chance.tolist()}

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Self:
        """Restore what ``to_state`` gave."""
        return cls(
            np.asarray(state["position"], dtype=float), np.asarray(state["chance"], dtype=float)
        )
