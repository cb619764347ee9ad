"""Agreed paths of an invented district, with known effects of the measures taken up.

How it is made, in the order in which it is drawn. Numbers without a source are assumptions.

People: months without work log-normal around ten; a need in general, standard normal, of which
levels of eleven needs, education, hours and licence are noisy signs. Each of these is recorded
nine times in ten; months without work always.

The chance of work without any measure: log odds around those of the public programme (53% within
12 months in the north-west), less with need and with months without work, and a little less for
who has both (which no straight line says).

Measures: each is taken up by a share of people of its own, and the more the better their chances
look *by what was recorded* (``selection``: log odds for one sd): who is better off takes part
more. With ``unrecorded`` a part of it goes by what nobody wrote down, so that the assumption of
every comparison by records is broken.

Outcomes: a measure changes the chance by the planted points of its kind, group and horizon, within
2% and 98%; the three horizons of one person go together. Paths were agreed over 36 months, so that
later horizons are known of fewer; one outcome in ten is never known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit, ndtr

from matching.domain import Level, Measure, Need
from matching.domain.outcomes import (
    HORIZONS,
    Accepted,
    PathRecord,
    RecordedNeed,
    WorkGroup,
)

Array = npt.NDArray[np.float64]
Planted = Mapping[tuple[Measure, WorkGroup, int], float]

AS_OF = date(2026, 11, 1)
_MONTHS = 36
_DAYS = 30.44
_WORK_BY = {6: 0.33, 12: 0.53, 24: 0.66}
_RECORDED = 0.9
_LOST = 0.1
_TOGETHER = 0.7  # of the variance of chance, shared by the horizons
_LEVELS = (Level.NONE, Level.MILD, Level.SERIOUS, Level.URGENT)
_UPTAKE = {
    Measure.COURSE: 0.16,
    Measure.CERTIFICATE: 0.12,
    Measure.WORK_GRANT: 0.08,
    Measure.INTERNSHIP: 0.09,
    Measure.JOB_SEARCH_HELP: 0.2,
    Measure.LANGUAGE: 0.1,
    Measure.DIGITAL: 0.07,
    Measure.TRANSPORT: 0.06,
    Measure.CARE: 0.07,
    Measure.HOUSING: 0.06,
    Measure.FOOD: 0.08,
    Measure.BUDGET: 0.05,
    Measure.LISTENING: 0.1,
    Measure.LEGAL_HELP: 0.02,
    Measure.BUSINESS_START: 0.01,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PathsDrawn:
    """Paths, by past horizon whether work was found (None if not known), and the true effects.

    ``truth`` is the mean, over all who took the measure up, of the chance with it less the chance
    without it: what the planted points come to within the bounds of a chance.
    """

    paths: tuple[PathRecord, ...]
    worked: tuple[Mapping[int, bool | None], ...]
    truth: Planted


def draw_paths(
    planted: Planted, *, people: int, seed: int, selection: float = 0.8, unrecorded: float = 0.0
) -> PathsDrawn:
    """Draw a district; equal arguments give an equal one.

    Parameters
    ----------
    planted
        Points of probability of every measure, group and horizon.
    people
        How many.
    seed
        From 0.
    selection
        Log odds of taking a measure up, for one sd of the chances as they were recorded.
    unrecorded
        The same for what was not recorded and helps to find work.
    """
    rng = np.random.default_rng([seed, 7])
    months = np.clip(np.rint(np.exp(rng.normal(np.log(10), 1.0, people))), 0, 240)
    need = rng.standard_normal(people)
    levels = np.clip(
        np.floor(0.4 + 0.6 * need[:, None] + rng.normal(0, 0.8, (people, len(Need)))), 0, 3
    )
    education = np.clip(np.rint(3.6 - 0.5 * need + rng.normal(0, 1.2, people)), 1, 7)
    hours = np.clip(np.rint(34 - 2 * need + rng.normal(0, 6, people)), 10, 40)
    licence = rng.random(people) < expit(1.0 - 0.4 * need)
    hidden = rng.standard_normal(people)
    traits = np.column_stack([levels, education, hours, licence])
    is_recorded = rng.random(traits.shape) < _RECORDED
    gap = (np.log1p(months) - 2.3) / 0.9

    weights = np.array([*np.full(len(Need), -0.13), 0.14, 0.02, 0.3])
    centred = traits - traits.mean(axis=0)
    score = centred @ weights - 0.45 * gap - 0.12 * gap * levels.mean(axis=1)
    score = score + (0.5 * hidden if unrecorded else 0.0)
    score = score - score.mean()
    looks = np.where(is_recorded, centred, 0.0) @ weights - 0.45 * gap
    looks = (looks - looks.mean()) / looks.std()
    pull = selection * looks + unrecorded * hidden
    took = {one: rng.random(people) < expit(logit(share) + pull) for one, share in _UPTAKE.items()}

    agreed = rng.integers(0, round(_MONTHS * _DAYS), people)
    common = rng.standard_normal(people)
    long = months >= 12
    truth: dict[tuple[Measure, WorkGroup, int], float] = {}
    worked: list[dict[int, bool | None]] = [{} for _ in range(people)]
    for horizon in HORIZONS:
        without = expit(logit(_WORK_BY[horizon]) + score)
        points = {one: _points(planted, one, long, horizon) for one in Measure}
        added = np.sum([np.where(took[one], points[one], 0.0) for one in Measure], axis=0)
        chance = _bounded(without + added)
        for measure, group in ((m, g) for m in Measure for g in WorkGroup):
            takers = took[measure] & (long == (group is WorkGroup.LONG_TERM))
            but_for = _bounded(without + added - points[measure])
            effect = (chance - but_for)[takers]
            truth[measure, group, horizon] = float(effect.mean()) if takers.any() else np.nan
        own = rng.standard_normal(people)
        luck = ndtr(np.sqrt(_TOGETHER) * common + np.sqrt(1 - _TOGETHER) * own)
        known = rng.random(people) >= _LOST
        for number in np.flatnonzero(agreed >= horizon * _DAYS):
            came = bool(luck[number] < chance[number])
            worked[number][horizon] = came if known[number] else None
    paths = tuple(
        PathRecord(
            id=f"sintetico-{seed}-{number}",
            person_id=f"sintetico-{seed}-{number}",
            agreed_on=AS_OF - timedelta(days=int(agreed[number])),
            accepted=tuple(Accepted(measure=one) for one in Measure if took[one][number]),
            months_without_work=int(months[number]),
            needs=tuple(
                RecordedNeed(need=one, level=_LEVELS[int(levels[number, place])])
                for place, one in enumerate(Need)
                if is_recorded[number, place]
            ),
            education_level=_if(is_recorded[number, -3], int(education[number])),
            weekly_hours=_if(is_recorded[number, -2], int(hours[number])),
            driving_licence=bool(licence[number]) if is_recorded[number, -1] else None,
        )
        for number in range(people)
    )
    return PathsDrawn(paths=paths, worked=tuple(worked), truth=truth)


def _points(planted: Planted, measure: Measure, long: npt.NDArray[np.bool_], horizon: int) -> Array:
    return np.where(
        long,
        planted[measure, WorkGroup.LONG_TERM, horizon],
        planted[measure, WorkGroup.OTHERS, horizon],
    )


def _bounded(chance: Array) -> Array:
    return np.clip(chance, 0.02, 0.98)


def _if(is_known: bool, value: int) -> int | None:
    return value if is_known else None
