"""Spells made up here, for tests of the models of risk."""

import numpy as np
import pandas as pd


def outcomes_of(*seen: tuple[int, str, int]) -> pd.DataFrame:
    """``outcomes_of((1, "work", 2), (3, "censored", 1))``: months, event, how many spells."""
    rows = [(months, event) for months, event, count in seen for _ in range(count)]
    return pd.DataFrame(rows, columns=["months", "event"])


def nothing_asked(count: int) -> pd.DataFrame:
    return pd.DataFrame(index=range(count))


def history(count: int = 600, seed: int = 5) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Spells with known hazards: work .10 odds by `skill`, inactive .04, and a column of noise."""
    rng = np.random.default_rng(seed)
    X = pd.DataFrame({"skill": rng.normal(2, 3, count), "noise": rng.normal(size=count)})
    to_work = 1 / (1 + np.exp(2.2 - 0.8 * (X["skill"].to_numpy() - 2) / 3))
    works = rng.geometric(to_work)
    quits = rng.geometric(0.04, size=count)
    last = rng.integers(1, 31, size=count)
    months = np.minimum(np.minimum(works, quits), last)
    event = np.where(works <= np.minimum(quits, last), "work", "inactive")
    event = np.where(months < np.minimum(works, quits), "censored", event)
    return X, pd.DataFrame({"months": months, "event": event})
