"""Pair frames drawn at random: what any ranker may be given."""

import numpy as np
import pandas as pd

from matching.features import BY_NAME, COLUMNS, FEATURES

TOP = {"reach_minutes": 150.0, "reach_stated": 150.0, "reach_public": 150.0, "reach_km": 80.0}
"""The most that a feature is here, where it is no share: minutes, kilometres."""


def a_frame(rows: int = 200, *, seed: int = 0, unknown: float = 0.3) -> pd.DataFrame:
    """Draw pairs: what is not asked is NaN, of the rest the share ``unknown``, skills apart."""
    chance = np.random.default_rng(seed)
    values: dict[str, np.ndarray] = {}
    for column in FEATURES:
        name = str(column.asked_by)
        if name not in values:
            values[name] = (chance.random(rows) < 0.8).astype(float)
        value = chance.random(rows)
        # Shares are often all or nothing.
        value = np.where(chance.random(rows) < 0.4, np.round(value), value)
        value *= TOP.get(column.name, 1.0)
        if column.question is not None:
            value[chance.random(rows) < unknown] = np.nan
        values[column.name] = np.where(values[name] > 0, value, np.nan)
    values["person_skills"] = chance.integers(0, 40, rows).astype(float)
    index = pd.MultiIndex.from_arrays(
        [[f"v{n // 20}" for n in range(rows)], [f"p{n % 20}" for n in range(rows)]],
        names=["vacancy_id", "person_id"],
    )
    return pd.DataFrame({name: values[name] for name in COLUMNS}, index=index)


def best_and_worst(name: str) -> tuple[float, float]:
    """Return the best and the worst value of a feature."""
    top = TOP.get(name, 1.0)
    return (top, 0.0) if BY_NAME[name].direction > 0 else (0.0, top)


def nothing_known(rows: int = 1, *, asked: float = 1.0) -> pd.DataFrame:
    """Return pairs of which no feature is known."""
    frame = a_frame(rows)
    frame.loc[:, [column.name for column in FEATURES]] = np.nan
    for column in FEATURES:
        frame[str(column.asked_by)] = asked
    frame["person_skills"] = 0.0
    return frame
