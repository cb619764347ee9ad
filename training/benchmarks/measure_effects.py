"""Whether planted effects of measures are found again, and what the raw rate says instead.

Each district is one of :func:`training.synthetic.effects.draw_paths`: true effects by measure,
group and horizon are planted, and who is better off takes part more. Three settings: effects drawn
as the prior says they may be; effects that have nothing to do with it; and a district in which part
of who takes part goes by what nobody recorded, where no comparison by records can be right.

The naive comparison stands here alone, and nowhere in the product: the rate of those who took part
less the rate of the others of the same group, with the usual 80% interval of a difference.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from scipy.stats import norm
from scipy.stats import t as student

from matching.accompaniment.effects import EffectState, Observed, Prior, effects_of
from matching.accompaniment.effects.cohort import taken
from matching.accompaniment.effects.posterior import believed
from matching.accompaniment.effects.prior import Key
from matching.domain import Measure
from training.synthetic.effects import AS_OF, PathsDrawn, draw_paths

ASKED = (0.75, 0.85)
"""Between which the share of 80% intervals that hold the planted effect is to be."""

_Z = float(norm.ppf(0.9))
_ELSEWHERE = (0.02, 0.06)  # mean and sd of effects that have nothing to do with the prior
_DIGITS = 4
SETTINGS: Mapping[str, float] = MappingProxyType(
    {"as_believed": 0.0, "elsewhere": 0.0, "unrecorded": 0.6}
)
"""By name, how much of who takes part goes by what nobody recorded: log odds for one sd."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectsRun:
    """Everything a run depends on besides the product; ``selection`` is log odds for one sd."""

    seeds: tuple[int, ...] = (1, 2, 3)
    people: int = 1_500
    selection: float = 0.8


def measure_effects(prior: Prior, run: EffectsRun) -> dict[str, Any]:
    """Measure every district of every setting, and sum up with 95% intervals over districts."""
    settings: dict[str, dict[str, Any]] = {}
    for name in SETTINGS:
        found = [_district(prior, run, name, seed) for seed in run.seeds]
        settings[name] = {
            "summary": {key: _summary([one[key] for one in found]) for key in found[0]},
            "districts": [{"seed": s} | one for s, one in zip(run.seeds, found, strict=True)],
        }
    covered = settings["as_believed"]["summary"]["held"]["mean"]
    return {
        "benchmark": "measure-effects",
        "synthetic": True,
        "seeds": list(run.seeds),
        "people": run.people,
        "selection": run.selection,
        "asked": list(ASKED),
        "met": bool(ASKED[0] <= covered <= ASKED[1]),
        "settings": settings,
    }


def _district(prior: Prior, run: EffectsRun, setting: str, seed: int) -> dict[str, float]:
    usual = {one: float(prior.usual_hours[one]) for one in Measure}
    keys, mean, covariance = believed(prior, usual)
    rng = np.random.default_rng([seed, 1])
    points = (
        rng.normal(*_ELSEWHERE, len(keys))
        if setting == "elsewhere"
        else rng.multivariate_normal(mean, covariance)
    )
    drawn = draw_paths(
        dict(zip(keys, points.tolist(), strict=True)),
        people=run.people,
        seed=seed,
        selection=run.selection,
        unrecorded=SETTINGS[setting],
    )
    people = [
        Observed(path=path, worked=worked)
        for path, worked in zip(drawn.paths, drawn.worked, strict=True)
    ]
    effects = effects_of(prior, people, as_of=AS_OF)
    rows = []
    for measure, group, months in keys:
        found = effects.of_group(measure, group, horizon=months)
        if found.state is EffectState.UPDATED:
            key = (measure, group, months)
            true = drawn.truth[key]
            raw, sd = _naive(drawn, key)
            rows.append(
                (
                    found.lower <= true <= found.upper,
                    found.mean - true,
                    found.upper - found.lower,
                    found.prior_mean - true,
                    abs(raw - true) <= _Z * sd,
                    raw - true,
                )
            )
    held, off, width, prior_off, raw_held, raw_off = np.array(rows, dtype=float).T
    return {
        "effects": float(len(rows)),
        "held": float(held.mean()),
        "bias": float(off.mean()),
        "error": _root(off),
        "width": float(width.mean()),
        "prior_error": _root(prior_off),
        "naive_held": float(raw_held.mean()),
        "naive_bias": float(raw_off.mean()),
        "naive_error": _root(raw_off),
    }


def _naive(drawn: PathsDrawn, key: Key) -> tuple[float, float]:
    """Raw difference of rates and its standard error, as it is often reported."""
    measure, group, months = key
    rows = [
        (path, worked[months])
        for path, worked in zip(drawn.paths, drawn.worked, strict=True)
        if path.group is group and worked.get(months) is not None
    ]
    came = np.array([bool(found) for _, found in rows], dtype=float)
    took = taken([path for path, _ in rows], measure)
    with_it, without = came[took], came[~took]
    variance = with_it.var() / len(with_it) + without.var() / len(without)
    return float(with_it.mean() - without.mean()), float(np.sqrt(variance))


def _root(off: Sequence[float] | np.ndarray[Any, np.dtype[np.float64]]) -> float:
    return float(np.sqrt(np.mean(np.square(off))))


def _summary(values: Sequence[float]) -> dict[str, float]:
    numbers = np.array(values)
    half = 0.0
    if len(numbers) > 1:
        spread = numbers.std(ddof=1) / np.sqrt(len(numbers))
        half = float(student.ppf(0.975, len(numbers) - 1)) * float(spread)
    row = {
        "mean": numbers.mean(),
        "low": numbers.mean() - half,
        "high": numbers.mean() + half,
        "least": numbers.min(),
        "most": numbers.max(),
    }
    return {name: round(float(value), _DIGITS) for name, value in row.items()}
