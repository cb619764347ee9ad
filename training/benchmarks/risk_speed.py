"""How fast risks are told: of a million people beside a bare booster, and of one with reasons.

Every estimator of risk takes a frame of people and gives back a frame of chances. Beside it stands
``Booster.predict`` of LightGBM on a NumPy array of the same people, made beforehand: with the very
trees of the boosted estimator's hazard of work, and with those that LightGBM's own defaults make
of the same label. All run in one process, one after the other in every round; a ratio is a
booster's time of a round by the estimator's.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from matching.domain import ModelStamp, Situation
from matching.errors import ModelError
from matching.explanation.risk import assess
from matching.features.situation import situation_features
from matching.models.boosted_file import read_boosters
from matching.models.boosted_hazard import BoostedHazard
from matching.models.covariates import Array
from matching.models.risk import DiscreteHazard
from matching.models.risk_models import Hazard
from matching.models.spells import CENSORED, WORK
from matching.models.splined_hazard import SplinedHazard
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from matching.wording import Wording
from training.benchmarks.ranking_timing import Watch, settled, spread
from training.situations import situations_of
from training.synthetic import MILD, Size, generate

MOST_MILLISECONDS = 5.0
"""What one person with reasons may take."""
LABEL_MONTHS = 12
Flags = npt.NDArray[np.bool_]
SAME_TREES, DEFAULTS = "same_trees", "defaults"

_STEP = "score"
_SAME = 1e-9
_WARM = 20


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """A district: the spells learnt from with their covariates, and the situations of others."""

    features: pd.DataFrame
    spells: pd.DataFrame
    others: tuple[Situation, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What is foretold, by which estimators, and the bare boosters beside them."""

    models: Mapping[str, Hazard]
    horizons: Sequence[tuple[int, ...]]
    boosters: Mapping[str, lgb.Booster]


def learnt_from(
    territory: Territory, taxonomy: Taxonomy, *, people: int, others: int, seed: int
) -> Learnt:
    """Generate a district with so many people to learn from, and so many others."""
    size = Size(people=people + others, vacancies=1, pool=(1, 1))
    spells = generate(territory, taxonomy, seed=seed, setting=MILD, size=size).spells
    situations = situations_of(spells)
    return Learnt(
        situation_features(situations[:people]), spells[:people], tuple(situations[people:])
    )


def many_people(features: pd.DataFrame, *, count: int, seed: int) -> pd.DataFrame:
    """So many people, each answer that of somebody drawn at random."""
    chance = np.random.default_rng(seed)
    values = features.to_numpy(dtype=float)
    drawn = [column[chance.integers(len(column), size=count)] for column in values.T]
    return pd.DataFrame(np.column_stack(drawn), columns=features.columns)


def label_task(learnt: Learnt) -> Task:
    """Whether somebody is without work at 12 months, as a spell of one period."""
    months, event = learnt.spells["months"], learnt.spells["event"]
    known = ((event != CENSORED) | (months >= LABEL_MONTHS)).to_numpy()
    worked = ((event == WORK) & (months <= LABEL_MONTHS)).to_numpy()[known]
    label = pd.DataFrame({"months": 1, "event": np.where(worked, WORK, CENSORED)})
    return _task(
        learnt.features[known],
        label,
        worked,
        horizons=[(1,)],
        settings={"months": 1, "steps": ()},
        members=0,
    )


def spell_task(learnt: Learnt, *, members: int = 8) -> Task:
    """Chances by 12 and by 24 months, from hazards by month.

    ``members`` are those of the boosted estimator: only its intervals need them.
    """
    months, event = learnt.spells["months"], learnt.spells["event"]
    worked = ((event == WORK) & (months <= LABEL_MONTHS)).to_numpy()
    return _task(
        learnt.features,
        learnt.spells,
        worked,
        horizons=[(12,), (24,)],
        settings={"months": 24},
        members=members,
    )


def many_scored(task: Task, people: pd.DataFrame, *, rounds: int) -> Mapping[str, Any]:
    """Milliseconds of every estimator and booster for all people, and the ratios.

    Returns
    -------
    dict
        ``milliseconds`` of the processor and ``wall``, by name, of an estimator by horizon as
        well; ``ratios``, for each of these the times that each booster took as long.

    Raises
    ------
    ModelError
        If the boosted estimator and the booster with its trees do not say the same.
    """
    arrays = _arrays(people)
    _check(task, people[:1000], arrays[SAME_TREES][:1000])
    taken: dict[str, list[Watch]] = {}
    with settled():
        for number in range(rounds + 1):
            runs: dict[str, Callable[[], object]] = {
                name: _predict(booster, arrays[name]) for name, booster in task.boosters.items()
            }
            for name, model in task.models.items():
                for horizons in task.horizons:
                    runs[f"{name}_{horizons[-1]}"] = _estimate(model, people, horizons)
            for name, work in runs.items():
                watch = Watch()
                watch(_STEP, work)
                if number:  # the first warms up
                    taken.setdefault(name, []).append(watch)
    return {
        "people": len(people),
        "trees": {name: booster.num_trees() for name, booster in task.boosters.items()},
        "milliseconds": {
            name: spread([one.total for one in watches], digits=1)
            for name, watches in taken.items()
        },
        "wall": {
            name: spread([one.wall for one in watches], digits=1) for name, watches in taken.items()
        },
        "ratios": {
            name: {peer: _ratio(taken[peer], taken[name]) for peer in task.boosters}
            for name in taken
            if name not in task.boosters
        },
    }


