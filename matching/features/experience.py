"""How near the jobs a person did, or wants, are to the job of a vacancy.

Only what was done and for how long counts, never when: no feature sees a date.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.domain import OccupationHeld, Profile, Vacancy
from matching.features.tables import Array, Numbers, Rows, SkillSpace
from matching.taxonomy import Taxonomy

Flags = npt.NDArray[np.bool_]

# Shared leading digits of ISCO-08: unit group, minor group, sub-major group, major group.
_ISCO_PROXIMITY = (0.0, 0.05, 0.2, 0.45, 0.75)
_SHARED_SKILLS = 0.9
_OPTIONAL_SKILL = 0.4
NEAR = 0.4  # jobs less alike than this prove no experience in the trade
_SATURATION_MONTHS = 24.0
_AT_ONCE = 20_000  # jobs looked up at once: what a processor keeps near


@dataclass(frozen=True, slots=True)
class OccupationSpace:
    """Occupations, numbered, and how alike each two are, in [0, 1].

    Others (of an imported taxonomy) are near to none; what their skills prove counts as skills.
    ``families`` numbers the lexicon's family of each: kitchen porter and waiter share few skills
    and no ISCO group, and yet both have worked in restaurants.
    """

    numbers: Mapping[str, int]
    proximity: Array
    families: Numbers

    def near(self, uri: str, targets: Sequence[str]) -> float:
        """Proximity of an occupation to the nearest of some others; 0 where there are none."""
        if uri not in self.numbers:
            return 0.0
        row = self.numbers[uri]
        return max((self.proximity.item(row, other) for other in self.known(targets)), default=0.0)

    def known(self, uris: Iterable[str]) -> list[int]:
        """The numbers of those occupations that have one."""
        return [self.numbers[uri] for uri in uris if uri in self.numbers]


def occupation_space(taxonomy: Taxonomy, space: SkillSpace) -> OccupationSpace:
    """Proximity of occupations: by the ISCO-08 tree, or by the skills they share.

    The larger of a step function of shared ISCO digits and 0.9 times the cosine of weighted
    skill sets (essential 1, optional 0.4); an occupation is at 1 from itself.
    """
    occupations = taxonomy.occupations
    size = len(occupations)
    codes = np.array([[int(digit) for digit in o.isco08] for o in occupations]).reshape(size, 4)
    same = codes[:, None, :] == codes[None, :, :]
    shared = np.cumprod(same, axis=2).sum(axis=2)
    by_tree = np.asarray(_ISCO_PROXIMITY)[shared]

    needs = sparse.lil_array((size, len(space.numbers)))
    for row, occupation in enumerate(occupations):
        for uris, share in ((occupation.optional, _OPTIONAL_SKILL), (occupation.essential, 1.0)):
            for uri in uris:
                if uri in space.numbers:
                    number = space.numbers[uri]
                    needs[row, number] = share * space.weights[number]
    matrix = needs.tocsr()
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1), dtype=float)).reshape(-1)
    norms[norms == 0] = 1.0
    cosine = np.asarray((matrix @ matrix.T).todense(), dtype=float) / np.outer(norms, norms)
    proximity = np.maximum(by_tree, _SHARED_SKILLS * cosine)
    np.fill_diagonal(proximity, 1.0)
    numbers = {occupation.uri: number for number, occupation in enumerate(occupations)}
    named = sorted({occupation.family for occupation in occupations})
    families = np.array([named.index(occupation.family) for occupation in occupations], np.int64)
    return OccupationSpace(numbers, proximity, families)


@dataclass(frozen=True, slots=True, eq=False)
class PersonJobs(Rows):
    """Persons by row, their jobs side by side: jobs done, months in each, and jobs wanted.

    Jobs are numbers of the space, one past the last where there is none; months are NaN where no
    date proves any.
    """

    done: Numbers
    months: Array
    wanted: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class AskedTrade(Rows):
    """Vacancies by row: how near every occupation is to the one offered, and months asked.

    ``near`` has a last column, NaN, for no job; a vacancy that names no trade is NaN throughout.
    ``kin`` is made likewise: 1 where an occupation is of the family of the one offered, else 0.
    """

    near: Array
    kin: Array
    required: Array


def person_jobs(profiles: Sequence[Profile], space: OccupationSpace) -> PersonJobs:
    """Jobs of persons; those that the space does not know are passed over."""
    done = [_known(profile.occupations, space) for profile in profiles]
    wanted = [_known(profile.aspirations, space) for profile in profiles]
    none = len(space.numbers)
    return PersonJobs(
        done=_padded([[space.numbers[job.uri] for job in jobs] for jobs in done], none),
        months=_padded(
            [[np.nan if job.months is None else job.months for job in jobs] for jobs in done],
            np.nan,
        ),
        wanted=_padded([[space.numbers[job.uri] for job in jobs] for jobs in wanted], none),
    )


def asked_trade(vacancies: Sequence[Vacancy], space: OccupationSpace) -> AskedTrade:
    """The trade of vacancies, and the months of experience they ask for."""
    near, kin = (np.full((len(vacancies), len(space.numbers) + 1), np.nan) for _ in range(2))
    required = np.full(len(vacancies), np.nan)
    for row, vacancy in enumerate(vacancies):
        jobs = space.known(occupation.uri for occupation in vacancy.occupations)
        if jobs:
            near[row, :-1] = space.proximity[:, jobs].max(axis=1)
            kin[row, :-1] = np.isin(space.families, space.families[jobs])
        months = vacancy.facts.months_required
        if months is not None and months.value:
            required[row] = float(months.value)
    return AskedTrade(near, kin, required)


def experience_features(asked: AskedTrade, persons: PersonJobs) -> dict[str, Array]:
    """Proximity and length of experience, and proximity of what the person wants.

    Returns
    -------
    dict
        Arrays of shape (vacancies, persons) in [0, 1]: ``experience_proximity`` (nearest job
        held), ``experience_months`` (1 - exp(-m / 24) of the months in near jobs),
        ``experience_family`` (the same of the months in jobs of the family, all in full),
        ``experience_required`` (share of the months asked), ``aspirations_proximity``; NaN where
        not known or not asked; and the ``asked_`` columns.
    """
    shape = (len(asked.near), len(persons.done))
    proximity, months, family, wanted = (np.empty(shape) for _ in range(4))
    # First jobs of all persons, then second ones, and so on.
    done, hoped = (np.ascontiguousarray(jobs.T) for jobs in (persons.done, persons.wanted))
    undated = np.isnan(persons.months.T)
    dated = np.where(undated, 0.0, persons.months.T)
    # A few vacancies at a time: what every occupation is worth to each, looked up for all jobs.
    some = max(1, _AT_ONCE // max(1, done.size + hoped.size))
    for start in range(0, len(asked.near), some):
        rows = slice(start, start + some)
        found = np.take(asked.near[rows], done, axis=1)
        proximity[rows] = np.fmax.reduce(found, axis=1)
        months[rows] = _months_near(found, dated, undated)
        family[rows] = _months_near(np.take(asked.kin[rows], done, axis=1), dated, undated)
        wanted[rows] = np.fmax.reduce(np.take(asked.near[rows], hoped, axis=1), axis=1)
    names_a_trade = (~np.isnan(asked.near).all(axis=1)).astype(float).reshape(-1, 1)
    required = asked.required.reshape(-1, 1)
    asks_months = (~np.isnan(required)).astype(float) * names_a_trade
    return {
        "experience_proximity": proximity,
        "experience_months": 1.0 - np.exp(-months / _SATURATION_MONTHS),
        "experience_family": 1.0 - np.exp(-family / _SATURATION_MONTHS),
        "experience_required": np.minimum(1.0, months / required),
        "aspirations_proximity": wanted,
        "asked_trade": np.broadcast_to(names_a_trade, shape),
        "asked_experience": np.broadcast_to(asks_months, shape),
    }


def _months_near(found: Array, dated: Array, undated: Flags) -> Array:
    """Months in near jobs, each counted by its proximity, shape (vacancies, persons).

    ``found`` is of shape (vacancies, jobs, persons), the others (jobs, persons). 0 for a person
    whose jobs are all far; NaN without jobs, and where a near job has no dates and no other one
    proves any months.
    """
    near = found >= NEAR
    # One after the other: a sum would go by how many jobs others have, and round accordingly.
    total = np.cumsum(np.where(near, found, 0.0) * dated, axis=1)[:, -1]
    unclear = (undated & near).any(axis=1) & (total == 0.0)
    known = (~np.isnan(found)).any(axis=1)
    return np.where(known & ~unclear, total, np.nan)


def _known(jobs: Iterable[OccupationHeld], space: OccupationSpace) -> list[OccupationHeld]:
    return [job for job in jobs if job.uri in space.numbers]


def _padded(rows: Sequence[Sequence[float]], blank: float) -> Any:
    """Rows of unequal length side by side, at least one wide."""
    wide = max([1, *(len(row) for row in rows)])
    kind = np.int64 if isinstance(blank, int) else np.float64
    found = np.full((len(rows), wide), blank, dtype=kind)
    for place, row in enumerate(rows):
        found[place, : len(row)] = row
    return found
