"""How a risk estimate does by group: every number with its interval, its people, and a verdict.

What is missed comes first: a person who will find no work and is not among those followed closely
is the error that costs. A verdict compares a group with the rest of the people, or with the ideal
where there is one, and is one of three: within the tolerance, outside of it, or not enough
evidence. A group about which little is known is never called fair.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

import numpy as np
from scipy.stats import fisher_exact, rankdata

from matching.errors import DataError
from training.tabular.intervals import LEVEL, Interval, share
from training.tabular.measures import AGAINST_REST, Sides, measures
from training.tabular.parts import Part, Parts
from training.tabular.reliability import Reliability, reliability
from training.tabular.scored import Array, Scored, top
from training.tabular.sums import dot

FOUR_FIFTHS = 0.8
_FEWEST = 10  # persons seen, for any verdict
_LEADING = 0.02  # of the people, for a group to be what the others are held against
_SMALL = 200  # persons seen, for no warning
_SMALL_EVENTS = 20  # of either outcome, for no warning
_WORSE_ONLY = frozenset({"ece", "brier"})  # nobody minds when these are better


class Verdict(StrEnum):
    """What a group's number says against its reference."""

    WITHIN = "within"
    OUTSIDE = "outside"
    INSUFFICIENT = "insufficient evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerances:
    """How far a number may be from its reference; the metrics are those of :func:`audit_groups`.

    Shares, areas and scores as they are; ``intercept`` in log odds.
    """

    fnr: float = 0.05
    false_omission: float = 0.05
    gap: float = 0.02
    slope: float = 0.2
    intercept: float = 0.2
    ece: float = 0.03
    auc: float = 0.05
    brier: float = 0.01
    fpr: float = 0.05
    precision: float = 0.05


USUAL = Tolerances()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One metric of one group (trust requirement F1).

    ``away`` is the distance from ``reference`` with its 95% interval, which the verdict reads;
    the verdict is None where a number has no reference, as a rate of everybody.
    """

    metric: str
    value: float | None
    low: float | None
    high: float | None
    reference: float | None
    away: Interval | None
    verdict: Verdict | None
    n: int
    positives: int
    negatives: int
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """The share of a group that is followed closely against that of the group with the largest.

    The four-fifths rule is a flag that asks somebody to look, and never says that all is well;
    ``p`` is Fisher's exact test of the same two shares.
    """

    share: Interval
    against: str
    ratio: float | None
    low: float | None
    high: float | None
    p: float
    flag: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What an audit says of one group; nothing but its name when it may not be shown.

    ``n`` counts everybody, ``positives`` and ``negatives`` those whose outcome was seen. ``small``
    warns that the numbers would be others in another year. ``curve`` is not drawn for crossings.
    """

    columns: tuple[str, ...]
    values: tuple[str, ...]
    name: str
    shown: bool
    n: int | None
    positives: int | None
    negatives: int | None
    small: bool
    observed: Interval | None
    mean_risk: float | None
    cells: tuple[Cell, ...]
    screening: Screening | None
    curve: Reliability | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAudit:
    """All groups, everybody first, and the declared columns that the table does not have."""

    groups: tuple[Group, ...]
    absent: tuple[str, ...]
    top_share: float
    tolerances: Tolerances


def audit_groups(
    people: Scored,
    groups: Parts,
    *,
    top_share: float = 0.2,
    tolerances: Tolerances = USUAL,
) -> GroupAudit:
    """Measure every group that may be shown.

    Metrics: ``fnr`` (of those with the bad outcome, the share not followed closely: help missed),
    ``false_omission`` (of those not followed, the share with the bad outcome), ``gap`` (observed
    less mean risk), ``slope``, ``intercept``, ``ece`` (less what chance adds), ``auc``, ``brier``
    (against saying the group's own rate to everybody in it), ``fpr`` and ``precision``. Verdicts
    of ``outside`` hold for all groups of one metric together (Bonferroni).

    Parameters
    ----------
    people
        A row per person.
    groups
        Of the same rows, from :func:`training.tabular.parts.parts`.
    top_share
        The share of people, by risk, that the hub can follow closely.
    tolerances
        See there.

    Raises
    ------
    DataError
        When groups and people are not of the same rows, or the share is not one.
    """
    rows = len(groups.groups[0].rows)
    if rows != len(people):
        raise DataError(
            f"The groups are of {rows} rows and {len(people)} were scored: cut the table that was "
            "scored, whole; an audit of some of the rows would say nothing of the rest."
        )
    ranks = np.asarray(rankdata(people.risk, method="dense"), dtype=np.int64) - 1
    followed = top(people.risk, top_share)
    counted = sum(part.shown and bool(part.columns) for part in groups.groups)
    wide = 1.0 - (1.0 - LEVEL) / max(counted, 1)
    lead = _largest_shares(followed, groups)
    found = [
        _group(part, Sides(people, ranks, followed, part.rows), wide, tolerances, lead)
        for part in groups.groups
    ]
    return GroupAudit(
        groups=tuple(found), absent=groups.absent, top_share=top_share, tolerances=tolerances
    )


