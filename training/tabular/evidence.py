"""What the values of a column alone say of an outcome, and when that is too much."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from scipy.stats import beta

from matching.models.spells import WORK
from training.tabular.alone import Codes, Flags, Groups, folded_auc
from training.tabular.columns import Column, Kind
from training.tabular.outcome import Outcome

PERFECT = 0.95
"""Area under the curve from which one column alone foretells too well."""
FEWEST = 20
"""Rows with a value for it to settle anything."""

_SURE = 0.1
_LEVEL = 0.99
_CHANCE = 1e-6
_PER_VALUE = 5


class Why(StrEnum):
    """Why a column is suspected."""

    COPY = "copy"  # each of its values has one outcome
    PREDICTS = "predicts"
    DECIDES = "decides"  # one of its values, or a blank, has one outcome
    AFTER_INTAKE = "after_intake"  # its dates are after intake
    NAMED_AFTER = "named_after"  # its name states a month or year after intake
    LATER_WAVE = "later_wave"  # its name ends in a number after that of another one's
    NAMED_OUTCOME = "named_outcome"  # its name has a word for the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A column that may know the outcome.

    ``sure`` suspects are those to drop; the others are to be asked about. ``measure`` is the area
    under the curve for COPY and PREDICTS, the share of rows with the value for DECIDES, of rows
    dated after intake for AFTER_INTAKE and NAMED_AFTER, and None where only the name speaks.
    """

    column: str
    why: Why
    sure: bool
    measure: float | None
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A yes or no that no input can know, and of which rows it is known.

    ``by_time`` is one that the time of intake may tell of: spells that began long ago have ended.
    """

    name: str
    rows: Codes
    bad: Flags
    by_time: bool = False


def targets_of(outcome: Outcome) -> Iterator[Target]:
    """The outcome by each horizon, where both kinds of it are seen."""
    for horizon in outcome.horizons:
        bad = outcome.bad(horizon)
        rows = np.flatnonzero(~np.isnan(bad))
        known = bad[rows] > 0
        if min(known.sum(), (~known).sum()) >= FEWEST // 2:
            name = "the label" if outcome.is_label else f"no work by {horizon:g}"
            yield Target(name, rows, known)


def end_of(outcome: Outcome) -> Iterator[Target]:
    """Whether spells ended in work as far as seen, where some did not."""
    ended = outcome.event == WORK
    if not outcome.is_label and not ended.all():
        yield Target("whether the spell ended in work", np.arange(len(outcome)), ended, True)


def foretells(column: Column, groups: Groups, targets: Sequence[Target]) -> Suspect | None:
    """A column that alone foretells the outcome nearly perfectly, on rows it did not learn from."""
    best, of, copied = 0.0, "", False
    for target in targets:
        codes = groups.codes[target.rows]
        area = folded_auc(codes, target.bad)
        if area > best:
            best, of, copied = area, target.name, _is_pure(codes, target.bad)
    if best < PERFECT:
        return None
    text = (
        f"{column.name!r}: each of its values, or a blank, always has the same outcome ({of})."
        if copied
        else f"{column.name!r} alone foretells {of} nearly perfectly (AUC {best:.3f})."
    )
    why = Why.COPY if copied else Why.PREDICTS
    return Suspect(column=column.name, why=why, sure=True, measure=best, text=text)


def _is_pure(codes: Codes, bad: Flags) -> bool:
    """Whether every group has one outcome, and groups are not just rows."""
    size = np.bincount(codes)
    yes = np.bincount(codes, weights=bad)
    pure = bool(((yes == 0) | (yes == size)).all())
    return pure and (size > 0).sum() * _PER_VALUE <= len(codes)


def copies_end(column: Column, groups: Groups, ends: Sequence[Target]) -> Suspect | None:
    """A column each of whose values says whether the spell ended in work."""
    if not any(_is_pure(groups.codes, target.bad) for target in ends):
        return None
    text = f"{column.name!r}: each of its values says whether the spell ended in work."
    return Suspect(column=column.name, why=Why.COPY, sure=True, measure=1.0, text=text)


def together(
    table: pd.DataFrame, columns: Sequence[Column], targets: Sequence[Target]
) -> dict[str, tuple[str, ...]]:
    """Flags that are never there together and add up to the outcome, by each of them.

    Such as unemployed and out of the labour force, of which who is not employed has one.
    """
    flags = [column.name for column in columns if column.kind is Kind.YES_NO and not column.missing]
    found: dict[str, tuple[str, ...]] = {}
    for target in targets:
        ones = {name: table[name].to_numpy(dtype=float)[target.rows] > 0 for name in flags}
        for wanted in (target.bad, ~target.bad):
            left, family = wanted.copy(), []
            for name in sorted(flags, key=lambda one: -int(ones[one].sum())):
                if ones[name].sum() >= FEWEST and not (ones[name] & ~left).any():
                    left &= ~ones[name]
                    family.append(name)
            if len(family) > 1 and not left.any():
                found |= dict.fromkeys(family, tuple(family))
    return found


def shares(column: Column, shared: dict[str, tuple[str, ...]]) -> Suspect | None:
    """A flag that :func:`together` found."""
    family = shared.get(column.name)
    if family is None:
        return None
    others = ", ".join(repr(name) for name in family if name != column.name)
    text = f"{column.name!r}, with {others}, says the outcome: where it holds, one of them does."
    return Suspect(column=column.name, why=Why.COPY, sure=True, measure=1.0, text=text)


def settles(
    column: Column, groups: Groups, targets: Sequence[Target], values: int
) -> Suspect | None:
    """A value, or a blank, that has nearly always one outcome, which others seldom have."""
    told: list[tuple[bool, float, str]] = []
    for target in targets:
        codes = groups.codes[target.rows]
        size = np.bincount(codes, minlength=len(groups.single))
        yes = np.bincount(codes, weights=target.bad, minlength=len(groups.single))
        for code in np.flatnonzero(groups.single & (size >= FEWEST)):
            count = int(size[code])
            against = min(yes[code], count - yes[code])
            usual = target.bad.mean() if against == yes[code] else 1 - target.bad.mean()
            most = beta.ppf(_LEVEL, against + 1, count - against)
            sure = bool(most <= _SURE * usual) and not target.by_time
            if sure or (not against and count * np.log1p(-usual) < np.log(_CHANCE / values)):
                what = "a blank" if code == groups.blank else "one of its values"
                text = (
                    f"{column.name!r}: {what} settles {target.name} in {count - int(against)} of "
                    f"{count} rows, where chance would in {count * (1 - usual):.0f}."
                )
                told.append((sure, count / len(codes), text))
    if not told:
        return None
    sure, share, text = max(told)
    return Suspect(column=column.name, why=Why.DECIDES, sure=sure, measure=share, text=text)
