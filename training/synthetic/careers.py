"""Working lives: the jobs before intake, and the pauses between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from matching.domain.days import MONTH_DAYS
from matching.territory import Territory

_LONGEST_GAP = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job held: trade by number, first and last day, fictional firm, place."""

    craft: int
    start: date
    end: date
    place: str

    @property
    def months(self) -> int:
        """Whole months between the two days, at least one."""
        return max(1, round((self.end - self.start).days / MONTH_DAYS))


@dataclass(frozen=True, slots=True)
class Career:
    """Jobs, the last one first, and what they say about the pauses."""

    jobs: tuple[Job, ...]
    gap: int
    share_worked: float
    long_spells: int


def make_career(
    rng: np.random.Generator,
    held: Sequence[int],
    intake: date,
    age: int,
    education: int,
    territory: Territory,
    where: npt.NDArray[np.float64],
    haste: float,
) -> Career:
    """Jobs backwards from intake: a gap, a job, a gap, a job ... until school."""
    since_school = max(0, round(12 * (age - (16 if education < 3 else 15 + education))))
    first_gap = float(rng.exponential(26.0) + 6 if rng.random() < 0.27 else rng.exponential(3.2))
    clock = gap = min(round(haste * first_gap), since_school, _LONGEST_GAP)
    jobs: list[Job] = []
    long_spells = worked = 0
    longest = 3 if age < 25 else 6
    while clock < since_school - 2 and len(jobs) < longest:
        length = min(max(1, round(float(rng.lognormal(2.75, 0.9)))), since_school - clock)
        start, end = _before(intake, clock + length), _before(intake, clock)
        craft = held[0] if not jobs or rng.random() < 0.6 else int(rng.choice(held))
        town = territory.municipalities[int(rng.choice(len(where), p=where))].name
        jobs.append(Job(craft=craft, start=start, end=end, place=town))
        worked += max(0, min(clock + length, 60) - min(clock, 60))
        pause = round(
            haste
            * float(rng.exponential(20.0) + 10 if rng.random() < 0.16 else rng.exponential(2.5))
        )
        long_spells += pause >= 12 and clock + length + pause < since_school
        clock += length + pause
    if not jobs:
        gap = min(since_school, _LONGEST_GAP)
    return Career(tuple(jobs), gap, round(worked / 60, 3), long_spells)


def _before(day: date, months: int) -> date:
    return day - timedelta(days=round(months * MONTH_DAYS))