def _group(
    part: Part, sides: Sides, wide: float, tolerances: Tolerances, lead: dict[tuple[str, ...], Part]
) -> Group:
    if not part.shown:
        return Group(
            columns=part.columns, values=part.values, name=part.name, shown=False, n=None,
            positives=None, negatives=None, small=True, observed=None, mean_risk=None, cells=(),
            screening=None, curve=None,
        )  # fmt: skip
    mine = sides.people.where(part.rows)
    seen = mine.seen()
    positives, known = int(seen.bad.sum()), len(seen)
    total = float(seen.weight.sum())
    return Group(
        columns=part.columns,
        values=part.values,
        name=part.name,
        shown=True,
        n=len(mine),
        positives=positives,
        negatives=known - positives,
        small=known < _SMALL or min(positives, known - positives) < _SMALL_EVENTS,
        observed=share(seen.bad, seen.weight),
        mean_risk=dot(seen.weight, seen.risk) / total if total else None,
        cells=_cells(part, sides, seen, wide, tolerances),
        screening=_screening(part, sides.followed, lead.get(part.columns)),
        curve=reliability(seen) if len(part.columns) < 2 else None,
    )


def _cells(
    part: Part, sides: Sides, seen: Scored, wide: float, tolerances: Tolerances
) -> tuple[Cell, ...]:
    usual, sure = measures(sides), measures(sides, level=wide)
    positives = int(seen.bad.sum())
    cells = []
    for field in fields(tolerances):
        metric = field.name
        found, wider = usual[metric], sure[metric]
        judged = bool(part.columns) or metric not in AGAINST_REST
        verdict = _verdict(
            found.away,
            wider.away,
            tolerance=float(getattr(tolerances, metric)),
            enough=len(seen) >= _FEWEST,
            worse_only=metric in _WORSE_ONLY,
        )
        cells.append(
            Cell(
                metric=metric,
                value=found.value.value,
                low=found.value.low,
                high=found.value.high,
                reference=found.reference if judged else None,
                away=found.away if judged else None,
                verdict=verdict if judged else None,
                n=len(seen),
                positives=positives,
                negatives=len(seen) - positives,
                method=found.value.method,
            )
        )
    return tuple(cells)


def _verdict(
    away: Interval, wider: Interval, *, tolerance: float, enough: bool, worse_only: bool
) -> Verdict:
    """Within when the interval is; outside when the number is and the wide one leaves 0 out."""
    if not enough or away.value is None or away.low is None or away.high is None:
        return Verdict.INSUFFICIENT
    low = max(away.low, -tolerance) if worse_only else away.low
    if -tolerance <= low and away.high <= tolerance:
        return Verdict.WITHIN
    size = away.value if worse_only else abs(away.value)
    apart = (wider.low is not None and wider.low > 0) or (
        not worse_only and wider.high is not None and wider.high < 0
    )
    return Verdict.OUTSIDE if size > tolerance and apart else Verdict.INSUFFICIENT


def _largest_shares(followed: Array, groups: Parts) -> dict[tuple[str, ...], Part]:
    """By columns, the group of which the largest share is followed closely, but for tiny ones.

    New York's rules for hiring tools leave groups under 2% out of such ratios (6 RCNY 5-301).
    """
    least = _LEADING * len(followed)
    lead: dict[tuple[str, ...], Part] = {}
    shares: dict[tuple[str, ...], float] = {}
    for part in groups.groups:
        if not (part.shown and part.columns and part.n >= max(least, 1)):
            continue
        mine = float(followed[part.rows].mean())
        if mine > shares.get(part.columns, -1.0):
            lead[part.columns], shares[part.columns] = part, mine
    return lead


def _screening(part: Part, followed: Array, lead: Part | None) -> Screening | None:
    if lead is None or not part.n:
        return None
    one, other = followed[part.rows], followed[lead.rows]
    mine, theirs = (share(side, np.ones(len(side))) for side in (one, other))
    ends = (mine.value, mine.low, mine.high, theirs.value, theirs.low, theirs.high)
    value, low, high, top_value, top_low, top_high = (end or 0.0 for end in ends)
    chosen, leading = round(float(one.sum())), round(float(other.sum()))
    table = [[chosen, len(one) - chosen], [leading, len(other) - leading]]
    ratio = value / top_value if top_value else None
    return Screening(
        share=mine,
        against=lead.name,
        ratio=ratio,
        low=low / top_high if top_high else None,
        high=high / top_low if top_low else None,
        p=float(fisher_exact(table).pvalue),
        flag=ratio is not None and ratio < FOUR_FIFTHS,
    )
