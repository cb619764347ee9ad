"""Whether chances come true: the reliability curve, its line, and how far off it is on average."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit, ndtr, ndtri

from matching.disclosure import LEAST
from training.tabular.intervals import LEVEL, Interval, share, smoothed
from training.tabular.scored import Array, Codes, Scored
from training.tabular.sums import dot, gram, pulled

LINE = "Cox 1958, robust standard errors"
BINNED = "gaps of bins less what chance adds, test inverted"
BINS = 10
_FEWEST = 10  # of either outcome, for a line
_PER_BIN = 20  # persons, on average
_LEAST = 1e-6  # a chance of exactly 0 or 1 has no log odds
_STEPS = 50
_FAR = 50.0  # of a slope or an intercept: the outcomes are parted entirely
_MOST = 50.0  # times the gaps seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """People of similar risk: the mean foretold, how often it came, the interval of that."""

    mean_risk: float
    observed: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How a model's chances compare with what happened.

    ``gap`` is observed minus foretold; ``slope`` is 1 where risks are neither too far apart nor
    too near each other; ``intercept`` (log odds, at a slope of 1) is 0 where they are neither too
    low nor too high; ``ece`` is the mean distance over the points as it is found, ``debiased``
    less what chance adds to it, with its interval. ``n`` counts persons whose outcome was seen.
    """

    n: int
    positives: int
    negatives: int
    gap: Interval
    slope: Interval
    intercept: Interval
    ece: float | None
    debiased: Interval
    points: tuple[Point, ...]


def reliability(people: Scored, *, bins: int = BINS, level: float = LEVEL) -> Reliability:
    """Compare risks with outcomes.

    Parameters
    ----------
    people
        Those whose outcome was not seen count through the weights of the others.
    bins
        Points of the curve at most, of equally many persons; people of one risk stay together.
    level
        Of the intervals.
    """
    seen = people.seen()
    positives = int(seen.bad.sum())
    cut = _cut(seen.risk, bins)
    ece, debiased = _error(seen, cut, level)
    return Reliability(
        n=len(seen),
        positives=positives,
        negatives=len(seen) - positives,
        gap=gap(seen, level=level),
        slope=slope(seen, level=level),
        intercept=intercept(seen, level=level),
        ece=ece,
        debiased=debiased,
        points=_points(seen, cut, level),
    )


def gap(people: Scored, *, level: float = LEVEL) -> Interval:
    """Observed share less the mean risk of the same persons, by Wilson's interval of the share.

    Above 0 the group fares worse than foretold.
    """
    seen = people.seen()
    found = share(seen.bad, seen.weight, level=level)
    if found.value is None:
        return Interval(value=None, low=-1.0, high=1.0, method=found.method)
    return found.moved(dot(seen.weight, seen.risk) / float(seen.weight.sum()))


def slope(people: Scored, *, level: float = LEVEL) -> Interval:
    """Slope of the log odds of what happened against those foretold; 1 is best.

    Not defined with fewer than ten persons of either outcome, with risks that are all the same,
    or where the risk parts the outcomes entirely.
    """
    seen = people.seen()
    foretold = _odds(seen.risk)
    if not _enough(seen) or np.ptp(foretold) < 1e-9:
        return _no_line()
    design = np.column_stack([foretold - foretold.mean(), np.ones(len(seen))])
    return _line(seen, design, np.zeros(len(seen)), level)


def intercept(people: Scored, *, level: float = LEVEL) -> Interval:
    """What to add to all log odds for the mean to come true, the slope held at 1; 0 is best."""
    seen = people.seen()
    if not _enough(seen):
        return _no_line()
    return _line(seen, np.ones((len(seen), 1)), _odds(seen.risk), level)


def error(people: Scored, *, bins: int = BINS, level: float = LEVEL) -> Interval:
    """Expected calibration error, less what chance adds to it, with its interval.

    A mean of distances is above 0 even for a perfect model: each bin's gap is off by chance.
    The gaps found are shrunk, all by one factor, to where chance would make of them the mean that
    was found, each gap's chance part being normal; the ends of the interval are the factors at
    which the mean found would be rejected (Neyman). Kumar, Liang and Ma 2019 (*Verified
    uncertainty calibration*, NeurIPS) take off an estimate of the same; theirs leaves about half
    of what chance adds to a perfect model.
    """
    seen = people.seen()
    return _error(seen, _cut(seen.risk, bins), level)[1]


def _points(seen: Scored, cut: Codes, level: float) -> tuple[Point, ...]:
    found = []
    for number in range(int(cut.max()) + 1 if len(cut) else 0):
        inside = seen.where(cut == number)
        rate = share(inside.bad, inside.weight, level=level)
        if rate.value is None or rate.low is None or rate.high is None:
            continue
        risk = dot(inside.weight, inside.risk) / float(inside.weight.sum())
        found.append(
            Point(mean_risk=risk, observed=rate.value, low=rate.low, high=rate.high, n=len(inside))
        )
    return tuple(found)


