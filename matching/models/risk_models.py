"""The models of risk as one: what each of them answers, and which reads a file.

A file says in its ``format`` of which kind it is; nothing else of it is looked at before the kind
is known, and whoever opens it has verified its SHA-256 before.
"""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.errors import DataError
from matching.models import boosted_file, hazard_file, splined_hazard
from matching.models.boosted_hazard import BoostedHazard
from matching.models.covariates import Array
from matching.models.risk import HORIZONS, REASON_MONTHS, DiscreteHazard
from matching.models.splined_hazard import SplinedHazard

Hazard = DiscreteHazard | SplinedHazard | BoostedHazard
"""A model of risk that can be written to a file."""

_READERS: Mapping[str, type[Hazard]] = MappingProxyType(
    {
        hazard_file.FORMAT: DiscreteHazard,
        splined_hazard.FORMAT: SplinedHazard,
        boosted_file.FORMAT: BoostedHazard,
    }
)


@runtime_checkable
class RiskModel(Protocol):
    """What serves as the model of risk, whatever it learnt with.

    Every method is as that of :class:`matching.models.risk.DiscreteHazard`; ``months`` is how far
    it looks, ``feature_names_in_`` which covariates it reads.
    """

    @property
    def months(self) -> int:
        """How many months are foretold."""
        ...

    @property
    def feature_names_in_(self) -> npt.NDArray[np.object_]:
        """The covariates that it reads."""
        ...

    def hazards(self, X: pd.DataFrame) -> Array:
        """Chances by month of work and of inactivity, shape (persons, months, 2)."""
        ...

    def predict(self, X: pd.DataFrame, horizons: Sequence[int] = HORIZONS) -> pd.DataFrame:
        """Chances of no work, and of having gone inactive, by each horizon."""
        ...

    def predict_interval(
        self, X: pd.DataFrame, horizons: Sequence[int] = HORIZONS
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The ends of 80% intervals of the columns of ``predict``."""
        ...

    def typical(self, horizon: int = REASON_MONTHS) -> float:
        """The chance of no work of the typical person."""
        ...

    def contributions(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> pd.DataFrame:
        """Parts of each covariate in the chance of no work over the typical person."""
        ...

    def swings(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> pd.DataFrame:
        """How far the answer to each unknown moves the chance of no work."""
        ...

    def unknowns(self, X: pd.DataFrame, horizon: int = REASON_MONTHS) -> list[tuple[str, ...]]:
        """The unknown covariates worth asking for, what matters most first."""
        ...


def read_hazard_model(text: str) -> Hazard:
    """Read a model of any kind back, by the format that its file names.

    Raises
    ------
    DataError
        For a text that is no such file, a format that is not known, or a file that its kind
        refuses.
    """
    mend = "restore the file or train again."
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(f"The model of risk is not JSON ({error}); {mend}") from error
    tag = content.get("format") if isinstance(content, dict) else None
    kind = _READERS.get(tag) if isinstance(tag, str) else None
    if kind is None:
        raise DataError(
            f"The model of risk is of the format {tag!r}, and {', '.join(_READERS)} are read; "
            f"{mend}"
        )
    return kind.from_json(text)
