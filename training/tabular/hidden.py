"""Groups whose risk is foretold too low or too high, found without being told where to look.

Every column is searched, whether the model reads it or not and whether it is declared or not: its
values, all runs of bands of its numbers, the unknown, and every pair of such parts of two columns.
One half of the people is searched; what is found there is tested on the other half, which the
search has not seen, and Holm's correction holds the chance of a single false finding under 5%.
After each find its gap is taken out before the search goes on, so that what comes next is another
group and not the same one in other words.
"""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.stats import gamma, norm

from training.tabular.intervals import LEVEL, share
from training.tabular.scored import Array, Codes, Flags, Scored, same_rows
from training.tabular.slices import Slices, slices, tells_groups
from training.tabular.sums import dot

Picked = tuple[int, ...]

SEED = 20261122
_BANDS = 8
_MOST = 20  # values of a column
_FINDS = 12  # looked for at most
_LEAST = 40  # persons of a group, and outside of it, in the half that is searched
_PARENT = 0.8  # of a pair's evidence: a group of one column with as much of it is told instead
_LEAST_EVENTS = 4.0  # of the variance of a group's outcomes: bad ones that may come or not


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A group that fares otherwise than foretold, confirmed on people the search had not seen.

    ``mean_risk``, ``observed`` and ``gap`` (observed less foretold, with its 95% interval) are of
    the half that confirms. ``elsewhere`` is the gap of all others of that half. ``people`` is how
    many more (or, below 0, fewer) had the bad outcome than was foretold, for the whole table.
    ``p`` is of the gap, ``p_corrected`` after Holm over all that were tested.
    """

    columns: tuple[str, ...]
    values: tuple[str, ...]
    name: str
    n: int
    n_confirming: int
    mean_risk: float
    observed: float
    gap: float
    low: float
    high: float
    elsewhere: float
    people: float
    p: float
    p_corrected: float
    rows: Flags = field(repr=False)

    @property
    def too_low(self) -> bool:
        """Whether the risk is foretold too low, so that help may be missed."""
        return self.gap > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a search found, the surest first, and how widely it looked.

    ``looked_at`` counts groups, ``tested`` those that stood out in the first half, ``columns`` and
    ``left_out`` the columns that were searched or tell no groups apart.
    """

    findings: tuple[Finding, ...]
    looked_at: int
    tested: int
    columns: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """The groups of one column: which of its parts each takes (groups, parts), and their names."""

    cut: Slices
    takes: Array
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    columns: tuple[str, ...]
    values: tuple[str, ...]
    rows: Flags


def search(
    people: Scored, table: pd.DataFrame, *, skip: Collection[str] = (), seed: int = SEED
) -> Search:
    """Search a whole table for groups where the model is off.

    Parameters
    ----------
    people
        A row per person, risks from a model that did not learn from the person.
    table
        The same rows, typed (floats, objects, dates), any columns.
    skip
        Columns that hold the outcome or came after it: everybody with the bad outcome is
        foretold too low.
    seed
        Of the halves.

    Raises
    ------
    DataError
        When people and table do not have the same rows.
    """
    same_rows(people, table)
    wanted = [column for column in table.columns if column not in set(skip)]
    usable = [column for column in wanted if tells_groups(table[column])]
    cuts = [slices(table[column], bands=_BANDS, most=_MOST) for column in usable]
    first = _half(people, seed)
    groups = [_groups(cut) for cut in cuts]
    found, looked_at = _discover(people, groups, first)
    findings = _confirm(people, found, ~first & people.known)
    return Search(
        findings=findings,
        looked_at=looked_at,
        tested=len(found),
        columns=tuple(map(str, usable)),
        left_out=tuple(str(column) for column in wanted if column not in usable),
    )


