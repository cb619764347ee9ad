"""Small tables of people without work, with columns that know too much."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from training.tabular.columns import Column, typed
from training.tabular.evidence import Suspect
from training.tabular.kinds import infer
from training.tabular.leaks import suspects
from training.tabular.outcome import LabelTask, Outcome, SpellTask, read_outcome
from training.tabular.reading import raw_of

Judged = tuple[pd.DataFrame, tuple[Column, ...], Outcome]
LABEL = LabelTask(column="esito")


def people(count: int = 400, *, seed: int = 0) -> pd.DataFrame:
    """A table with inputs that tell something, and a label ``esito``."""
    rng = np.random.default_rng(seed)
    months = rng.gamma(2.0, 6.0, count).round(1)
    licence = rng.random(count) < 0.6
    trade = rng.choice(["cuoco", "muratore", "magazzino"], count, p=[0.5, 0.3, 0.2])
    risk = 1 / (1 + np.exp(1.0 - 0.08 * months + 0.8 * licence))
    bad = rng.random(count) < risk
    return pd.DataFrame(
        {
            "mesi": months,
            "patente": np.where(licence, "sì", "no"),
            "mestiere": trade,
            "esito": bad.astype(int),
        }
    )


def judged(
    frame: pd.DataFrame, task: LabelTask | SpellTask = LABEL, *, categories: Sequence[str] = ()
) -> Judged:
    """The typed table, its columns and the outcome of a frame."""
    raw = raw_of(frame)
    columns = infer(raw, categories=categories)
    return typed(raw, columns), columns, read_outcome(raw, columns, task)


def suspected(
    frame: pd.DataFrame, task: LabelTask | SpellTask = LABEL, *, intake: str | None = None
) -> dict[str, Suspect]:
    """What is suspected in a frame, by column."""
    return {one.column: one for one in suspects(*judged(frame, task), intake=intake)}
