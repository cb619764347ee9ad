"""People compared: a test says who took what up, and what came of it."""

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np

from matching.accompaniment.effects import Observed
from matching.domain import Level, Measure, Need
from matching.domain.outcomes import Accepted, PathRecord, RecordedNeed

AS_OF = date(2026, 11, 28)


def one(
    number: int,
    *measures: Measure,
    worked: Mapping[int, bool | None],
    months: int | None = 4,
    need: Level = Level.MILD,
) -> Observed:
    path = PathRecord(
        id=f"p{number}",
        person_id=f"p{number}",
        agreed_on=date(2024, 1, 10),
        accepted=tuple(Accepted(measure=each) for each in measures),
        months_without_work=months,
        needs=(RecordedNeed(need=Need.WORK, level=need),),
    )
    return Observed(path=path, worked=worked)


def selected(count: int, *, seed: int, effect: float) -> list[Observed]:
    """People of whom those with less need take a course more often, and find work more often."""
    rng = np.random.default_rng(seed)
    people = []
    for number in range(count):
        better = rng.random() < 0.5
        took = rng.random() < (0.6 if better else 0.2)
        chance = (0.65 if better else 0.25) + (effect if took else 0.0)
        found = bool(rng.random() < chance)
        people.append(
            one(
                number,
                *([Measure.COURSE] if took else []),
                worked={12: found},
                need=Level.NONE if better else Level.SERIOUS,
            )
        )
    return people


def rates(people: Iterable[Observed], measure: Measure) -> tuple[float, float]:
    """Raw shares with work at 12 months of those with a measure, and of the others."""
    people = list(people)
    with_it = [bool(p.worked[12]) for p in people if measure in p.path.measures]
    without = [bool(p.worked[12]) for p in people if measure not in p.path.measures]
    return float(np.mean(with_it)), float(np.mean(without))
