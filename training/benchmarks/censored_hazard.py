"""Whether the chance of no work stays right when many spells are cut off before they end.

In synthetic districts, whose true chances are known, spells are cut off at random until two in
five are open when they are last seen. The risk models learn from those; beside them one model
learns from the same persons in ways that are often met and wrong: without the open spells,
without the persons of whom it is not known where they are at 12 months, and with every open spell
taken for one that found no work. What counts is the bias, the mean estimate less the mean truth,
of people whom nothing was learnt from, over districts.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import t

from matching.errors import DataError
from matching.features.situation import situation_features
from matching.models.boosted_hazard import BoostedHazard
from matching.models.covariates import Array
from matching.models.risk import REASON_MONTHS, DiscreteHazard
from matching.models.spells import CENSORED, WORK
from matching.models.splined_hazard import SplinedHazard
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from training.situations import situations_of
from training.synthetic import SETTINGS, Size, generate

SHARE = 0.4
"""Of the spells that are learnt from, those that are open when they are last seen."""
MOST_BIAS = 0.01
"""What the bias may be at most, whichever its sign."""
LEVEL = 0.95

_DECIMALS = 6
_COMPLETE = "complete"
_Way = Callable[[pd.DataFrame, pd.DataFrame, pd.DataFrame], Array]


def _hazard(make: Callable[[], DiscreteHazard | SplinedHazard | BoostedHazard]) -> _Way:
    def found(X: pd.DataFrame, seen: pd.DataFrame, others: pd.DataFrame) -> Array:
        chances = make().fit(X, seen).predict(others, (REASON_MONTHS,))
        return chances[f"no_work_{REASON_MONTHS}"].to_numpy(dtype=float)

    return found


_lines = _hazard(DiscreteHazard)


def _without_the_open(X: pd.DataFrame, seen: pd.DataFrame, others: pd.DataFrame) -> Array:
    ended = (seen["event"] != CENSORED).to_numpy()
    return _lines(X[ended], seen[ended], others)


def _without_the_unknown(X: pd.DataFrame, seen: pd.DataFrame, others: pd.DataFrame) -> Array:
    """A label, no work at 12 months, of those of whom it is known."""
    known = ((seen["event"] != CENSORED) | (seen["months"] >= REASON_MONTHS)).to_numpy()
    worked = (seen["event"] == WORK) & (seen["months"] <= REASON_MONTHS)
    label = pd.DataFrame({"months": 1, "event": np.where(worked, WORK, CENSORED)}, seen.index)
    model = DiscreteHazard(months=1, steps=()).fit(X[known], label[known])
    return model.predict(others, (1,))["no_work_1"].to_numpy(dtype=float)


def _open_as_no_work(X: pd.DataFrame, seen: pd.DataFrame, others: pd.DataFrame) -> Array:
    open_ = seen["event"] == CENSORED
    longest = max(DiscreteHazard().months, int(seen["months"].max()))
    return _lines(X, seen.assign(months=seen["months"].where(~open_, longest)), others)


OURS: Mapping[str, _Way] = MappingProxyType(
    {
        "hazard": _lines,
        "splined_hazard": _hazard(SplinedHazard),
        "boosted_hazard": _hazard(lambda: BoostedHazard(members=0)),
    }
)
"""The risk models, by name."""

WRONG: Mapping[str, _Way] = MappingProxyType(
    {
        "open_dropped": _without_the_open,
        "unknown_dropped": _without_the_unknown,
        "open_as_no_work": _open_as_no_work,
    }
)
"""What is often done instead, by name."""


def censored_hazard(
    territory: Territory,
    taxonomy: Taxonomy,
    *,
    seeds: Sequence[int],
    settings: Sequence[str] = ("mild", "hard"),
    trained_on: int = 1500,
    compared_on: int = 1000,
    seed: int = 0,
) -> dict[str, Any]:
    """Bias of every way in districts with two in five spells open.

    Parameters
    ----------
    territory, taxonomy
        Where the districts are, and the trades in them.
    seeds
        Of the districts, two or more.
    settings
        Names of settings of the generator.
    trained_on, compared_on
        How many persons of a district are learnt from, and on how many others it is compared.
    seed
        Of what cuts spells off.

    Returns
    -------
    dict
        JSON values. Under ``settings`` by name: ``districts``, for each seed the share of open
        spells before and after, and of each way ``bias`` and ``mae`` (:func:`districts_ways`);
        ``ways``, for each the mean of both over districts with a 95% interval of the bias, its
        distance to what the model says where every spell is seen to its end (``of_censoring``),
        and ``verdict``: *within* or *beyond* the bias asked for, if the whole interval is, else
        *not told apart*.

    Raises
    ------
    DataError
        For fewer than two seeds, a setting that does not exist, or no persons.
    """
    if len(seeds) < 2 or trained_on < 1 or compared_on < 1:
        raise DataError(
            f"seeds={list(seeds)}, trained_on={trained_on}, compared_on={compared_on}: give two "
            "seeds or more, and persons."
        )
    if strange := [name for name in settings if name not in SETTINGS]:
        raise DataError(f"There is no setting {strange[0]!r}; give some of {', '.join(SETTINGS)}.")
    size = Size(people=trained_on + compared_on, vacancies=1, pool=(1, 1))
    report: dict[str, Any] = {}
    for name in settings:
        districts = []
        for one in seeds:
            made = generate(territory, taxonomy, seed=one, setting=SETTINGS[name], size=size)
            rng = np.random.default_rng([seed, one])
            found = districts_ways(made.spells, made.truth.spells, trained_on=trained_on, rng=rng)
            districts.append({"seed": one, **found})
        report[name] = {"districts": districts, "ways": _over(districts)}
    return {
        "benchmark": "censored-hazard",
        "synthetic": True,
        "territory": territory.code,
        "seeds": list(seeds),
        "seed": seed,
        "trained_on": trained_on,
        "compared_on": compared_on,
        "months": REASON_MONTHS,
        "share_open": SHARE,
        "most_bias": MOST_BIAS,
        "settings": report,
    }


def districts_ways(
    spells: pd.DataFrame, truth: pd.DataFrame, *, trained_on: int, rng: np.random.Generator
) -> dict[str, Any]:
    """Compare every way with the true chances of no work by 12 months, in one district.

    Parameters
    ----------
    spells
        A row per person: her situation, and what was seen.
    truth
        The true chances, and how the spell ended, of the same persons in the same order.
    trained_on
        So many first persons are learnt from.
    rng
        Cuts spells off.
    """
    X = situation_features(situations_of(spells))
    before = spells[:trained_on]
    seen = cut_off(before, share=SHARE, rng=rng)
    true = truth[f"no_work_{REASON_MONTHS}"].to_numpy()[trained_on:]
    learnt, others = X[:trained_on], X[trained_on:]
    estimates = {name: way(learnt, seen, others) for name, way in {**OURS, **WRONG}.items()}
    estimates[_COMPLETE] = _lines(learnt, to_the_end(truth[:trained_on]), others)
    return {
        "open_before": round(float((before["event"] == CENSORED).mean()), _DECIMALS),
        "open": round(float((seen["event"] == CENSORED).mean()), _DECIMALS),
        "ways": {
            name: {
                "bias": round(float(found.mean() - true.mean()), _DECIMALS),
                "mae": round(float(np.abs(found - true).mean()), _DECIMALS),
            }
            for name, found in estimates.items()
        },
    }


def cut_off(spells: pd.DataFrame, *, share: float, rng: np.random.Generator) -> pd.DataFrame:
    """Cut spells off at random times until a share of them is open when last seen.

    The times have one hazard for everybody, whatever her situation, and know nothing of how the
    spell would have gone on. Spells that were open may be cut shorter.

    Parameters
    ----------
    spells
        Columns ``months`` and ``event``.
    share
        Reached to one spell, unless more are open already: then nothing is cut off.
    rng
        Of the times.
    """
    months, event = spells["months"].to_numpy(dtype=float), spells["event"].to_numpy(dtype=object)
    ends = event != CENSORED
    more = round(share * len(spells)) - int((~ends).sum())
    if more <= 0:
        return spells
    times = rng.exponential(size=len(spells))
    # An exit in a month is seen if the time, at some scale, is no earlier: the scale at which
    # just so many of the exits are not.
    longest = np.sort(months[ends] / times[ends])[::-1]
    scale = float(longest[more - 1 : more + 1].mean())
    last = np.floor(times * scale)
    cut = last < months
    return spells.assign(
        months=np.where(cut, last, months).astype(np.int64),
        event=np.where(cut, CENSORED, event),
    )


def to_the_end(truth: pd.DataFrame) -> pd.DataFrame:
    """Spells as somebody would have seen them who lost sight of nobody."""
    ended = truth["exit"] != ""
    return pd.DataFrame(
        {
            "months": truth["exit_month"].where(ended, truth["exit_month"] - 1),
            "event": truth["exit"].where(ended, CENSORED),
        }
    )


def _over(districts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    complete = np.array([one["ways"][_COMPLETE]["bias"] for one in districts])
    report: dict[str, Any] = {}
    for name in districts[0]["ways"]:
        bias = np.array([one["ways"][name]["bias"] for one in districts])
        found = interval(bias)
        report[name] = {
            "bias": found,
            "of_censoring": interval(bias - complete),
            "mae": round(float(np.mean([one["ways"][name]["mae"] for one in districts])), 6),
            "verdict": verdict(found["low"], found["high"]),
        }
    return report


def interval(values: Array) -> dict[str, float]:
    """The mean over districts, and Student's 95% interval of it."""
    mean, count = float(values.mean()), len(values)
    half = float(t.ppf((1 + LEVEL) / 2, count - 1) * values.std(ddof=1)) / math.sqrt(count)
    found = {"mean": mean, "low": mean - half, "high": mean + half}
    return {name: round(value, _DECIMALS) for name, value in found.items()}


def verdict(low: float, high: float) -> str:
    """Whether a whole interval lies within the bias asked for, beyond it, or neither.

    >>> verdict(-0.004, 0.009), verdict(-0.06, -0.03), verdict(0.002, 0.02)
    ('within', 'beyond', 'not told apart')
    """
    if low >= -MOST_BIAS and high <= MOST_BIAS:
        return "within"
    return "beyond" if low > MOST_BIAS or high < -MOST_BIAS else "not told apart"
