"""A few rows with the answers that a model gave when it was packed, to compare when it is opened.

Hashes prove that a file is the one that was written; only answers prove that this machine, with
its libraries, reads the same model in it.
"""

import json
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import BaseModel, ConfigDict

from matching.errors import FeatureError, ModelError

Answers = Mapping[str, npt.NDArray[np.float64]]

CLOSE = 1e-9
MOST_ROWS = 100


class _Canary(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    columns: list[str]
    rows: list[list[float | None]]
    answers: dict[str, list[float]]


def canary_text(frame: pd.DataFrame, answer: Callable[[pd.DataFrame], Answers]) -> str:
    """Rows, and what the model answers to them, as JSON; what is not known is null.

    Parameters
    ----------
    frame
        From 1 to 100 rows of numbers or booleans, in the columns that the model reads.
    answer
        The model: answers of a frame by name, one for each row.

    Raises
    ------
    ModelError
        For no row, or too many.
    """
    if not 1 <= len(frame) <= MOST_ROWS:
        raise ModelError(f"A model is packed with 1 to {MOST_ROWS} canary rows, not {len(frame)}.")
    values = frame.to_numpy(dtype=float, na_value=np.nan)
    content = {
        "columns": [str(name) for name in frame.columns],
        "rows": [[None if np.isnan(cell) else float(cell) for cell in row] for row in values],
        "answers": {name: given.tolist() for name, given in answer(frame).items()},
    }
    return json.dumps(content, allow_nan=False) + "\n"


def check_canary(text: str, answer: Callable[[pd.DataFrame], Answers]) -> None:
    """Refuse a model that no longer answers as it did.

    Parameters
    ----------
    text
        What :func:`canary_text` wrote.
    answer
        The model as it was opened.

    Raises
    ------
    ModelError
        Saying which row and answer differ, and by how much.
    """
    try:
        canary = _Canary.model_validate(json.loads(text))
        frame = pd.DataFrame(canary.rows, columns=canary.columns, dtype=float)
        given = answer(frame)
    except (ValueError, RecursionError, FeatureError) as error:
        raise ModelError(f"canary.json does not fit the model: {error}") from error
    if set(given) != set(canary.answers) or not canary.rows:
        raise ModelError(
            f"canary.json holds the answers {sorted(canary.answers)} of {len(canary.rows)} rows; "
            f"the model gives {sorted(given)}."
        )
    for name, then in canary.answers.items():
        now = given[name]
        if len(then) != len(now):
            raise ModelError(f"canary.json: {len(then)} answers {name!r} to {len(now)} rows.")
        apart = np.abs(now - np.array(then))
        # Written so that an answer that is not a number is apart too.
        if wrong := np.flatnonzero(~(apart <= CLOSE)).tolist():
            row = wrong[0]
            raise ModelError(
                f"canary.json: to row {row + 1} the model answered {name} = {then[row]} when it "
                f"was packed, and {now[row]} now."
            )