def _cut(risk: Array, bins: int) -> Codes:
    """The bin of each person: of equally many, in the order of risk, none of fewer than ten."""
    count = max(1, min(bins, len(risk) // _PER_BIN))
    if not len(risk):
        return np.empty(0, dtype=np.int64)
    ends = np.quantile(risk, np.arange(1, count) / count, method="inverted_cdf")
    codes = np.unique(np.searchsorted(np.unique(ends), risk, side="left"), return_inverse=True)[1]
    sizes = np.bincount(codes)
    joined, held, current = np.zeros(len(sizes), dtype=np.int64), 0, 0
    for code, size in enumerate(sizes):
        joined[code] = current
        held += int(size)
        if held >= LEAST and sizes[code + 1 :].sum() >= LEAST:
            held, current = 0, current + 1
    return np.asarray(joined[codes], dtype=np.int64)


def _error(seen: Scored, cut: Codes, level: float) -> tuple[float | None, Interval]:
    if not len(seen):
        return None, Interval(value=None, low=0.0, high=1.0, method=BINNED)
    weight = seen.weight
    mass = np.bincount(cut, weight)
    rate = np.bincount(cut, weight * seen.bad) / mass
    gaps = np.abs(rate - np.bincount(cut, weight * seen.risk) / mass)
    counts = mass**2 / np.bincount(cut, weight**2)
    believed = np.array([smoothed(p, n) for p, n in zip(rate, counts, strict=True)])
    errors = np.sqrt(believed * (1 - believed) / counts)
    part = mass / mass.sum()
    plain = float(part @ gaps)
    # Where no bin is off at all the shape of the gaps is that of their errors.
    shape = gaps if plain > 0 else errors

    def by_chance(factor: float) -> tuple[float, float]:
        means, variances = _folded(factor * shape, errors)
        return float(part @ means), math.sqrt(float(part**2 @ variances))

    z = float(ndtri((1 + level) / 2))
    value = _factor(lambda at: by_chance(at)[0] - plain)
    low = _factor(lambda at: by_chance(at)[0] + z * by_chance(at)[1] - plain)
    # Gaps even smaller than chance makes them do not prove a perfect model.
    most = max(plain, by_chance(0.0)[0])
    high = _factor(lambda at: by_chance(at)[0] - z * by_chance(at)[1] - most)
    size = float(part @ shape)
    return plain, Interval(
        value=value * size, low=low * size, high=min(1.0, high * size), method=BINNED
    )


def _folded(middle: Array, errors: Array) -> tuple[Array, Array]:
    """Mean and variance of the distance from zero of normal numbers (Leone et al. 1961)."""
    ratio = middle / errors
    means = errors * math.sqrt(2 / math.pi) * np.exp(-(ratio**2) / 2)
    means = means + middle * (1 - 2 * ndtr(-ratio))
    return means, np.maximum(middle**2 + errors**2 - means**2, 0.0)


def _factor(distance: Callable[[float], float]) -> float:
    """Where a distance that grows turns positive, from 0 up."""
    if distance(0.0) >= 0:
        return 0.0
    return float(brentq(distance, 0.0, _MOST)) if distance(_MOST) > 0 else _MOST


def _line(seen: Scored, design: Array, offset: Array, level: float) -> Interval:
    """The first coefficient of a weighted logistic regression by Newton's steps."""
    weight, bad = seen.weight / seen.weight.mean(), seen.bad
    found = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = expit(offset + (design * found).sum(axis=1))
        bend = gram(design, weight * chance * (1 - chance))
        if not _invertible(bend):
            return _no_line()
        step = np.linalg.solve(bend, pulled(design, weight * (bad - chance)))
        found = found + np.clip(step, -2.0, 2.0)
        if np.abs(found).max() > _FAR:
            return _no_line()
        if np.abs(step).max() < 1e-10:
            break
    else:
        return _no_line()
    spread_out = gram(design, (weight * (bad - chance)) ** 2)
    inverse = np.linalg.inv(bend)
    error = math.sqrt(float((inverse @ spread_out @ inverse)[0, 0]))
    half = float(ndtri((1 + level) / 2)) * error
    value = float(found[0])
    return Interval(value=value, low=value - half, high=value + half, method=LINE)


def _invertible(bend: Array) -> bool:
    """Whether a step can be taken: not where all chances are 0 or 1, or all risks the same."""
    whole = float(np.linalg.det(bend))
    return bool(np.isfinite(whole)) and whole > 1e-12 * float(np.trace(bend)) ** len(bend)


def _no_line() -> Interval:
    return Interval(value=None, low=None, high=None, method=LINE)


def _enough(seen: Scored) -> bool:
    positives = float(seen.bad.sum())
    return min(positives, len(seen) - positives) >= _FEWEST


def _odds(risk: Array) -> Array:
    return np.asarray(logit(np.clip(risk, _LEAST, 1 - _LEAST)), dtype=float)
