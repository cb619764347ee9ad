"""Statistical models that score pairs: one small interface, the baseline included."""

from typing import ClassVar, Protocol, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.models.baseline import BaselineRanker
from matching.models.judgement import Judgement, Link


class Ranker(Protocol):
    """What a model of fit must offer; every one passes ``tests/models/ranker_contract.py``.

    ``link`` is the scale on which it adds its parts; ``rank_scale_`` by how much the spread of
    its members is multiplied to tell how its order would change had it learnt anew.
    """

    link: ClassVar[Link]

    @property
    def rank_scale_(self) -> float:
        """What the spread of the members is multiplied by."""
        ...

    def fit(self, X: pd.DataFrame, y: object = None, groups: object = None) -> Self:
        """Learn from pairs, their outcomes, and the vacancy of each pair; returns itself."""
        ...

    def judge(self, X: pd.DataFrame) -> Judgement:
        """Score, interval, place in the order and chance of each pair."""
        ...

    def predict(self, X: pd.DataFrame) -> npt.NDArray[np.float64]:
        """Score of each pair in [0, 1]."""
        ...

    def predict_interval(
        self, X: pd.DataFrame
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Lower and upper end of an 80% interval of the score."""
        ...

    def contributions(self, X: pd.DataFrame) -> pd.DataFrame:
        """Part of each feature in the score, over the no-information score."""
        ...

    def no_information(self) -> float:
        """Score of a pair that cannot be judged."""
        ...


__all__ = ["BaselineRanker", "Judgement", "Link", "Ranker"]
