"""Whether the risk model finds the true chances of synthetic districts, from what a hub knows.

The model sees what the product sees: situations, their features, and spells as far as they were
observed. The truth it is compared with is the chance of no work by 12 months that somebody who
knew every parameter would give at intake, for people the model was not trained on. Spells do not
depend on what a district's managers prefer, so the settings that differ only in that give the
same numbers.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import logit
from sklearn.linear_model import LogisticRegression

from matching.errors import DataError
from matching.features.situation import situation_features
from matching.models.covariates import Array
from matching.models.risk import REASON_MONTHS, DiscreteHazard
from matching.models.spells import CENSORED, INACTIVE, WORK, exits, person_months
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from training.situations import situations_of
from training.synthetic import SETTINGS, Size, generate

ASKED_ERROR = 0.03
"""The mean absolute error that is asked for over the districts of a setting, at most."""
MOST_ERROR = 0.04
SLOPES = (0.9, 1.1)
"""What a district has to keep to: mean absolute error at most, calibration slope within."""

_CHANCE = f"no_work_{REASON_MONTHS}"
_SUMMED = ("mae", "slope", "bias", "held", "mae_overall_rate", "mae_kaplan_meier")
_DECIMALS = 6


def hazard_recovery(
    territory: Territory,
    taxonomy: Taxonomy,
    *,
    seeds: Sequence[int],
    settings: Sequence[str] = tuple(SETTINGS),
    trained_on: int = 1500,
    compared_on: int = 1000,
) -> dict[str, Any]:
    """Errors of the risk model against the truth, a district per setting and seed.

    Parameters
    ----------
    territory, taxonomy
        Where the districts are, and the trades in them.
    seeds
        Of the districts.
    settings
        Names of settings of the generator.
    trained_on, compared_on
        How many persons of a district the model learns from, and how many others it is compared
        on.

    Returns
    -------
    dict
        JSON values. Under ``settings`` by name: ``districts``, for each seed the numbers of
        :func:`recovered`; ``summary``, for each number its ``mean``, ``median``, ``q10``,
        ``q90``, ``least``, ``most``; ``within``, how many districts keep to both bounds;
        ``reached``, whether the mean error over districts is what is asked for.

    Raises
    ------
    DataError
        For no seed, a setting that does not exist, or no persons.
    """
    if not seeds or trained_on < 1 or compared_on < 1:
        raise DataError(
            f"seeds={list(seeds)}, trained_on={trained_on}, compared_on={compared_on}: give at "
            "least one of each."
        )
    if strange := [name for name in settings if name not in SETTINGS]:
        raise DataError(f"There is no setting {strange[0]!r}; give some of {', '.join(SETTINGS)}.")
    size = Size(people=trained_on + compared_on, vacancies=1, pool=(1, 1))
    report: dict[str, Any] = {}
    for name in settings:
        districts = []
        for seed in seeds:
            made = generate(territory, taxonomy, seed=seed, setting=SETTINGS[name], size=size)
            found = recovered(made.spells, made.truth.spells, trained_on=trained_on)
            districts.append({"seed": seed, **found})
        report[name] = {
            "districts": districts,
            "summary": {key: _summary([one[key] for one in districts]) for key in _SUMMED},
            "within": sum(_keeps(one) for one in districts),
            "reached": bool(np.mean([one["mae"] for one in districts]) <= ASKED_ERROR),
        }
    return {
        "benchmark": "hazard-recovery",
        "synthetic": True,
        "territory": territory.code,
        "seeds": list(seeds),
        "trained_on": trained_on,
        "compared_on": compared_on,
        "months": REASON_MONTHS,
        "asked_error": ASKED_ERROR,
        "most_error": MOST_ERROR,
        "slopes": list(SLOPES),
        "model": _settings(DiscreteHazard()),
        "settings": report,
    }


def recovered(spells: pd.DataFrame, truth: pd.DataFrame, *, trained_on: int) -> dict[str, float]:
    """Compare the chance of no work by 12 months with the truth, in one district.

    Parameters
    ----------
    spells
        A row per person: her situation, and what was seen.
    truth
        The true chances of the same persons, in the same order.
    trained_on
        The model learns from so many first rows, and is compared on the others.

    Returns
    -------
    dict
        ``mae`` mean absolute error; ``slope`` and ``intercept`` of the calibration (see
        :func:`calibration`); ``bias`` mean estimate less mean truth; ``held`` share of the
        truths inside the 80% interval; ``width`` of it; ``undirected`` the strength that was
        chosen for what has no direction; ``mae_overall_rate`` and
        ``mae_kaplan_meier`` the errors of giving everybody one chance: the rate among those
        whose 12 months are known, and :func:`same_for_all`; ``works`` and ``quits`` exits seen.
    """
    X = situation_features(situations_of(spells))
    seen = spells[:trained_on]
    model = DiscreteHazard().fit(X[:trained_on], seen)
    others = X[trained_on:]
    found = model.predict(others)[_CHANCE].to_numpy()
    lower, upper = (ends[_CHANCE].to_numpy() for ends in model.predict_interval(others))
    true = truth[_CHANCE].to_numpy()[trained_on:]
    slope, intercept = calibration(found, true)
    numbers = {
        "mae": np.abs(found - true).mean(),
        "slope": slope,
        "intercept": intercept,
        "bias": found.mean() - true.mean(),
        "held": ((lower <= true) & (true <= upper)).mean(),
        "width": (upper - lower).mean(),
        "undirected": model.undirected_ or model.C_,
        "mae_overall_rate": np.abs(_overall_rate(seen) - true).mean(),
        "mae_kaplan_meier": np.abs(same_for_all(seen) - true).mean(),
        "works": float((seen["event"] == WORK).sum()),
        "quits": float((seen["event"] == INACTIVE).sum()),
    }
    return {name: round(float(value), _DECIMALS) for name, value in numbers.items()}


def calibration(found: Array, truth: Array) -> tuple[float, float]:
    """Slope and intercept of the outcome on the log odds of the estimate.

    Expected over the outcomes: each person counts as one that stays without work with the weight
    of her true chance, and as one that does not with the rest. 1 and 0 for the truth itself; a
    slope under 1 says that the estimates are too far apart.
    """
    odds = np.tile(logit(np.clip(found, 1e-6, 1 - 1e-6)), 2)[:, None]
    stays = np.repeat([1, 0], len(found))
    model = LogisticRegression(C=1e9, tol=1e-8)
    model.fit(odds, stays, sample_weight=np.concatenate([truth, 1.0 - truth]))
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def same_for_all(seen: pd.DataFrame) -> float:
    """Chance of no work by 12 months with one hazard a month for everybody, covariates unread.

    The Kaplan-Meier estimate with both exits competing: in each month, who left to work, and to
    inactivity, among those still seen.
    """
    months = seen["months"].to_numpy(dtype=np.int64)
    spell, month = person_months(np.minimum(months, REASON_MONTHS))
    event = np.where(month == months[spell], seen["event"].to_numpy(dtype=object)[spell], CENSORED)
    every = np.arange(1, REASON_MONTHS + 1)
    at_risk = np.array([(month == one).sum() for one in every], dtype=float)
    works, quits = (
        np.array([((month == one) & (event == cause)).sum() for one in every], dtype=float)
        for cause in (WORK, INACTIVE)
    )
    to_work = works / np.maximum(at_risk, 1.0)
    to_inactive = quits / np.maximum(at_risk - works, 1.0)
    return 1.0 - float(exits(to_work, to_inactive)[0][-1])


def _overall_rate(seen: pd.DataFrame) -> float:
    known = (seen["event"] != CENSORED) | (seen["months"] >= REASON_MONTHS)
    worked = (seen["event"] == WORK) & (seen["months"] <= REASON_MONTHS)
    return 1.0 - float(worked[known].mean())


def _keeps(district: Mapping[str, float]) -> bool:
    return district["mae"] <= MOST_ERROR and SLOPES[0] <= district["slope"] <= SLOPES[1]


def _summary(values: Sequence[float]) -> dict[str, float]:
    numbers = np.array(values)
    found = {
        "mean": numbers.mean(),
        "median": np.median(numbers),
        "q10": np.quantile(numbers, 0.1),
        "q90": np.quantile(numbers, 0.9),
        "least": numbers.min(),
        "most": numbers.max(),
    }
    return {name: round(float(value), _DECIMALS) for name, value in found.items()}


def _settings(model: DiscreteHazard) -> dict[str, Any]:
    return {"months": model.months, "steps": list(model.steps), "C": model.C, "seed": model.seed}
