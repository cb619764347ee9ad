"""The vacancies that a person's reach is counted over, read once for everybody."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.domain import Vacancy
from matching.domain.days import MONTH_DAYS
from matching.features import Asked, FeatureSpace, asked_of
from matching.ranking.eligibility import HardRequirements, hard_requirements
from matching.ranking.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Market:
    """Vacancies open on a day, then those of a stretch of the past, as all persons meet them.

    The first ``now`` of ``asked`` are open; the others are what a territory usually offers in
    ``months``. A vacancy may be among both. ``hard`` are all the sets of requirements that there
    are, each once, and ``kind`` which of them each vacancy has.
    """

    asked: Asked
    hard: tuple[HardRequirements, ...]
    kind: npt.NDArray[np.int64]
    now: int
    months: float


def market(
    open_now: Sequence[Vacancy],
    *,
    past: Sequence[Vacancy] = (),
    past_days: int = 0,
    space: FeatureSpace,
    rules: Rules,
    as_of: date,
) -> Market:
    """Read vacancies once.

    Parameters
    ----------
    open_now
        Those that somebody can be proposed for on ``as_of``; the reserved ones are left out by
        whoever calls.
    past, past_days
        Those that opened in so many days before, whatever became of them; none without.
    space, rules
        What they are compared in, and the law's requirements.
    as_of
        The day.
    """
    every = [*open_now, *past]
    kinds: dict[Hashable, int] = {}
    hard: list[HardRequirements] = []
    kind = []
    for one in every:
        found = hard_requirements(one, rules, as_of=as_of)
        number = kinds.setdefault(_excluding(found), len(hard))
        if number == len(hard):
            hard.append(found)
        kind.append(number)
    return Market(
        asked=asked_of(every, space),
        hard=tuple(hard),
        kind=np.array(kind, dtype=np.int64),
        now=len(open_now),
        months=past_days / MONTH_DAYS if past else 0.0,
    )


def _excluding(hard: HardRequirements) -> Hashable:
    """What of some requirements decides whom they exclude: not the words that say so."""
    return (
        tuple((one.rule.id, one.asked, one.certain, one.licences) for one in hard.requirements),
        hard.full_time_only,
        hard.offers_both,
        hard.weekly_hours,
        hard.shifts,
    )
