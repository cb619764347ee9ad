"""What leaves the hub for the evaluator: tables without anybody who could be told.

A number about fewer than ten people is not there, nor is one from which it could be worked out
(:mod:`matching.accompaniment.impact.suppression`), over all tables together. Each row says which of
its numbers are hidden, each table how many. No identifier, no words of anybody, no single row of a
person. Cells that a spreadsheet would compute are made harmless.
"""

import csv
import io
import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching.accompaniment.effects import Effect
from matching.accompaniment.hsds.cells import neutralised
from matching.accompaniment.impact.behind import (
    PARTS,
    Groups,
    by_place,
    cells,
    outcome_key,
)
from matching.accompaniment.impact.following import Split
from matching.accompaniment.impact.progress import Progress
from matching.accompaniment.impact.rates import rate
from matching.accompaniment.impact.report import By, Counted, Impact, OutcomeRow
from matching.accompaniment.impact.suppression import LEAST, showable
from matching.domain import Measure
from matching.domain.outcomes import HORIZONS, WorkGroup

_DECIMALS = 4
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of one table; what is hidden is None, and its name is in the row's ``hidden``."""

    name: str
    rows: tuple[Mapping[str, Any], ...]

    @property
    def hidden(self) -> int:
        """How many numbers are hidden in it."""
        return sum(len(row["hidden"]) for row in self.rows)


def tables(found: Impact, *, language: str) -> tuple[Table, ...]:
    """The tables that may leave the hub.

    Parameters
    ----------
    found
        Everything, with small numbers.
    language
        Of the sources' sentences.
    """
    groups, lines = cells(found)
    shown = showable(groups, lines=lines)
    return (
        Table(name="people", rows=tuple(_people(one, shown) for one in found.counted)),
        Table(name="outcomes", rows=tuple(_outcome(one, shown) for one in found.outcomes)),
        Table(name="accounts", rows=tuple(_accounts(found, shown))),
        Table(
            name="targets",
            rows=tuple(_target(n, one, shown) for n, one in enumerate(found.progress)),
        ),
        Table(name="effects", rows=tuple(_effect(one, language) for one in effects_shown(found))),
        Table(name="unmet_needs", rows=tuple(_unmet(found, groups, shown))),
        Table(
            name="unfilled_vacancies",
            rows=tuple(
                {
                    "occupation": one.occupation,
                    "municipality": one.municipality,
                    "ambito": one.ambito,
                    "vacancies": len(one.vacancies),
                    "hidden": [],
                }
                for one in found.unfilled
            ),
        ),
    )


def effects_shown(found: Impact) -> list[Effect]:
    """The effects of measures that somebody took up, in both groups and at every horizon."""
    taken = {measure for measure, _, _ in _compared(found)}
    return [
        found.effects.of_group(measure, group, horizon=months)
        for measure in Measure
        if measure in taken
        for group in WorkGroup
        for months in HORIZONS
    ]