def _half(people: Scored, seed: int) -> Flags:
    """One half of those whose outcome was seen, of either outcome."""
    turn = np.random.default_rng(seed).permutation(len(people))
    first = np.zeros(len(people), dtype=bool)
    for outcome in (0.0, 1.0):
        mine = turn[people.bad[turn] == outcome]
        first[mine[: (len(mine) + 1) // 2]] = True
    return first


def _groups(cut: Slices) -> _Groups:
    parts = len(cut.labels)
    takes = [np.eye(parts)[code] for code in range(cut.bands, parts)]
    names = [cut.labels[code] for code in range(cut.bands, parts)]
    for start in range(cut.bands):
        for stop in range(start, cut.bands):
            if stop - start + 1 < cut.bands:
                takes.append(((np.arange(parts) >= start) & (np.arange(parts) <= stop)) * 1.0)
                names.append(cut.between(start, stop))
    return _Groups(cut, np.array(takes).reshape(len(takes), parts), tuple(names))


def _discover(people: Scored, groups: list[_Groups], first: Flags) -> tuple[list[_Candidate], int]:
    """Groups that stand out in the first half, each after the gaps of those before it are gone."""
    weight = people.weight[first]
    off = weight * (np.nan_to_num(people.bad[first]) - people.risk[first])
    raw = off.copy()
    likely = np.maximum(_variance(people.where(first)), 1e-12)
    codes = [group.cut.codes[first] for group in groups]
    found: list[_Candidate] = []
    looked_at = 0
    for _ in range(_FINDS):
        best: tuple[float, Picked, Picked] | None = None
        looked_at = 0
        for size in (1, 2):
            tried = list(_scores(groups, codes, (off, raw, likely), size))
            many = sum(int(np.isfinite(scores).sum()) for _, scores in tried)
            looked_at += many
            # What the best of so many reaches by chance: a pair must stand out by more.
            for picked, scores in tried:
                at = int(np.argmax(scores))
                score = float(scores.flat[at]) - 2.0 * math.log(max(many, 1))
                if score > 0 and (best is None or score > best[0]):
                    best = (score, picked, tuple(map(int, np.unravel_index(at, scores.shape))))
        if best is None:
            break
        candidate = _simplest(groups, codes, (off, likely), *best[1:])
        inside = candidate.rows[first]
        off[inside] -= weight[inside] * off[inside].sum() / weight[inside].sum()
        found.append(candidate)
    return found, looked_at


def _scores(
    groups: list[_Groups], codes: list[Codes], sums: tuple[Array, Array, Array], size: int
) -> Iterator[tuple[Picked, Array]]:
    """Squared distances from what was foretold, in errors, of all groups of one or two columns."""
    whole = len(sums[0])
    for picked in combinations(range(len(groups)), size):
        wide = [groups[i].takes.shape[1] for i in picked]
        joint = np.zeros(whole, dtype=np.int64)
        for i, parts in zip(picked, wide, strict=True):
            joint = joint * parts + codes[i]
        cells = int(np.prod(wide))
        tables = [np.bincount(joint, values, minlength=cells) for values in (*sums, np.ones(whole))]
        found = []
        for table in tables:
            shaped = table.reshape(wide)
            mine = groups[picked[0]].takes @ shaped
            found.append(mine if size == 1 else mine @ groups[picked[1]].takes.T)
        off, raw, likely, count = found
        scores = off**2 / np.maximum(likely, 1e-12)
        fits = (count >= _LEAST) & (whole - count >= _LEAST) & (likely >= _LEAST_EVENTS)
        # A group that only makes up for one found before is off the other way when left alone.
        fits &= off * raw > 0
        yield picked, np.where(fits, scores, -np.inf)


def _simplest(
    groups: list[_Groups],
    codes: list[Codes],
    sums: tuple[Array, Array],
    picked: Picked,
    which: Picked,
) -> _Candidate:
    """The group that was found, or the one of a single column that says nearly as much."""
    found = _candidate(groups, picked, which)
    if len(picked) == 1:
        return found
    off, likely = sums

    def evidence(columns: Picked, at: Picked) -> float:
        inside = np.ones(len(off), dtype=bool)
        for i, group in zip(columns, at, strict=True):
            inside &= groups[i].takes[group].astype(bool)[codes[i]]
        return float(off[inside].sum() ** 2 / likely[inside].sum())

    single = [((i,), (at,)) for i, at in zip(picked, which, strict=True)]
    simple = max(single, key=lambda one: evidence(*one))
    if evidence(*simple) >= _PARENT * evidence(picked, which):
        return _candidate(groups, *simple)
    return found


def _candidate(groups: list[_Groups], picked: Picked, which: Picked) -> _Candidate:
    rows = np.ones(len(groups[picked[0]].cut.codes), dtype=bool)
    for i, at in zip(picked, which, strict=True):
        rows &= groups[i].takes[at].astype(bool)[groups[i].cut.codes]
    return _Candidate(
        columns=tuple(groups[i].cut.column for i in picked),
        values=tuple(groups[i].names[at] for i, at in zip(picked, which, strict=True)),
        rows=rows,
    )


def _confirm(people: Scored, candidates: list[_Candidate], second: Flags) -> tuple[Finding, ...]:
    """Keep what the second half confirms, the surest first."""
    tested = [_finding(people, candidate, second) for candidate in candidates]
    seen = [finding for finding in tested if finding is not None]
    corrected = holm([finding.p for finding in seen])
    kept = [
        replace(finding, p_corrected=p)
        for finding, p in zip(seen, corrected, strict=True)
        if p < 1.0 - LEVEL
    ]
    return tuple(sorted(kept, key=lambda finding: (finding.p, finding.name)))


def _finding(people: Scored, candidate: _Candidate, second: Flags) -> Finding | None:
    mine, rest = (people.where(second & side) for side in (candidate.rows, ~candidate.rows))
    rate = share(mine.bad, mine.weight)
    others = share(rest.bad, rest.weight)
    if rate.value is None or rate.low is None or rate.high is None or others.value is None:
        return None
    risk = dot(mine.weight, mine.risk) / float(mine.weight.sum())
    everybody = people.where(candidate.rows & people.known)
    named = zip(candidate.columns, candidate.values, strict=True)
    off = dot(everybody.weight, everybody.bad - everybody.risk) / float(everybody.weight.sum())
    return Finding(
        columns=candidate.columns,
        values=candidate.values,
        name=" and ".join(f"{column} = {value}" for column, value in named),
        n=int(candidate.rows.sum()),
        n_confirming=len(mine),
        mean_risk=risk,
        observed=rate.value,
        gap=rate.value - risk,
        low=rate.low - risk,
        high=rate.high - risk,
        elsewhere=others.value - dot(rest.weight, rest.risk) / float(rest.weight.sum()),
        people=off * int(candidate.rows.sum()),
        p=surprise(mine),
        p_corrected=1.0,
        rows=candidate.rows,
    )


def surprise(people: Scored) -> float:
    """Two-sided p of as many bad outcomes, had every risk been right.

    The sum of outcomes that are not equally likely, by a gamma distribution of its mean, variance
    and skewness (Pearson's type III), which holds far out where the normal one does not.
    """
    seen = people.seen()
    off = dot(seen.weight, seen.bad - seen.risk)
    variance = float(_variance(seen).sum())
    if variance <= 0:
        return 1.0 if off == 0 else 0.0
    bend = seen.weight**3 * seen.risk * (1 - seen.risk) * (1 - 2 * seen.risk)
    skewness = float(bend.sum()) / variance**1.5
    at = off / math.sqrt(variance)
    if abs(skewness) < 1e-6:
        return float(2.0 * norm.sf(abs(at)))
    if skewness < 0:
        at, skewness = -at, -skewness
    shape = 4.0 / skewness**2
    stands = gamma(shape, scale=1.0 / math.sqrt(shape))
    tails = (stands.sf(at + math.sqrt(shape)), stands.cdf(at + math.sqrt(shape)))
    return float(min(1.0, 2.0 * min(tails)))


def holm(p: list[float]) -> list[float]:
    """P values after Holm 1979 (Scandinavian J. of Statistics 6), in the order given.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(p)), key=lambda i: p[i])
    corrected, least = [1.0] * len(p), 0.0
    for place, i in enumerate(order):
        least = max(least, min(1.0, (len(p) - place) * p[i]))
        corrected[i] = least
    return corrected


def _variance(people: Scored) -> Array:
    """Of each person's weighted outcome, had every risk been right.

    Where weights differ, those who were seen are no sample of all, and their outcomes may differ
    more than the risks say: as much as is seen, then.
    """
    chance = people.weight**2 * people.risk * (1 - people.risk)
    weights = people.weight[people.known]
    if not len(weights) or np.ptp(weights) == 0:
        return np.asarray(chance, dtype=float)
    seen = (people.weight * (np.nan_to_num(people.bad) - people.risk)) ** 2
    return np.asarray(chance * max(1.0, seen.sum() / max(chance.sum(), 1e-12)), dtype=float)