def one_explained(
    models: Mapping[str, Hazard], situations: Sequence[Situation], *, wording: Wording
) -> Mapping[str, Any]:
    """Milliseconds of one person's whole assessment, warm: p50 and p95 over people.

    From the answers to chances with intervals by four horizons, reasons in words, and questions;
    every other person leaves two answers out. The first 20 warm up.
    """
    stamp = ModelStamp(name="risk", synthetic=True)
    asked = [_with_gaps(one, number) for number, one in enumerate(situations)]
    report: dict[str, Any] = {}
    for name, model in models.items():
        taken, clock = [], []
        with settled():
            for one in asked:
                begun, seen = time.process_time(), time.perf_counter()
                assess(model, [one], as_of=date(2026, 11, 29), stamp=stamp, wording=wording)
                taken.append((time.process_time() - begun) * 1000)
                clock.append((time.perf_counter() - seen) * 1000)
        report[name] = {
            "milliseconds": _percentiles(taken[_WARM:]),
            "wall": _percentiles(clock[_WARM:]),
            "within": bool(np.quantile(taken[_WARM:], 0.95) < MOST_MILLISECONDS),
        }
    return {"people": len(asked) - _WARM, "most": MOST_MILLISECONDS, "models": report}


def _task(
    X: pd.DataFrame,
    y: pd.DataFrame,
    worked: Flags,
    *,
    horizons: Sequence[tuple[int, ...]],
    settings: dict[str, Any],
    members: int,
) -> Task:
    boosted = BoostedHazard(members=members, **settings).fit(X, y)
    work = read_boosters(boosted.fits_[0], X.shape[1] + 1)[0]
    if work is None:
        raise ModelError("The boosted estimator learnt no tree; give more people to learn from.")
    usual = lgb.train(
        {"objective": "binary", "verbosity": -1, "num_threads": 1, "deterministic": True},
        lgb.Dataset(X.to_numpy(dtype=float), worked.astype(float)),
    )
    models: dict[str, Hazard] = {
        "hazard": DiscreteHazard(**settings).fit(X, y),
        "splined_hazard": SplinedHazard(**settings).fit(X, y),
        "boosted_hazard": boosted,
    }
    return Task(models, horizons, {SAME_TREES: work, DEFAULTS: usual})


def _arrays(people: pd.DataFrame) -> Mapping[str, Array]:
    """The same people for each booster: that of the hazard reads the stretch of the spell first."""
    values = np.ascontiguousarray(people.to_numpy(dtype=float))
    return {SAME_TREES: np.column_stack([np.zeros(len(values)), values]), DEFAULTS: values}


def _predict(booster: lgb.Booster, rows: Array) -> Callable[[], object]:
    return lambda: booster.predict(rows, num_threads=1)


def _estimate(
    model: Hazard, people: pd.DataFrame, horizons: tuple[int, ...]
) -> Callable[[], object]:
    return lambda: model.predict(people, horizons)


def _check(task: Task, people: pd.DataFrame, rows: Array) -> None:
    """Whether the first month's hazard of the estimator is that of its trees."""
    model = task.models["boosted_hazard"]
    if not isinstance(model, BoostedHazard):
        raise ModelError("The boosted estimator is of another kind; nothing can be compared.")
    margins = np.asarray(task.boosters[SAME_TREES].predict(rows, raw_score=True, num_threads=1))
    bare = expit(margins + model.fits_[0].level[0, 0])
    apart = np.abs(model.hazards(people)[:, 0, 0] - bare).max()
    if not apart <= _SAME:
        raise ModelError(
            f"The estimator and its trees are {apart:.2g} apart in the first month; they do not "
            "compute the same, and their times say nothing."
        )


def _with_gaps(situation: Situation, number: int) -> Situation:
    return situation if number % 2 else replace(situation, own_rating=None, debt_stress=None)


def _ratio(bare: Sequence[Watch], own: Sequence[Watch]) -> Mapping[str, float]:
    return spread([one.total / two.total for one, two in zip(bare, own, strict=True)], digits=2)


def _percentiles(values: Sequence[float]) -> Mapping[str, float]:
    p50, p95 = np.quantile(values, [0.5, 0.95])
    return {"p50": round(float(p50), 3), "p95": round(float(p95), 3)}
