"""Whether people, and what becomes of them, still are what a risk model learnt from.

Two watches, each silent until there is enough to see: inputs that are distributed otherwise than
in training, and exits that come sooner or later than foretold. An alarm asks somebody to look, and
switches nothing off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import chi2, chi2_contingency

from matching.errors import DataError
from matching.models.spells import CAUSES, outcomes

Array = npt.NDArray[np.float64]

FEWEST_PEOPLE = 100
"""With fewer, a column's distribution is mostly chance."""

FEWEST_EXITS = 30
"""With fewer foretold, the ratio's interval is wider than half to double."""

SHIFTED = 0.2
"""Population stability index from which a shift is large: a rule of credit scoring
(Siddiqi 2006, *Credit Risk Scorecards*), here asked for beside a test."""

_RATIO = (0.8, 1.25)
_LEVEL = 0.01
_SINGLE_VALUES = 10
_BANDS = 10


class Watched(StrEnum):
    """What a watch found."""

    OK = "ok"
    ALARM = "alarm"
    NOT_ENOUGH_DATA = "not_enough_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class InputWatch:
    """One input beside training: the stability index, and the chance of so large a shift by luck.

    ``p`` is for all inputs together (Bonferroni). Both are None where there is not enough.
    """

    name: str
    state: Watched
    people: int
    index: float | None
    p: float | None
    unknown_before: float
    unknown_now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitWatch:
    """Exits of one cause: how many came, how many were foretold, their ratio and 95% interval.

    The last three are None where too few were foretold.
    """

    cause: str
    state: Watched
    seen: int
    foretold: float
    ratio: float | None
    low: float | None
    high: float | None


def reference(X: pd.DataFrame) -> dict[str, dict[str, list[float] | int]]:
    """What is kept of the inputs of training: counts by band, and of the unknown; plain JSON.

    A column with at most ten values is counted by value, others by tenths.
    """
    return {str(name): _counted(X[name].to_numpy(dtype=float)) for name in X.columns}


def watch_inputs(
    before: Mapping[str, Mapping[str, Any]], X: pd.DataFrame
) -> tuple[InputWatch, ...]:
    """Compare the inputs of people who came lately with those of training.

    An alarm needs a large shift and one that luck does not explain, so that few people raise none.

    Parameters
    ----------
    before
        Of :func:`reference`.
    X
        The same columns, a row per person who came lately.

    Raises
    ------
    DataError
        For a column that is missing.
    """
    if missing := [name for name in before if name not in X.columns]:
        raise DataError(f"The inputs lack {missing[0]!r}, which the model learnt from; add it.")
    found = []
    for name, kept in before.items():
        now = X[name].to_numpy(dtype=float)
        counts = np.array([*kept["counts"], kept["unknown"]], dtype=float)
        seen = np.array([*_in_bands(now, kept["edges"]), np.isnan(now).sum()], dtype=float)
        index, p = _shift(counts, seen)
        p = min(1.0, p * len(before))
        state = Watched.ALARM if index >= SHIFTED and p < _LEVEL else Watched.OK
        enough = len(now) >= FEWEST_PEOPLE
        found.append(
            InputWatch(
                name=name,
                state=state if enough else Watched.NOT_ENOUGH_DATA,
                people=len(now),
                index=index if enough else None,
                p=p if enough else None,
                unknown_before=float(counts[-1] / counts.sum()),
                unknown_now=float(seen[-1] / max(len(now), 1)),
            )
        )
    return tuple(found)


def watch_exits(hazards: Array, y: pd.DataFrame) -> tuple[ExitWatch, ...]:
    """Compare the exits that came with those foretold, month at risk by month at risk.

    What is still open counts for the months seen, so that recent people can be watched too.

    Parameters
    ----------
    hazards
        Of the model, shape (persons, months, 2).
    y
        ``months`` and ``event`` of the same persons, as :meth:`DiscreteHazard.fit` reads them.

    Raises
    ------
    FeatureError
        For outcomes that cannot be.
    """
    if not len(hazards):
        return tuple(_exit_watch(cause, 0, 0.0) for cause in CAUSES)
    months, event = outcomes(y, len(hazards))
    length = hazards.shape[1]
    number = np.arange(1, length + 1)
    at_risk = number <= months[:, None]
    here = months <= length
    works = (event == CAUSES[0]) & here
    # Who finds work in a month cannot go inactive in it.
    quitting = at_risk & ~(works[:, None] & (number == months[:, None]))
    seen = (int(works.sum()), int(((event == CAUSES[1]) & here).sum()))
    foretold = (
        float(hazards[:, :, 0][at_risk].sum()),
        float(hazards[:, :, 1][quitting].sum()),
    )
    return tuple(map(_exit_watch, CAUSES, seen, foretold))


def _exit_watch(cause: str, seen: int, foretold: float) -> ExitWatch:
    if foretold < FEWEST_EXITS:
        return ExitWatch(
            cause=cause,
            state=Watched.NOT_ENOUGH_DATA,
            seen=seen,
            foretold=foretold,
            ratio=None,
            low=None,
            high=None,
        )
    # Exact for a Poisson count (Garwood 1936, Biometrika 28).
    low = float(chi2.ppf(0.025, 2 * seen) / 2 / foretold) if seen else 0.0
    high = float(chi2.ppf(0.975, 2 * seen + 2) / 2 / foretold)
    ratio = seen / foretold
    large = not _RATIO[0] <= ratio <= _RATIO[1]
    return ExitWatch(
        cause=cause,
        state=Watched.ALARM if large and not low <= 1.0 <= high else Watched.OK,
        seen=seen,
        foretold=foretold,
        ratio=ratio,
        low=low,
        high=high,
    )


def _counted(values: Array) -> dict[str, list[float] | int]:
    known = values[~np.isnan(values)]
    single = np.unique(known)
    if len(single) <= _SINGLE_VALUES:
        edges = (single[1:] + single[:-1]) / 2
    else:
        edges = np.unique(np.quantile(known, np.arange(1, _BANDS) / _BANDS))
    return {
        "edges": edges.tolist(),
        "counts": _in_bands(values, edges).tolist(),
        "unknown": int(len(values) - len(known)),
    }


def _in_bands(values: Array, edges: Array | Sequence[float]) -> npt.NDArray[np.int64]:
    known = values[~np.isnan(values)]
    bands = np.searchsorted(np.asarray(edges, dtype=float), known, side="right")
    return np.bincount(bands, minlength=len(edges) + 1)


def _shift(before: Array, now: Array) -> tuple[float, float]:
    """The stability index of two counts, and the p of a chi-squared test that they are alike."""
    used = (before + now) > 0
    before, now = before[used], now[used]
    if len(before) < 2 or not before.sum() or not now.sum():
        return 0.0, 1.0
    # Half a person more in each band, so that an empty one does not make the index infinite.
    shares = [(counts + 0.5) / (counts.sum() + 0.5 * len(counts)) for counts in (before, now)]
    index = float(((shares[1] - shares[0]) * np.log(shares[1] / shares[0])).sum())
    return index, float(chi2_contingency(np.array([before, now]), correction=False).pvalue)
