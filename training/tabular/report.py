"""The audit of a model on a table of any columns, and its JSON: the same for the same inputs.

Every row is audited. What could give away a group of fewer than ten, in whatever part of the
report it stands, is left out of it.
"""

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

from matching.disclosure import LEAST
from matching.errors import DataError
from training.tabular.cliffs import Cliff, Survey, survey
from training.tabular.groups import USUAL, GroupAudit, Tolerances, audit_groups
from training.tabular.hidden import SEED, Search, search
from training.tabular.intervals import undefined
from training.tabular.known_rules import KnownRule
from training.tabular.parts import NOBODY, Parts, also_showable, parts
from training.tabular.proxies import Leak, leaks
from training.tabular.scored import Flags, Scored, same_rows
from training.tabular.slices import tells_groups
from training.tabular.variants import Variants, with_and_without

FORMAT = 1
NONE: Mapping[str, str] = {}
_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """All that an audit says. ``lost`` counts people whose outcome nobody saw.

    ``out_of_fold`` says that every risk is of a model that did not learn from the person; without
    it some may be, and then foretell her too well.
    ``suppressed`` counts groups that may not be shown, ``withheld`` findings of the search and
    sides of cliffs that could give one of them away.
    """

    rows: int
    bad: int
    good: int
    lost: int
    out_of_fold: bool
    declared: tuple[str, ...]
    inputs: tuple[str, ...]
    declared_inputs: tuple[str, ...]
    skipped: tuple[str, ...]
    top_share: float
    seed: int
    groups: GroupAudit
    suppressed: int
    hidden: Search
    cliffs: Survey
    withheld: int
    leaks: tuple[Leak, ...]
    variants: Variants | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """The same people scored by a model that is the same but for the inputs left out."""

    people: Scored
    left_out: tuple[str, ...]


def audit(
    people: Scored,
    table: pd.DataFrame,
    *,
    declared: Sequence[str],
    inputs: Sequence[str],
    skip: Collection[str] = (),
    rules: Sequence[KnownRule] = (),
    expected: Mapping[str, Sequence[str]] = NOBODY,
    without: Without | None = None,
    out_of_fold: bool = True,
    top_share: float = 0.2,
    tolerances: Tolerances = USUAL,
    seed: int = SEED,
) -> Audit:
    """Audit a model's estimates on the table that they are for.

    Parameters
    ----------
    people
        A row per person.
    table
        All columns of the same rows, typed: floats, objects, dates.
    declared
        The protected columns; one that the table does not have is said to be absent.
    inputs
        The columns that the model reads.
    skip
        Columns that are the outcome or came after it: neither searched nor looked at for cliffs.
    rules
        Known rules that make outcomes jump.
    expected
        By declared column, the values that there should be.
    without
        The second model, for what leaving inputs out costs each group.
    out_of_fold
        Whether it is known of every risk that its model did not learn from the person.
    top_share
        The share of people, by risk, that the hub can follow closely.
    tolerances, seed
        Of the verdicts, and of the halves of the search.

    Raises
    ------
    DataError
        For other rows, and for inputs that the table does not have.
    """
    same_rows(people, table)
    missing = [name for name in inputs if name not in table.columns]
    if missing:
        raise DataError(
            f"Inputs {missing} are no columns of the table: give the table that the model was "
            "fitted on, with all its columns."
        )
    if not len(people):
        raise DataError("The table has no rows: there is nothing to audit.")
    groups = parts(table, declared, expected=expected)
    hidden = search(people, table, skip=skip, seed=seed)
    cliffs = survey(people, table, skip=skip, rules=rules)
    findings = [finding.rows for finding in hidden.findings]
    sides = [side for cliff in cliffs.cliffs for side in _sides(people, table, cliff)]
    fine = also_showable(groups, [*findings, *sides])
    shown = tuple(f for f, ok in zip(hidden.findings, fine, strict=False) if ok)
    left = fine[len(findings) :]
    both = [below and above for below, above in zip(left[::2], left[1::2], strict=True)]
    told = tuple(
        cliff if ok else _without_sides(cliff)
        for cliff, ok in zip(cliffs.cliffs, both, strict=True)
    )
    usable = [name for name in inputs if tells_groups(table[name])]
    return Audit(
        rows=len(people),
        bad=int((people.bad == 1).sum()),
        good=int((people.bad == 0).sum()),
        lost=int(np.isnan(people.bad).sum()),
        out_of_fold=out_of_fold,
        declared=tuple(declared),
        inputs=tuple(inputs),
        declared_inputs=tuple(name for name in inputs if name in declared),
        skipped=tuple(sorted(skip)),
        top_share=top_share,
        seed=seed,
        groups=audit_groups(people, groups, top_share=top_share, tolerances=tolerances),
        suppressed=sum(not part.shown for part in groups.groups),
        hidden=replace(hidden, findings=shown),
        cliffs=replace(cliffs, cliffs=told),
        withheld=len(hidden.findings) - len(shown) + both.count(False),
        leaks=leaks(people, table, groups, usable),
        variants=_compared(people, without, groups, top_share),
    )


def to_json(found: Audit, *, hashes: Mapping[str, str] = NONE, as_of: date | None = None) -> str:
    """One JSON document; equal inputs give equal bytes, and no clock is read.

    Parameters
    ----------
    found
        The audit.
    hashes
        SHA-256 of the data, the model and the code, by name, to say what was audited.
    as_of
        The day of the audit, where it is to be said.
    """
    document = {
        "format": FORMAT,
        "as_of": None if as_of is None else as_of.isoformat(),
        "hashes": dict(hashes),
        "least_shown": LEAST,
        "audit": _plain(found),
    }
    return (
        json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True) + "\n"
    )


def _compared(
    people: Scored, without: Without | None, groups: Parts, top_share: float
) -> Variants | None:
    if without is None:
        return None
    return with_and_without(
        people, without.people, groups, left_out=without.left_out, top_share=top_share
    )


def _sides(people: Scored, table: pd.DataFrame, cliff: Cliff) -> tuple[Flags, Flags]:
    held = people.known & table[cliff.column].notna().to_numpy(dtype=bool)
    return held & ~cliff.rows, held & cliff.rows


def _without_sides(cliff: Cliff) -> Cliff:
    nothing = undefined(cliff.below.method)
    return replace(cliff, below=nothing, above=nothing, n_below=None, n_above=None)


def _plain(value: object) -> object:
    """Values as JSON has them: six digits of a number, nothing where it is not one."""
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return {
            name: _plain(held) for name, held in named.items() if not isinstance(held, np.ndarray)
        }
    if isinstance(value, StrEnum | str | bool | int) or value is None:
        return value
    if isinstance(value, float):
        rounded = float(f"{value:.{_DIGITS}g}")
        return (rounded or 0.0) if math.isfinite(rounded) else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(held) for name, held in value.items()}
    if isinstance(value, Sequence):
        return [_plain(held) for held in value]
    raise TypeError(f"{type(value).__name__} has no place in the audit's JSON.")
