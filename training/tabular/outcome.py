"""What came of each row: a label, or a spell cut into periods; both in the words of spells.

A label is a spell of one period: who has the good outcome left in it. So the same estimators
serve both, and a risk is always the chance of not having found work, or not having left, by then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.errors import InputError
from matching.models.spells import CENSORED, INACTIVE, WORK
from training.tabular.cells import NO, YES, numbers, tidy, yes_no
from training.tabular.columns import Column, Distinct, Writing, as_codes, check_known, distinct
from training.tabular.periods import period_ends, periods_seen
from training.tabular.reading import RawTable

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]
Words = npt.NDArray[np.object_]

FEWEST = 10
"""Rows of each outcome without which nothing is learnt."""

_SHOWN = 6
_WORK = {*YES, "work", "lavoro", "occupato", "occupata", "employed", "job", "event", "evento"}
_CENSORED = {
    *NO, "censored", "censurato", "censurata", "censoring", "open", "aperto", "ongoing", "in corso",
    "still looking", "in cerca",
}  # fmt: skip
_INACTIVE = {"2", "inactive", "inattivo", "inattiva", "inattività"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelTask:
    """A column with two values; ``positive`` is the one whose risk is asked (1 or yes if None)."""

    column: str
    positive: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellTask:
    """A column with how long a spell was seen, one with how it ended, and horizons to foretell.

    The unit is that of the durations. Events: 1, yes or work for a spell that ended in work; 0, no
    or censored for one that was still open when last seen; 2 or inactive for one that ended in
    another way.
    """

    event: str
    duration: str
    horizons: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """What came of the rows that have an outcome.

    Attributes
    ----------
    rows
        Their places in the table, counted from 0, in its order.
    event
        How each of them ended, as far as seen: work, inactive or censored.
    duration
        How long it was seen, in the unit of the table; 1 for labels.
    months
        In how many periods it was seen, none of which is after the last horizon.
    ends
        Ends of the periods in that unit.
    horizons
        Those asked for, in order; (1.0,) for labels.
    positive
        The value of a label whose risk is foretold; "" for spells.
    columns
        The columns it was read from, which can be no input.
    notes
        What was left out, and how values were read.
    """

    rows: Whole = field(repr=False)
    event: Words = field(repr=False)
    duration: Array = field(repr=False)
    months: Whole = field(repr=False)
    ends: tuple[float, ...]
    horizons: tuple[float, ...]
    positive: str
    columns: tuple[str, ...]
    notes: tuple[str, ...]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    @property
    def is_label(self) -> bool:
        """Whether it is a label, known of every row."""
        return bool(self.positive)

    @property
    def good(self) -> Flags | None:
        """Which rows have the good outcome; None for spells, where a horizon decides."""
        return self.event == WORK if self.is_label else None

    def frame(self) -> pd.DataFrame:
        """Months and event as :mod:`matching.models.spells` reads them, the index as in the table.

        What ended after the last horizon is open there.
        """
        later = self.duration > self.ends[-1] * (1 + 1e-9)
        event = np.where(later, CENSORED, self.event).astype(object)
        return pd.DataFrame({"months": self.months, "event": event}, index=self.rows)

    def periods(self, horizon: float) -> int:
        """In how many periods a horizon is reached."""
        return int(np.searchsorted(self.ends, horizon * (1 + 1e-9), side="right"))

    def bad(self, horizon: float) -> Array:
        """1 where no work was found by a horizon, 0 where it was, NaN where nobody saw.

        Who went inactive by then found none.
        """
        by_then = self.duration <= horizon
        bad = np.where(by_then & (self.event == WORK), 0.0, 1.0)
        bad[(self.event == CENSORED) & (self.duration < horizon)] = np.nan
        return bad


def read_outcome(raw: RawTable, columns: Sequence[Column], task: LabelTask | SpellTask) -> Outcome:
    """What came of each row of a table.

    Rows without an outcome are left out, which ``notes`` say.

    Raises
    ------
    InputError
        For a column that is not there, a label with other than two values or without the positive
        one, an event that is not understood, a duration that is no number or below 0, a horizon
        beyond what was seen, and less than 10 rows of an outcome.
    """
    if isinstance(task, LabelTask):
        check_known([task.column], raw.names, "--label")
        return _label(raw, task)
    check_known([task.event], raw.names, "--event")
    check_known([task.duration], raw.names, "--duration")
    return _spells(raw, columns, task)


def _label(raw: RawTable, task: LabelTask) -> Outcome:
    cells = distinct(raw.frame[task.column])
    texts = as_codes(cells.texts)
    where = f"{raw.name}: the label {task.column!r}"
    values = sorted({*texts.tolist()})
    if len(values) != 2:
        raise InputError(
            f"{where} has {len(values)} values ({_shown(values)}) where two are needed; make a "
            "column of 0 and 1 that says which rows have the outcome whose risk is asked."
        )
    positive = _positive(where, cells, texts, values, task.positive)
    rows = np.flatnonzero(cells.codes >= 0)
    bad = (texts == positive)[cells.codes[rows]]
    for value, count in zip((positive, *({*values} - {positive})), (bad, ~bad), strict=True):
        if count.sum() < FEWEST:
            raise InputError(
                f"{where} is {value!r} in {int(count.sum())} rows; at least {FEWEST} of each value "
                "are needed."
            )
    said = [f"Risk is the chance that {task.column!r} is {positive!r}."]
    if cells.missing:
        said.append(f"{cells.missing} rows without a label were left out.")
    return Outcome(
        rows=rows.astype(np.int64),
        event=np.where(bad, CENSORED, WORK).astype(object),
        duration=np.ones(len(rows)),
        months=np.ones(len(rows), dtype=np.int64),
        ends=(1.0,),
        horizons=(1.0,),
        positive=positive,
        columns=(task.column,),
        notes=tuple(said),
    )


def _positive(
    where: str, cells: Distinct, texts: Words, values: list[str], wanted: str | None
) -> str:
    """The value of a label whose risk is asked, as it is written in the table."""
    if wanted is None:
        answers = yes_no(cells.texts)
        if answers is None:
            raise InputError(
                f"{where} has the values {_shown(values)}; say with --positive which one is the "
                "outcome whose risk is asked."
            )
        return str(texts[answers == 1.0][0])
    asked = str(as_codes(tidy([wanted]))[0])
    alike = [value for value in values if value == asked] or [
        value for value in values if value.casefold() == asked.casefold()
    ]
    if len(alike) != 1:
        raise InputError(
            f"{where} has the values {_shown(values)}, and --positive is {wanted!r}; give one of "
            "them."
        )
    return alike[0]


def _spells(raw: RawTable, columns: Sequence[Column], task: SpellTask) -> Outcome:
    horizons = tuple(sorted({*task.horizons}))
    if not horizons or not all(np.isfinite(one) and one > 0 for one in horizons):
        raise InputError(
            f"--horizon {', '.join(f'{one:g}' for one in horizons)}: give at least one, above 0."
        )
    event, inactive = _events(raw, task.event)
    forms = {column.name: column.form for column in columns}
    duration = _durations(raw, task.duration, comma=forms.get(task.duration) is Writing.COMMA)
    rows = np.flatnonzero((event != "") & ~np.isnan(duration))
    event, duration = event[rows], duration[rows]
    where = f"{raw.name}: {task.event!r}"
    if (found := int((event == WORK).sum())) < FEWEST:
        raise InputError(f"{where} has {found} spells that ended in work; at least {FEWEST}.")
    if duration.max() < horizons[-1]:
        raise InputError(
            f"{raw.name}: no spell in {task.duration!r} was seen for {horizons[-1]:g}, the longest "
            f"for {duration.max():g}; give an earlier --horizon."
        )
    ends = period_ends(duration, horizons)
    months = periods_seen(duration, event != CENSORED, ends)
    said = [inactive] if inactive else []
    if left := len(raw) - len(rows):
        said.append(f"{left} rows without an event or a duration were left out.")
    return Outcome(
        rows=rows.astype(np.int64),
        event=event,
        duration=duration,
        months=np.minimum(months, len(ends)),
        ends=ends,
        horizons=horizons,
        positive="",
        columns=(task.event, task.duration),
        notes=tuple(said),
    )


def _events(raw: RawTable, column: str) -> tuple[Words, str]:
    """How each spell ended, "" where blank, and what to say of the way it was read."""
    cells = distinct(raw.frame[column])
    small = [text.casefold() for text in as_codes(cells.texts)]
    strange = [text for text in small if text not in _WORK | _CENSORED | _INACTIVE]
    if strange or ("2" in small and not {*small} & _CENSORED):
        raise InputError(
            f"{raw.name}: the event {column!r} has the values {_shown(small)}; write 1 for a spell "
            "that ended in work, 0 for one still open when last seen, 2 for another end."
        )
    read = [
        WORK if text in _WORK else CENSORED if text in _CENSORED else INACTIVE for text in small
    ]
    event = np.array([*read, ""], dtype=object)[cells.codes]
    said = f"2 in {column!r} was read as an end other than work." if "2" in small else ""
    return event, said


def _durations(raw: RawTable, column: str, *, comma: bool) -> Array:
    cells = distinct(raw.frame[column])
    read = numbers(cells.texts)
    values = read.comma if comma else read.point
    wrong = np.append(np.isnan(values) | (values < 0), False)[cells.codes]
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        raise InputError(
            f"{raw.where(first)}: the duration {column!r} is {raw.frame[column].iloc[first]!r}; "
            f"durations are numbers, 0 or more ({int(wrong.sum())} are not)."
        )
    return np.append(values, np.nan)[cells.codes]


def _shown(values: Sequence[str]) -> str:
    listed = ", ".join(repr(value[:40]) for value in values[:_SHOWN])
    return listed + (", …" if len(values) > _SHOWN else "")
