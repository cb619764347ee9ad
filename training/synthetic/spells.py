"""Spells without work: covariates, the true monthly hazards, what happened, what was seen.

In each month a person first finds work with probability ``expit(lp)``; who does not may become
inactive, with a hazard of its own. A logistic model of person-months, in which the month of an
inactive exit counts as a month without work, therefore has exactly the true coefficients.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.domain.days import MONTH_DAYS
from training.synthetic.parameters import Size, SpellParameters
from training.synthetic.people import Person

Array = npt.NDArray[np.float64]
HORIZONS = (6, 12, 18, 24)
# Nodes and weights of the average over the frailty.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
_NEVER = 10_000


def covariates(
    people: Sequence[Person], demand: Array, parameters: SpellParameters, rng: np.random.Generator
) -> pd.DataFrame:
    """What is known of each person's situation at intake, one row per person.

    ``own_rating`` (1-5) is her own idea of her chances: it follows the rest, and adds to it.
    """
    frame = pd.DataFrame(
        {
            "person_id": [person.id for person in people],
            "intake": [person.intake for person in people],
            "months_since_last_job": [person.gap for person in people],
            "share_worked_5y": [person.share_worked for person in people],
            "jobs_5y": [len(lately(person)) for person in people],
            "longest_job_5y": [max(lately(person), default=0) for person in people],
            "past_long_spells": [person.long_spells for person in people],
            "education_eqf": [person.education for person in people],
            "italian_level": [person.italian for person in people],
            "licence": [person.licence for person in people],
            "own_vehicle": [person.vehicle for person in people],
            "hours_available": [person.hours for person in people],
            "care_load": [person.care_load for person in people],
            "debt_stress": [person.debt_stress for person in people],
            "housing_stress": [person.housing_stress for person in people],
            "local_demand": demand.round(3),
            "own_rating": np.full(len(people), 3),
        }
    )
    lp = linear(design(frame), parameters.work_effects)
    own = 3.1 + 1.1 * lp + parameters.rating_noise * rng.standard_normal(len(people))
    frame["own_rating"] = np.clip(np.rint(own), 1, 5).astype(int)
    return frame


def lately(person: Person) -> list[int]:
    """Months, within the five years before intake, of each job that reaches into them."""
    since = person.intake - timedelta(days=round(60 * MONTH_DAYS))
    return [
        min(max(1, round((job.end - max(job.start, since)).days / MONTH_DAYS)), 60)
        for job in person.jobs
        if job.end > since
    ]


def design(spells: pd.DataFrame) -> pd.DataFrame:
    """The columns that the true hazards are linear in, from the covariates of the spells.

    Returns
    -------
    DataFrame
        One row per person, the same index, ten columns of about unit scale and mean near 0.
    """
    return pd.DataFrame(
        {
            "gap": np.log1p(spells["months_since_last_job"].clip(upper=60)) - 1.5,
            "share_worked": (spells["share_worked_5y"] - 0.55) / 0.25,
            "long_spells": spells["past_long_spells"].clip(upper=3) - 0.5,
            "diploma": (spells["education_eqf"] >= 4) - 0.45,
            "licence": spells["licence"] - 0.75,
            "hours": (spells["hours_available"] - 35) / 8,
            "debt_stress": spells["debt_stress"] - 0.3,
            "housing_stress": spells["housing_stress"] - 0.25,
            "local_demand": (spells["local_demand"] - 0.5) / 0.29,
            "own_rating": spells["own_rating"] - 3.0,
        },
        index=spells.index,
        dtype=float,
    )


def linear(columns: pd.DataFrame, effects: Mapping[str, float]) -> Array:
    """Log odds of the given effects, shape (persons,)."""
    named = columns[list(effects)].to_numpy(dtype=float)
    return np.asarray(named @ np.array(list(effects.values())), dtype=float)


def duration(parameters: SpellParameters, months: int) -> Array:
    """Log odds of work by month of the spell, shape (months,), the first month first."""
    month = np.arange(1, months + 1)
    early = np.where(month <= parameters.early_months, parameters.early, 0.0)
    late = np.where(month > parameters.duration_month, np.log(parameters.duration_factor), 0.0)
    return np.asarray(early + late, dtype=float)


@dataclass(frozen=True, slots=True)
class Plan:
    """A measure and the month of the spell in which it begins; no measure where kind is empty."""

    kind: str = ""
    start: int = 0


def path(plan: Plan, parameters: SpellParameters, months: int) -> Array:
    """Log odds that a plan adds by month, shape (months,): lock-in, then effect."""
    if not plan.kind:
        return np.zeros(months)
    measure = parameters.measures[plan.kind]
    month = np.arange(1, months + 1)
    during = (month >= plan.start) & (month < plan.start + measure.months)
    after = month >= plan.start + measure.months
    return np.where(during, measure.lock_in, np.where(after, measure.effect, 0.0))


def plan_chances(work: Array, parameters: SpellParameters) -> dict[Plan, Array]:
    """How likely each person is to be offered each plan: the needier, the likelier.

    Returns
    -------
    dict
        Arrays of shape (persons,) that add up to 1.
    """
    need = (work.mean() - work) / (work.std() or 1.0)
    lift = np.minimum(np.exp(parameters.measure_need * need), 2.5)
    chances: dict[Plan, Array] = {}
    for kind, measure in parameters.measures.items():
        for start in parameters.measure_starts:
            chances[Plan(kind, start)] = measure.uptake * lift / len(parameters.measure_starts)
    return {Plan(): 1.0 - np.sum(list(chances.values()), axis=0), **chances}


def hazards(
    work: Array, inactive: Array, added: Array, parameters: SpellParameters
) -> tuple[Array, Array]:
    """Monthly hazards of work and of inactivity, both of shape (persons, months).

    ``work`` and ``inactive`` are log odds per person without intercept, ``added`` by month.
    """
    months = added.shape[-1]
    steps = parameters.work_intercept + duration(parameters, months) + added
    to_work = _expit(work[:, None] + steps)
    to_inactive = _expit(parameters.inactive_intercept + inactive)[:, None]
    return to_work, np.broadcast_to(to_inactive, to_work.shape)


def true_chances(
    work: Array, inactive: Array, chances: Mapping[Plan, Array], parameters: SpellParameters
) -> dict[str, Array]:
    """What a forecaster who knows every parameter would say at intake.

    Averaged over the measures that may be offered and over the frailty.

    Returns
    -------
    dict
        Arrays of shape (persons,), for each horizon h in months: ``no_work_h`` (no job by then,
        inactive included), ``inactive_h``, ``searching_h`` (the two parts of it), and
        ``no_work_if_active_h`` (if nobody became inactive: what a hazard of work alone gives).
    """
    found = {
        f"{name}_{horizon}": np.zeros(len(work))
        for name in ("no_work", "inactive", "searching", "no_work_if_active")
        for horizon in HORIZONS
    }
    for plan, chance in chances.items():
        added = path(plan, parameters, max(HORIZONS))
        for node, weight in zip(_NODES, _WEIGHTS / _WEIGHTS.sum(), strict=True):
            shifted = work + parameters.frailty * node
            to_work, to_inactive = hazards(shifted, inactive, added, parameters)
            alone = np.cumprod(1.0 - to_work, axis=1)
            searching = np.cumprod((1.0 - to_work) * (1.0 - to_inactive), axis=1)
            before = np.hstack([np.ones((len(work), 1)), searching[:, :-1]])
            worked = np.cumsum(before * to_work, axis=1)
            for horizon in HORIZONS:
                at = horizon - 1
                share = chance * weight
                found[f"no_work_{horizon}"] += share * (1.0 - worked[:, at])
                found[f"searching_{horizon}"] += share * searching[:, at]
                found[f"inactive_{horizon}"] += share * (1 - worked[:, at] - searching[:, at])
                found[f"no_work_if_active_{horizon}"] += share * alone[:, at]
    return found


@dataclass(frozen=True, slots=True)
class Spells:
    """Spells as seen, the measures begun, and the truth behind them, a row per person."""

    seen: pd.DataFrame
    measures: pd.DataFrame
    truth: pd.DataFrame


def make_spells(
    frame: pd.DataFrame, parameters: SpellParameters, size: Size, rng: np.random.Generator
) -> Spells:
    """Let the months go by for everybody, then close the books at the end of the history."""
    count = len(frame)
    columns = design(frame)
    work = linear(columns, parameters.work_effects)
    inactive = linear(columns, parameters.inactive_effects)
    chances = plan_chances(work, parameters)
    plans = _draw_plans(chances, rng)
    added = np.array([path(plan, parameters, parameters.horizon) for plan in plans])
    frailty = parameters.frailty * rng.standard_normal(count)
    to_work, to_inactive = hazards(work + frailty, inactive, added, parameters)
    works = _first(rng.random(to_work.shape) < to_work)
    quits = _first(rng.random(to_work.shape) < to_inactive)
    month = np.minimum(works, quits)
    exits = np.where(month == _NEVER, "", np.where(works <= quits, "work", "inactive"))
    lost = rng.geometric(parameters.loss, size=count) if parameters.loss else np.full(count, _NEVER)
    within = rng.random(count)

    end = size.start + timedelta(days=round(size.months * MONTH_DAYS))
    watched = np.array([int((end - day).days / MONTH_DAYS) for day in frame["intake"]])
    last = np.minimum(watched, lost)
    observed = month <= last
    days = np.where(observed, (month - 1 + within) * MONTH_DAYS, last * MONTH_DAYS).astype(int)
    closed = [
        day + timedelta(days=int(passed)) for day, passed in zip(frame["intake"], days, strict=True)
    ]
    seen = frame.assign(
        months=np.where(observed, month, last).astype(int),
        event=np.where(observed, exits, "censored"),
        censored_by=np.where(observed, "", np.where(lost < watched, "lost", "observation")),
        closed=closed,
    )
    begun = [
        (person, plan.kind, plan.start, parameters.measures[plan.kind].months)
        for person, plan, months in zip(frame["person_id"], plans, seen["months"], strict=True)
        if plan.kind and plan.start < months
    ]
    truth = pd.DataFrame(
        {
            "person_id": frame["person_id"],
            "work_log_odds": work,
            "inactive_log_odds": inactive,
            "frailty": frailty,
            "exit": exits,
            "exit_month": np.where(month == _NEVER, parameters.horizon + 1, month).astype(int),
            **true_chances(work, inactive, chances, parameters),
        }
    )
    names = ["person_id", "kind", "start_month", "months"]
    return Spells(seen, pd.DataFrame(begun, columns=names), truth)


def _draw_plans(chances: Mapping[Plan, Array], rng: np.random.Generator) -> list[Plan]:
    bounds = np.cumsum(list(chances.values()), axis=0)
    drawn = (rng.random(bounds.shape[1]) >= bounds).sum(axis=0).clip(max=len(chances) - 1)
    plans = list(chances)
    return [plans[int(number)] for number in drawn]


def _first(happens: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    return np.where(happens.any(axis=1), happens.argmax(axis=1) + 1, _NEVER).astype(np.int64)


def _expit(log_odds: Array) -> Array:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)), dtype=float)
