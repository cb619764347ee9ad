"""What a table of risk is asked: the configuration of ``valoriamo benchmark risk``, as TOML.

::

    benchmark = "risk"
    data = "../shared/data/risk-name"     # the folder of the table, from where the command runs
    table = "name.csv"
    label = "column"                      # or: event = "column", duration = "column"
    positive = "1"                        # of the label, the value whose risk is asked
    horizons = [26]                       # of spells, in the unit of the durations
    exclude = ["leak"]                    # known too late, or the outcome told otherwise
    protected = ["age"]                   # groups of the audit
    allow = ["age"]                       # of those, the ones that the published baseline reads
    categories = ["code"]                 # numbers that are names
    rules = "rules.toml"                  # rules that are known to make outcomes jump
    folds = 5
    seed = 0

    [[keep]]                              # only these rows
    column = "age"
    below = 50                            # or: from = 50, among = ["1", "2"]

    [[derive]]                            # a column made from others
    name = "exhausted"
    column = "weeks"
    at_least = 26                         # or: equals = "0", times = 2; or: count = "value" with
                                          # first and last, of the columns from one to the other
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matching.errors import InputError
from training.tabular import LabelTask, SpellTask

_LISTS = ("exclude", "protected", "allow", "categories")
_KNOWN = {
    "benchmark", "data", "table", "label", "positive", "event", "duration", "horizons", "rules",
    "folds", "seed", "keep", "derive", *_LISTS,
}  # fmt: skip
_KEEPS = {"column", "below", "from", "among"}
_MAKES = {"name", "column", "at_least", "equals", "times", "count", "first", "last"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Rows to keep: below a number, from a number on, or with some values."""

    column: str
    below: float | None = None
    least: float | None = None
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Derive:
    """A column made from another (``at_least``, ``equals``, ``times``), or counted in several."""

    name: str
    column: str = ""
    at_least: float | None = None
    equals: str | None = None
    times: float | None = None
    count: str | None = None
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskConfig:
    """Everything a run on one table depends on besides the product."""

    data: Path
    table: str
    task: LabelTask | SpellTask
    exclude: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    rules: Path | None = None
    folds: int = 5
    seed: int = 0
    keep: tuple[Keep, ...] = ()
    derive: tuple[Derive, ...] = field(default=())


def read_risk_config(folder: Path) -> RiskConfig:
    """Read ``config.toml`` of an experiment; an ``InputError`` names what is wrong in it."""
    path = folder / "config.toml"
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}).") from error
    if strange := sorted(set(given) - _KNOWN):
        raise InputError(f"{path}: unknown key {strange[0]!r}; correct or remove it.")
    if given.get("benchmark") != "risk":
        raise InputError(f"{path}: benchmark = {given.get('benchmark')!r}; this runs 'risk' only.")
    rules = given.get("rules")
    return RiskConfig(
        data=Path(_text(path, given, "data")),
        table=_text(path, given, "table"),
        task=_task(path, given),
        **{name: tuple(map(str, given.get(name, ()))) for name in _LISTS},
        rules=None if rules is None else folder / str(rules),
        folds=int(given.get("folds", 5)),
        seed=int(given.get("seed", 0)),
        keep=tuple(_keep(path, row) for row in given.get("keep", ())),
        derive=tuple(_derive(path, row) for row in given.get("derive", ())),
    )


def _task(path: Path, given: Mapping[str, Any]) -> LabelTask | SpellTask:
    if ("label" in given) == ("event" in given):
        raise InputError(f"{path}: give either label, or event with duration and horizons.")
    if "label" in given:
        positive = given.get("positive")
        return LabelTask(
            column=str(given["label"]), positive=None if positive is None else str(positive)
        )
    return SpellTask(
        event=_text(path, given, "event"),
        duration=_text(path, given, "duration"),
        horizons=tuple(float(horizon) for horizon in given.get("horizons", ())),
    )


def _keep(path: Path, row: Mapping[str, Any]) -> Keep:
    if set(row) - _KEEPS or "column" not in row or len(row) < 2:
        raise InputError(f"{path}: [[keep]] {dict(row)}; give column, and below, from or among.")
    return Keep(
        column=str(row["column"]),
        below=row.get("below"),
        least=row.get("from"),
        among=tuple(map(str, row.get("among", ()))),
    )


def _derive(path: Path, row: Mapping[str, Any]) -> Derive:
    ways = [key for key in ("at_least", "equals", "times", "count") if key in row]
    if "count" in row and "at_least" in row:
        ways.remove("at_least")
    if set(row) - _MAKES or "name" not in row or len(ways) != 1:
        raise InputError(
            f"{path}: [[derive]] {dict(row)}; give name, column, and one of at_least, equals, "
            "times; or name, count, first, last."
        )
    return Derive(**{key: value for key, value in row.items() if key != "equals"}, **_equals(row))


def _equals(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"equals": str(row["equals"])} if "equals" in row else {}


def _text(path: Path, given: Mapping[str, Any], key: str) -> str:
    value = given.get(key)
    if not isinstance(value, str) or not value:
        raise InputError(f"{path}: {key} = {value!r}; give a text.")
    return value
