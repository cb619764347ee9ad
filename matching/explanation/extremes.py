"""Homes and jobs that stand for all those a person might name, for one vacancy."""

from dataclasses import dataclass

import numpy as np

from matching.domain import Vacancy
from matching.features import FeatureSpace
from matching.territory import Mode

_HOMES = (0.1, 0.5, 0.9)  # of the territory's municipalities, by the journey to the workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Extremes:
    """What one vacancy is near to and far from.

    ``homes`` are ISTAT codes of municipalities with a short, a middling and a long journey,
    ``job`` is the URI of the job offered, ``other_job`` of one that has least to do with it.
    """

    homes: tuple[str, ...] = ()
    job: str | None = None
    other_job: str | None = None


def extremes(vacancy: Vacancy, space: FeatureSpace) -> Extremes:
    """Return the homes and jobs to try for a vacancy.

    Where the vacancy names no job that can be compared, the job is the one that needs most of
    the skills asked.
    """
    job, other = _jobs(vacancy, space)
    return Extremes(homes=_homes(vacancy, space), job=job, other_job=other)


def _homes(vacancy: Vacancy, space: FeatureSpace) -> tuple[str, ...]:
    if vacancy.facts.comune is None:
        return ()
    territory, journeys = space.territory, space.territory.journeys
    place = territory.municipality(str(vacancy.facts.comune.value))
    minutes = journeys.minutes[Mode.CAR][:, journeys.numbers[place.istat]]
    towns = sorted(
        (float(minutes[journeys.numbers[town.istat]]), town.istat)
        for town in territory.municipalities
    )
    last = len(towns) - 1
    return tuple(dict.fromkeys(towns[round(share * last)][1] for share in _HOMES))


def _jobs(vacancy: Vacancy, space: FeatureSpace) -> tuple[str | None, str | None]:
    jobs, skills, concepts = space.occupations, space.skills, space.taxonomy.concepts
    if not jobs.numbers:
        return None, None
    targets = jobs.known(job.uri for job in vacancy.occupations)
    size = len(jobs.proximity)
    near = jobs.proximity[:, targets].max(axis=1) if targets else np.zeros(size)
    numbers = {skill.uri: skills.numbers.get(skill.uri) for skill in vacancy.skills}
    asked = {uri: float(skills.weights[n]) for uri, n in numbers.items() if n is not None}

    def shared(uri: str) -> tuple[float, str]:
        needed = asked.keys() & concepts[uri].essential
        return sum(asked[skill] for skill in sorted(needed)), uri

    # Shared skills decide among the nearest, and among the farthest, which are hundreds: mostly
    # the first of them shares none.
    uris = np.array(list(jobs.numbers), dtype=object)
    nearest, farthest = (uris[near == end].tolist() for end in (near.max(), near.min()))
    apart = next((uri for uri in sorted(farthest) if shared(uri)[0] == 0.0), None)
    return max(nearest, key=shared), apart or min(farthest, key=shared)
