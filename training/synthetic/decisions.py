"""What the hub and the employers decided: who was considered, shown, shortlisted, hired.

The manager shows those she judges fit, among those who come to mind; the employer shortlists
among the shown, and hires the best of those who are about to take up work: a hire is one of the
exits of the spells, never a second fate. Nobody hired for one vacancy is considered again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import numpy as np
import pandas as pd
from sklearn.isotonic import isotonic_regression

from matching.domain.days import MONTH_DAYS
from training.synthetic.outcomes import Array, Chance, Flags, Numbers, outcome
from training.synthetic.parameters import DecisionParameters
from training.synthetic.people import STYLES, Person, Protected
from training.synthetic.vacancies import Opening

_RECENT_MONTHS = 4.0
_DAYS_TO_SHOW = 10
_DAYS_TO_SHORTLIST = 30


def group_losses(
    protected: Sequence[Protected], parameters: DecisionParameters
) -> tuple[Array, Array]:
    """What the planted bias costs each person with managers and with employers, (persons,)."""
    manager, employer = np.zeros(len(protected)), np.zeros(len(protected))
    for bias in parameters.biases:
        member = np.array([getattr(one, bias.attribute) == bias.group for one in protected])
        manager += bias.manager * member
        employer += bias.employer * member
    return manager, employer


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is seen of the decisions, and the truth about the same pairs, row by row."""

    seen: pd.DataFrame
    truth: pd.DataFrame
    hires: Mapping[int, str]


def decide(
    openings: Sequence[Opening],
    people: Sequence[Person],
    protected: Sequence[Protected],
    pools: Sequence[Numbers],
    fits: Sequence[Array],
    spells: pd.DataFrame,
    *,
    parameters: DecisionParameters,
    seed: int,
) -> Decisions:
    """Decide on the vacancies in the order in which they open.

    ``hires`` maps a person's number to the vacancy that ended her spell. At least one pool has
    somebody in it.
    """
    manager, employer = group_losses(protected, parameters)
    closed: list[date] = list(spells["closed"])
    works = [event == "work" for event in spells["event"]]
    starts = [
        _starting(opening, pool, closed, works, parameters)
        for opening, pool in zip(openings, pools, strict=True)
    ]
    ready = float(np.concatenate(starts).mean())
    hires: dict[int, str] = {}
    # Hires bind in time, rows stay in the order of the vacancies.
    order = sorted(
        (number for number, pool in enumerate(pools) if len(pool)),
        key=lambda number: (openings[number].opens, number),
    )
    rows: dict[int, tuple[pd.DataFrame, pd.DataFrame]] = {}
    for number in order:
        opening, pool, fit = openings[number], pools[number], fits[number]
        rng = np.random.default_rng([seed, 5, number])
        judge = partial(
            outcome,
            fit,
            parameters=parameters,
            shown=int(rng.integers(parameters.shown[0], parameters.shown[1] + 1)),
            shortlisted=int(rng.integers(parameters.shortlisted[0], parameters.shortlisted[1] + 1)),
        )
        recent = [(opening.opens - people[p].intake).days / MONTH_DAYS for p in pool]
        exposure = parameters.exposure * np.exp(-np.array(recent, dtype=float) / _RECENT_MONTHS)
        loss = (manager[pool], employer[pool])
        free = np.array([int(p) not in hires for p in pool], dtype=bool)
        happened = _actual(rng, [people[p] for p in pool], opening, starts[number] & free)
        labels = judge(happened, exposure=exposure, loss=loss)[0]
        again = Chance.drawn(rng, parameters.repetitions, len(pool), ready)
        merit = _in_order(judge(again).mean(axis=0), fit)
        usual = judge(again, exposure=exposure, loss=loss).mean(axis=0)
        hires |= {int(p): opening.id for p, label in zip(pool, labels, strict=True) if label == 3}
        rows[number] = (
            _seen(rng, opening, [people[p].id for p in pool], labels, [closed[p] for p in pool]),
            pd.DataFrame(
                {
                    "vacancy_id": opening.id,
                    "person_id": [people[p].id for p in pool],
                    "hidden": (
                        parameters.reliability * happened.reliability[0]
                        + parameters.taste * happened.taste[0]
                    ),
                    "expected_grade": merit,
                    "expected_label": usual,
                }
            ),
        )
    held = [rows[number] for number in sorted(rows)]
    return Decisions(
        pd.concat([seen for seen, _ in held], ignore_index=True),
        pd.concat([truth for _, truth in held], ignore_index=True),
        hires,
    )


def _in_order(grade: Array, fit: Array) -> Array:
    """The nearest grades that never fall with the fit: what falls is noise of few repetitions."""
    order = np.argsort(fit, kind="stable")
    smooth = np.empty_like(grade)
    smooth[order] = isotonic_regression(grade[order])
    return smooth


def _starting(
    opening: Opening,
    pool: Numbers,
    closed: Sequence[date],
    works: Sequence[bool],
    parameters: DecisionParameters,
) -> Flags:
    """Who will take up work, here or elsewhere, soon after this vacancy is decided."""
    first = opening.opens + timedelta(days=_DAYS_TO_SHORTLIST)
    last = first + timedelta(days=parameters.start_within_days)
    return np.array([works[p] and first < closed[p] <= last for p in pool], dtype=bool)


def _actual(
    rng: np.random.Generator, pool: Sequence[Person], opening: Opening, ready: Flags
) -> Chance:
    size = (1, len(pool))
    style = np.array([person.style for person in pool]).reshape(len(pool), STYLES)
    taste = style @ np.array(opening.firm.taste)
    return Chance(
        reliability=np.array([person.reliability for person in pool]).reshape(size),
        interview=rng.standard_normal(size),
        # A product of two vectors of independent standard normals has their length as variance.
        taste=(taste / np.sqrt(len(opening.firm.taste))).reshape(size),
        manager=rng.standard_normal(size),
        employer=rng.standard_normal(size),
        ready=ready.reshape(size),
    )


def _seen(
    rng: np.random.Generator,
    opening: Opening,
    persons: Sequence[str],
    labels: Numbers,
    closed: Sequence[date],
) -> pd.DataFrame:
    shown = opening.opens + timedelta(days=int(rng.integers(2, _DAYS_TO_SHOW + 1)))
    listed = opening.opens + timedelta(
        days=int(rng.integers(_DAYS_TO_SHOW + 1, _DAYS_TO_SHORTLIST))
    )
    return pd.DataFrame(
        {
            "vacancy_id": opening.id,
            "person_id": list(persons),
            "label": labels,
            "shown": labels >= 1,
            "shortlisted": labels >= 2,
            "hired": labels == 3,
            "opened_on": opening.opens,
            "shown_on": [shown if label >= 1 else None for label in labels],
            "shortlisted_on": [listed if label >= 2 else None for label in labels],
            "hired_on": [
                day if label == 3 else None for day, label in zip(closed, labels, strict=True)
            ],
        }
    )
