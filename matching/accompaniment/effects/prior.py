"""``data/measures/effects.toml``: what is believed of each measure before a territory's outcomes.

What the fields mean, and how the numbers were set, is written at the head of that file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from types import MappingProxyType

from matching.domain import Grade, Measure
from matching.domain.outcomes import HORIZONS, WorkGroup
from matching.errors import DataError, TerritoryError
from matching.territory.reading import Table, read_toml

FILE = "effects.toml"
_LANGUAGES = frozenset({"it", "en"})
_WIDEST = 0.5  # points: nothing that is believed of a measure is as large
_HUNDRED = 100.0

Key = tuple[Measure, WorkGroup, int]
"""A kind of measure, a group, a horizon in months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectSource:
    """Where numbers come from: a sentence by language, and the day of the facts."""

    id: str
    dated: date
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """One effect as it is believed, in points of probability (0 to 1), without lock-in."""

    mean: float
    sd: float
    grade: Grade
    source: EffectSource


@dataclass(frozen=True, slots=True, kw_only=True)
class LockIn:
    """What 100 hours of a measure take from the chance while it lasts, by horizon: mean, sd."""

    per_hundred: Mapping[int, tuple[float, float]]
    most_hours: int
    grade: Grade
    source: EffectSource

    def of(self, hours: float, months: int) -> tuple[float, float]:
        """Mean and sd of the points that some hours take by a horizon."""
        mean, sd = self.per_hundred[months]
        hundreds = min(hours, self.most_hours) / _HUNDRED
        return mean * hundreds, sd * hundreds


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooling:
    """How alike departures from what is believed are held to be: correlations, 0 to below 1."""

    measures: float
    groups: float
    horizons: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """The whole file. ``beliefs`` has every measure, group and horizon."""

    checked: date
    valid_from: date
    valid_to: date | None
    pooling: Pooling
    lock_in: LockIn
    usual_hours: Mapping[Measure, int]
    beliefs: Mapping[Key, Belief]

    def valid_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def load_effects(folder: Path) -> Prior:
    """Read and check the effects of a measures folder.

    Raises
    ------
    DataError
        Naming file, entry, key and value: a file that is missing or not TOML, an unknown, missing
        or mistyped key, a number out of bounds, a source that is not there or serves nothing, a
        measure, group or horizon that is missing or there twice.
    """
    try:
        return _read(read_toml(folder / FILE))
    except TerritoryError as error:
        # Tables are read as those of a territory are; what is wrong here is no territory.
        raise DataError(str(error)) from error


def _read(file: Table) -> Prior:
    checked, valid_from = file.day("checked"), file.day("valid_from")
    valid_to = file.day("valid_to") if "valid_to" in file.values else None
    if valid_to is not None and valid_to < valid_from:
        raise DataError(f"{file.where}: valid_to = {valid_to} is before valid_from; correct one")
    sources = _sources(file.tables("source"))
    used: set[str] = set()
    pooling = _pooling(file.table("pooling"))
    lock_in = _lock_in(file.table("lock_in"), sources, used)
    hours: dict[Measure, int] = {}
    beliefs: dict[Key, Belief] = {}
    for entry in file.tables("measure"):
        _measure(entry, sources, used, hours, beliefs)
    file.finish()
    for measure, group, months in product(Measure, WorkGroup, HORIZONS):
        if (measure, group, months) not in beliefs:
            raise DataError(
                f"{file.where}: nothing is said of {measure} for {group} at {months} months; add it"
            )
    if idle := sorted(set(sources) - used):
        raise DataError(f"{file.where}: source {idle[0]!r} is used by nothing; use or remove it")
    return Prior(
        checked=checked,
        valid_from=valid_from,
        valid_to=valid_to,
        pooling=pooling,
        lock_in=lock_in,
        usual_hours=MappingProxyType(hours),
        beliefs=MappingProxyType(beliefs),
    )


def _sources(entries: Sequence[Table]) -> dict[str, EffectSource]:
    found: dict[str, EffectSource] = {}
    for entry in entries:
        source = EffectSource(
            id=entry.text("id"), dated=entry.day("dated"), text=entry.mapping("text")
        )
        entry.finish()
        if source.id in found:
            raise DataError(f"{entry.where}: id = {source.id!r} is used twice; rename one")
        if set(source.text) != _LANGUAGES:
            raise DataError(f"{entry.where} ({source.id}): text needs it and en, and no other")
        found[source.id] = source
    return found


def _pooling(table: Table) -> Pooling:
    read = Pooling(**{name: _share(table, name) for name in ("measures", "groups", "horizons")})
    table.text("reason")
    table.finish()
    return read


def _lock_in(table: Table, sources: Mapping[str, EffectSource], used: set[str]) -> LockIn:
    by_month: dict[int, tuple[float, float]] = {}
    for months in HORIZONS:
        cell = table.table(f"at_{months}")
        mean, sd = _points(cell, "mean"), _points(cell, "sd", least=0.0)
        cell.finish()
        if mean > 0:
            raise DataError(f"{cell.where}: mean = {mean} is above 0; lock-in only takes away")
        by_month[months] = (mean, sd)
    read = LockIn(
        per_hundred=MappingProxyType(by_month),
        most_hours=table.whole("most_hours"),
        grade=table.choice("grade", Grade),
        source=_source(table, sources, used),
    )
    table.finish()
    return read


def _measure(
    entry: Table,
    sources: Mapping[str, EffectSource],
    used: set[str],
    hours: dict[Measure, int],
    beliefs: dict[Key, Belief],
) -> None:
    measure = entry.choice("kind", Measure)
    if measure in hours:
        raise DataError(f"{entry.where}: kind = {measure.value!r} is there twice; remove one")
    hours[measure] = entry.whole("usual_hours", least=0)
    for effect in entry.called(measure).tables("effect"):
        groups = effect.choices("groups", WorkGroup)
        for months in HORIZONS:
            cell = effect.table(f"at_{months}")
            belief = Belief(
                mean=_points(cell, "mean"),
                sd=_points(cell, "sd", least=0.001),
                grade=cell.choice("grade", Grade),
                source=_source(cell, sources, used),
            )
            cell.finish()
            for group in groups:
                if (measure, group, months) in beliefs:
                    raise DataError(f"{effect.where}: {group} is there twice; remove one")
                beliefs[measure, group, months] = belief
        effect.finish()
    entry.finish()


def _source(table: Table, sources: Mapping[str, EffectSource], used: set[str]) -> EffectSource:
    name = table.known("source", list(sources), what="the id of a [[source]] of this file")
    used.add(name)
    return sources[name]


def _points(table: Table, key: str, *, least: float = -_WIDEST) -> float:
    value = table.number(key, least=least)
    if value > _WIDEST:
        raise DataError(
            f"{table.where}: {key} = {value:g} is above {_WIDEST:g}; write points as 0.03"
        )
    return value


def _share(table: Table, key: str) -> float:
    value = table.number(key, least=0.0)
    if value >= 1:
        raise DataError(f"{table.where}: {key} = {value:g} is not below 1; write a share as 0.3")
    return value
