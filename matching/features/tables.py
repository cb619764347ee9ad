"""Profiles and vacancies as tables: the input of every feature function."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.domain import Facts, Importance, Profile, Vacancy
from matching.taxonomy import Taxonomy, is_driving_licence

Array = npt.NDArray[np.float64]

# Licences that take a person to work; the others (C, D, CQC) are the work itself.
EVERYDAY_LICENCES = frozenset({"AM", "A", "B"})

_STATED = 0.9  # confidence at which a stated skill counts in full
_WORKED = 0.7  # credit of a skill that a job held cannot be done without
_WORKED_BRIEFLY = 0.5  # the same, under six months or without dates
_BRIEF_MONTHS = 6


@dataclass(frozen=True, slots=True)
class SkillSpace:
    """The skills that count in coverage, numbered, with weight and kinship.

    Languages and everyday licences have dimensions of their own and are not in it.
    """

    numbers: Mapping[str, int]
    weights: Array
    kin: sparse.csr_array


def skill_space(taxonomy: Taxonomy) -> SkillSpace:
    """Skills of a taxonomy by number; two are kin when they share a broader concept."""
    skills = [
        concept
        for concept in taxonomy.skills
        if concept.kind != "language"
        and not (is_driving_licence(concept) and concept.code in EVERYDAY_LICENCES)
    ]
    numbers = {concept.uri: number for number, concept in enumerate(skills)}
    weights = np.array([taxonomy.specificity(concept.uri) for concept in skills], dtype=float)
    families: dict[str, list[int]] = {}
    for concept in skills:
        if concept.broader is not None:
            families.setdefault(concept.broader, []).append(numbers[concept.uri])
            if concept.broader in numbers:
                families[concept.broader].append(numbers[concept.broader])
    pairs = {(a, b) for members in families.values() for a in members for b in members if a != b}
    rows, columns = np.array(sorted(pairs), dtype=int).reshape(-1, 2).T
    size = len(skills)
    kin = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    return SkillSpace(numbers, weights, kin)


@dataclass(frozen=True, slots=True)
class PersonTables:
    """Persons by row: credit per skill (0 to 1), and their facts."""

    ids: tuple[str, ...]
    credit: sparse.csr_array
    profiles: tuple[Profile, ...]

    @property
    def facts(self) -> tuple[Facts, ...]:
        """Facts in row order."""
        return tuple(profile.facts for profile in self.profiles)


@dataclass(frozen=True, slots=True)
class VacancyTables:
    """Vacancies by row: weight per skill asked, by how it is asked, and their facts."""

    ids: tuple[str, ...]
    essential: sparse.csr_array
    optional: sparse.csr_array
    trade: sparse.csr_array
    vacancies: tuple[Vacancy, ...]

    @property
    def facts(self) -> tuple[Facts, ...]:
        """Facts in row order."""
        return tuple(vacancy.facts for vacancy in self.vacancies)


def person_tables(
    profiles: Sequence[Profile], taxonomy: Taxonomy, space: SkillSpace
) -> PersonTables:
    """Tables of persons; a job held gives part credit for the skills it cannot do without."""
    cells: dict[tuple[int, int], float] = {}

    def credit(row: int, uri: str, value: float) -> None:
        number = space.numbers.get(uri)
        if number is not None:
            cells[row, number] = max(cells.get((row, number), 0.0), value)

    for row, profile in enumerate(profiles):
        for skill in profile.skills:
            credit(row, skill.uri, min(1.0, skill.confidence / _STATED))
        for job in profile.occupations:
            brief = job.months is None or job.months < _BRIEF_MONTHS
            for uri in taxonomy.concepts[job.uri].essential:
                credit(row, uri, _WORKED_BRIEFLY if brief else _WORKED)
    return PersonTables(
        tuple(profile.id for profile in profiles),
        _matrix(cells, (len(profiles), len(space.numbers))),
        tuple(profiles),
    )


def vacancy_tables(vacancies: Sequence[Vacancy], space: SkillSpace) -> VacancyTables:
    """Tables of vacancies: what is asked, what would be liked, what the trade implies."""
    cells: dict[str, dict[tuple[int, int], float]] = {"essential": {}, "optional": {}, "trade": {}}
    for row, vacancy in enumerate(vacancies):
        for skill in vacancy.skills:
            number = space.numbers.get(skill.uri)
            if number is None:
                continue
            group = (
                "trade"
                if skill.implied
                else "essential"
                if skill.importance is Importance.ESSENTIAL
                else "optional"
            )
            cells[group][row, number] = float(space.weights[number])
    shape = (len(vacancies), len(space.numbers))
    return VacancyTables(
        ids=tuple(vacancy.id for vacancy in vacancies),
        essential=_matrix(cells["essential"], shape),
        optional=_matrix(cells["optional"], shape),
        trade=_matrix(cells["trade"], shape),
        vacancies=tuple(vacancies),
    )


def _matrix(cells: Mapping[tuple[int, int], float], shape: tuple[int, int]) -> sparse.csr_array:
    rows = np.array([row for row, _ in cells], dtype=int)
    columns = np.array([column for _, column in cells], dtype=int)
    values = np.array(list(cells.values()), dtype=float)
    return sparse.csr_array((values, (rows, columns)), shape=shape)