def files(found: Impact, *, language: str) -> dict[str, bytes]:
    """Every table that has rows as CSV, and all of them as one JSON document, by name of file."""
    made = tables(found, language=language)
    named = {f"{one.name}.csv": _csv(one).encode("utf-8") for one in made if one.rows}
    document = {
        "territory": found.territory,
        "as_of": found.as_of.isoformat(),
        "since": found.since.isoformat(),
        "work_days": found.work_days,
        "least": LEAST,
        "hidden": {one.name: one.hidden for one in made},
        "tables": {one.name: list(one.rows) for one in made},
    }
    named["tables.json"] = (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
    return named


def _compared(found: Impact) -> list[tuple[Measure, WorkGroup, int]]:
    return [key for key, of in found.effects.compared.items() if of.takers]


def _finished(row: _Row, names: Sequence[str]) -> _Row:
    """The row with the names of what is hidden in it."""
    return row | {"hidden": [name for name in names if row[name] is None]}


def _people(one: Counted, shown: frozenset[Hashable]) -> _Row:
    key = ("people", one.by, one.value)

    def of(name: str, count: int) -> int | None:
        return count if (*key, name) in shown and (count == 0 or count >= LEAST) else None

    row: _Row = {
        "by": str(one.by),
        "value": one.value,
        "people": of("people", len(one.people)),
        "households": of("households", len(one.households)),
        "paths": of("people", one.paths),
        "interrupted": of("interrupted", len(one.interrupted)),
        "people_with_job": of("with_job", len(one.with_job)),
        "jobs": of("with_job", one.jobs),
        "people_with_home": of("with_home", len(one.with_home)),
        "homes": of("with_home", one.homes),
    }
    return _finished(row, list(row)[2:])


def _outcome(row: OutcomeRow, shown: frozenset[Hashable]) -> _Row:
    key = outcome_key(row)
    made: _Row = {
        "outcome": str(row.kind),
        "months": row.months,
        "by": str(row.by),
        "value": row.value,
        **_rate("", row.split, key, shown),
    }
    may_be_hidden = ["followed", *PARTS]
    if row.by is By.ALL:
        made |= {
            "interrupted": len(row.interrupted) if (*key, "interrupted") in shown else None,
            **_rate("before_", row.before, key, shown),
            **_rate("compared_", row.compared, key, shown),
        }
        may_be_hidden += ["interrupted"]
        may_be_hidden += [f"{a}_{b}" for a in ("before", "compared") for b in ("followed", *PARTS)]
    return _finished(made, may_be_hidden)


def _rate(name: str, split: Split, key: tuple[Any, ...], shown: frozenset[Hashable]) -> _Row:
    made = rate(split)
    row: _Row = {
        f"{name}{part}": getattr(made, part) if (*key, f"{name}{part}") in shown else None
        for part in ("followed", *PARTS)
    }
    # A share gives away what it is made of.
    whole = made.share is not None and None not in row.values()
    for part in ("share", "lower", "upper", "least", "most"):
        row[f"{name}{part}"] = round(getattr(made, part), _DECIMALS) if whole else None
    return row


def _accounts(found: Impact, shown: frozenset[Hashable]) -> list[_Row]:
    rows = []
    for told in found.accounts:
        counts = {str(answer): len(people) for answer, people in told.answers.items()}
        counts["unknown"] = len(told.unknown)
        row: _Row = {"months": told.months} | {
            name: count if ("accounts", told.months, name) in shown else None
            for name, count in counts.items()
        }
        rows.append(_finished(row, list(counts)))
    return rows


def _target(number: int, one: Progress, shown: frozenset[Hashable]) -> _Row:
    may = ("targets", number) in shown and (one.done == 0 or one.done >= LEAST)
    ahead = one.projected if may else None
    row: _Row = {
        "target": str(one.target.kind),
        "counts": str(one.target.kind.counts),
        "number": one.number,
        "assumed": one.target.assumed,
        "source": one.target.source,
        "since": one.since.isoformat(),
        "until": None if one.until is None else one.until.isoformat(),
        "elapsed": None if one.elapsed is None else round(one.elapsed, _DECIMALS),
        "done": one.done if may else None,
        "projected": None if ahead is None else round(ahead, 1),
        "lower": one.lower if may else None,
        "upper": one.upper if may else None,
        "state": str(one.state),
    }
    return _finished(row, ["done"])


def _unmet(found: Impact, groups: Groups, shown: frozenset[Hashable]) -> list[_Row]:
    rows = []
    for (need, skill, level, place), people in by_place(found.missing).items():
        may = ("unmet", need, skill, level, place) in shown
        # Of a place with few, not even the need is told: it counts in what is around it.
        if may or level == "territory":
            row: _Row = {
                "need": need,
                "skill": skill,
                "level": level,
                "place": place,
                "people": len(people) if may else None,
            }
            rows.append(_finished(row, ["people"]))
    return rows


def _effect(one: Effect, language: str) -> _Row:
    return {
        "measure": str(one.measure),
        "group": str(one.group),
        "months": one.months,
        "mean": round(one.mean, _DECIMALS),
        "lower": round(one.lower, _DECIMALS),
        "upper": round(one.upper, _DECIMALS),
        "prior_mean": round(one.prior_mean, _DECIMALS),
        "prior_sd": round(one.prior_sd, _DECIMALS),
        "own_share": round(one.own_share, 2),
        "state": str(one.state),
        "grade": str(one.grade),
        "source": one.source.text[language],
        "dated": one.source.dated.isoformat(),
        "hidden": [],
    }


def _csv(table: Table) -> str:
    columns = list(dict.fromkeys(name for row in table.rows for name in row))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in table.rows:
        writer.writerow([_cell(row.get(name)) for name in columns])
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return neutralised(" ".join(value))
    # A number below zero is no formula; a text that begins so might be.
    return neutralised(value) if isinstance(value, str) else str(value)
