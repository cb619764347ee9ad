"""A fitted table model as a folder of plain files, hashes checked before anything is parsed.

::

    manifest.json     format, and the SHA-256 of every other file
    task.json         what is foretold, of which horizon, by which candidate
    design.json       how the columns of a table become numbers; not for the overall rate
    model.json        the estimator, all of it
    out_of_fold.csv   for each row of the table with an outcome: risk foretold out of fold, outcome,
                      weight; what an audit of the same table reads
    card.md, audit.json   for people and for programs

Nothing in it is ever executed.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from lightgbm.basic import LightGBMError

from matching.errors import DataError, InputError
from matching.models.boosted_hazard import BoostedHazard
from matching.models.risk import DiscreteHazard
from training.tabular.columns import typed
from training.tabular.design import Design
from training.tabular.fitting import Designed, Fitted
from training.tabular.reading import RawTable

Array = npt.NDArray[np.float64]

_FORMAT = "valoriamo-table-model/1"
_MEND = "fit again, or restore the folder."
_ESTIMATORS: Mapping[str, type[DiscreteHazard] | type[BoostedHazard]] = {
    "logistic": DiscreteHazard,
    "boosted": BoostedHazard,
}
_ROWS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFile:
    """What is foretold: a label's value, or no event by a horizon in the table's unit.

    ``periods`` is the horizon in periods of the model; ``columns`` those of the outcome.
    """

    label: str
    positive: str
    event: str
    duration: str
    horizon: float
    periods: int
    columns: tuple[str, ...]
    chosen: str
    estimator: str

    @property
    def said(self) -> str:
        """What the risk is of, in words."""
        if self.label:
            return f"{self.label} = {self.positive}"
        return f"no {self.event} by {self.duration} = {self.horizon:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableModel:
    """A model read back: what it foretells, and how."""

    task: TaskFile
    kept: Designed

    def risk(self, table: pd.DataFrame) -> tuple[Array, Array, Array]:
        """Risk of each row of a typed table, with the ends of its 80% interval."""
        found = []
        for start in range(0, max(len(table), 1), _ROWS_AT_ONCE):
            X = self.kept.read(table.iloc[start : start + _ROWS_AT_ONCE])
            horizons, name = [self.task.periods], f"no_work_{self.task.periods}"
            lower, upper = self.kept.model.predict_interval(X, horizons)
            middle = self.kept.model.predict(X, horizons)
            found.append(np.column_stack([part[name] for part in (middle, lower, upper)]))
        whole = np.clip(np.vstack(found), 0.0, 1.0)
        return whole[:, 0], whole[:, 1], whole[:, 2]

    def typed(self, raw: RawTable) -> pd.DataFrame:
        """The inputs of a table as the model reads them.

        Raises
        ------
        InputError
            Naming the inputs that it lacks.
        """
        design = self.kept.design
        if design is None:
            return pd.DataFrame(index=raw.frame.index)
        design.ignored(raw)
        return typed(raw, design.inputs)


def task_file(fitted: Fitted, horizon: float, *, label: str, event: str, duration: str) -> TaskFile:
    """What a fitted model foretells."""
    outcome = fitted.read.outcome
    return TaskFile(
        label=label,
        positive=outcome.positive,
        event=event,
        duration=duration,
        horizon=horizon,
        periods=outcome.periods(horizon),
        columns=outcome.columns,
        chosen=fitted.selection.chosen,
        estimator="boosted" if isinstance(fitted.kept.model, BoostedHazard) else "logistic",
    )


def write_model(folder: Path, fitted: Fitted, task: TaskFile, *, others: Mapping[str, str]) -> None:
    """Write a model and what is said of it; the manifest last, so that half a folder is none.

    Raises
    ------
    InputError
        Where the folder cannot be written.
    """
    people = fitted.people(task.horizon)
    apart = pd.DataFrame(
        {
            "row": fitted.read.outcome.rows,
            "risk": people.risk,
            "bad": people.bad,
            "weight": people.weight,
        }
    )
    files = {
        "task.json": json.dumps(asdict(task), ensure_ascii=False, indent=1) + "\n",
        "model.json": fitted.kept.model.to_json(),
        "out_of_fold.csv": apart.to_csv(index=False, lineterminator="\n"),
        **others,
    }
    if fitted.kept.design is not None:
        files["design.json"] = fitted.kept.design.to_json()
    manifest = {
        "format": _FORMAT,
        "table": table_digest(fitted.read.raw),
        "files": {name: _sha256(text) for name, text in sorted(files.items())},
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "manifest.json").unlink(missing_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8", newline="\n")
        text = json.dumps(manifest, indent=1) + "\n"
        (folder / "manifest.json").write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"{folder}: the model cannot be written ({error.strerror}); choose another --out."
        ) from error


def read_model(folder: Path) -> TableModel:
    """Read a model back.

    Raises
    ------
    InputError
        For a folder that is no model, or whose files are not those that were written.
    """
    files = _files(folder)
    try:
        content = json.loads(files["task.json"])
        task = TaskFile(**{**content, "columns": tuple(content["columns"])})
        design = Design.from_json(files["design.json"]) if "design.json" in files else None
        model = _ESTIMATORS[task.estimator].from_json(files["model.json"])
    except (DataError, LightGBMError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"{folder}: the model cannot be read by this version ({error}); {_MEND}"
        ) from error
    return TableModel(task=task, kept=Designed(design, model))


def read_out_of_fold(folder: Path, raw: RawTable) -> pd.DataFrame | None:
    """What was foretold out of fold, if a table is the one that the model learnt from."""
    files = _files(folder)
    if json.loads((folder / "manifest.json").read_text("utf-8"))["table"] != table_digest(raw):
        return None
    return pd.read_csv(folder / "out_of_fold.csv") if "out_of_fold.csv" in files else None


def table_digest(raw: RawTable) -> str:
    """SHA-256 over the names and every cell of a table."""
    hasher = hashlib.sha256(json.dumps(list(raw.names)).encode())
    hasher.update(pd.util.hash_pandas_object(raw.frame, index=False).to_numpy().tobytes())
    return hasher.hexdigest()


def _files(folder: Path) -> dict[str, str]:
    path = folder / "manifest.json"
    try:
        manifest: Any = json.loads(path.read_text("utf-8"))
        hashes = dict(manifest["files"])
        files = {name: (folder / name).read_text("utf-8") for name in hashes}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"{folder}: is no model of valoriamo risk fit ({type(error).__name__} in "
            f"{path.name} or a file that it names); {_MEND}"
        ) from error
    if manifest.get("format") != _FORMAT:
        raise InputError(f"{folder}: the model is not of the form {_FORMAT!r}; {_MEND}")
    for name, text in files.items():
        if _sha256(text) != hashes[name]:
            raise InputError(f"{folder / name}: is not the file that was written; {_MEND}")
    return files


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
