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
from matching.ranking.eligibility_pool import PoolAnswers, not_met
from matching.ranking.reserved import open_to_all
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
    """Read vacancies once. Those reserved by L. 68/99 are left out: nobody is ranked for them.

    Parameters
    ----------
    open_now
        Those that are open on ``as_of``.
    past, past_days
        Those that opened in so many days before, whatever became of them; none without.
    space, rules
        What they are compared in, and the law's requirements.
    as_of
        The day.
    """
    now = open_to_all(open_now)
    every = [*now, *open_to_all(past)]
    return market_of(
        asked_of(every, space),
        [hard_requirements(one, rules, as_of=as_of) for one in every],
        now=len(now),
        months=past_days / MONTH_DAYS if past else 0.0,
    )


def market_of(
    asked: Asked, hard: Sequence[HardRequirements], *, now: int | None = None, months: float = 0.0
) -> Market:
    """The same of vacancies that were read already, with the requirements of each.

    The first ``now`` of them are open, all without; the others opened in ``months``.
    """
    kinds: dict[Hashable, int] = {}
    each: list[HardRequirements] = []
    kind = []
    for found in hard:
        number = kinds.setdefault(_excluding(found), len(each))
        if number == len(each):
            each.append(found)
        kind.append(number)
    return Market(
        asked=asked,
        hard=tuple(each),
        kind=np.array(kind, dtype=np.int64),
        now=len(asked) if now is None else now,
        months=months,
    )


def barred(market: Market, answers: PoolAnswers) -> npt.NDArray[np.bool_]:
    """Whom each vacancy's hard requirements surely exclude, shape (vacancies, profiles)."""
    kinds = [not_met(hard, answers) for hard in market.hard]
    return np.array(kinds, dtype=bool).reshape(len(kinds), len(answers.ids))[market.kind]


def _excluding(hard: HardRequirements) -> Hashable:
    """What of some requirements decides whom they exclude: not the words that say so."""
    return (
        tuple((one.rule.id, one.asked, one.certain, one.licences) for one in hard.requirements),
        hard.full_time_only,
        hard.offers_both,
        hard.weekly_hours,
        hard.shifts,
    )
