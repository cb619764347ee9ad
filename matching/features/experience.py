"""How near the jobs a person did, or wants, are to the job of a vacancy.

Only what was done and for how long counts, never when: no feature sees a date.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.domain import OccupationHeld
from matching.features.tables import Array, PersonTables, SkillSpace, VacancyTables
from matching.taxonomy import Taxonomy

# Shared leading digits of ISCO-08: unit group, minor group, sub-major group, major group.
_ISCO_PROXIMITY = (0.0, 0.05, 0.2, 0.45, 0.75)
_SHARED_SKILLS = 0.9
_OPTIONAL_SKILL = 0.4
NEAR = 0.4  # jobs less alike than this prove no experience in the trade
_SATURATION_MONTHS = 24.0


@dataclass(frozen=True, slots=True)
class OccupationSpace:
    """Occupations, numbered, and how alike each two are, in [0, 1].

    Others (of an imported taxonomy) are near to none; what their skills prove counts as skills.
    """

    numbers: Mapping[str, int]
    proximity: Array

    def near(self, uri: str, targets: Sequence[str]) -> float:
        """Proximity of an occupation to the nearest of some others; 0 where there are none."""
        if uri not in self.numbers:
            return 0.0
        columns = self.known(targets)
        return float(self.proximity[self.numbers[uri], columns].max(initial=0.0))

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
    return OccupationSpace(numbers, proximity)


def experience_features(
    vacancies: VacancyTables, persons: PersonTables, space: OccupationSpace
) -> dict[str, Array]:
    """Proximity and length of experience, and proximity of what the person wants.

    Returns
    -------
    dict
        Arrays of shape (vacancies, persons) in [0, 1]: ``experience_proximity`` (nearest job
        held), ``experience_months`` (1 - exp(-m / 24) of the months in near jobs),
        ``experience_required`` (share of the months asked), ``aspirations_proximity``; NaN where
        not known or not asked; and the ``asked_`` columns.
    """
    shape = (len(vacancies.ids), len(persons.ids))
    target = [space.known(o.uri for o in v.occupations) for v in vacancies.vacancies]
    proximity = np.full(shape, np.nan)
    wanted = np.full(shape, np.nan)
    months = np.full(shape, np.nan)
    # One row of occupation-to-target proximity per vacancy, then persons' jobs looked up in it.
    held = _Jobs([person.occupations for person in persons.profiles], space)
    hoped = _Jobs([person.aspirations for person in persons.profiles], space)
    for row, jobs in enumerate(target):
        if jobs:
            near = space.proximity[:, jobs].max(axis=1)
            proximity[row] = held.nearest(near)
            wanted[row] = hoped.nearest(near)
            months[row] = held.months_near(near)
    required = np.array(
        [
            f.months_required.value if f.months_required and f.months_required.value else np.nan
            for f in vacancies.facts
        ],
        dtype=float,
    ).reshape(-1, 1)
    asked_trade = np.array([float(bool(jobs)) for jobs in target]).reshape(-1, 1)
    return {
        "experience_proximity": proximity,
        "experience_months": 1.0 - np.exp(-months / _SATURATION_MONTHS),
        "experience_required": np.minimum(1.0, months / required),
        "aspirations_proximity": wanted,
        "asked_trade": np.broadcast_to(asked_trade, shape),
        "asked_experience": np.broadcast_to(
            (~np.isnan(required) & (asked_trade > 0)).astype(float), shape
        ),
    }


class _Jobs:
    """All persons' jobs in flat arrays, reduced per person."""

    def __init__(self, jobs: Sequence[Sequence[OccupationHeld]], space: OccupationSpace) -> None:
        flat = [
            (row, job) for row, held in enumerate(jobs) for job in held if job.uri in space.numbers
        ]
        self._size = len(jobs)
        self._person = np.array([row for row, _ in flat], dtype=int)
        self._job = np.array([space.numbers[job.uri] for _, job in flat], dtype=int)
        self._months = np.array(
            [np.nan if job.months is None else job.months for _, job in flat], dtype=float
        )

    def nearest(self, near: Array) -> Array:
        """Largest proximity among a person's jobs, NaN without jobs."""
        result = np.full(self._size, np.nan)
        np.fmax.at(result, self._person, near[self._job])
        return result

    def months_near(self, near: Array) -> Array:
        """Months in near jobs, each counted by its proximity.

        0 for a person whose jobs are all far; NaN without jobs, and where a near job has no
        dates and no other one proves any months.
        """
        closeness = np.where(near[self._job] >= NEAR, near[self._job], 0.0)
        total = np.zeros(self._size)
        np.add.at(total, self._person, np.nan_to_num(self._months) * closeness)
        undated = np.zeros(self._size, dtype=bool)
        np.logical_or.at(undated, self._person, np.isnan(self._months) & (closeness > 0))
        known = np.zeros(self._size, dtype=bool)
        known[self._person] = True
        return np.where(known & ~(undated & (total == 0)), total, np.nan)
